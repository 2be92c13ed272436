import { rateVerdicts, type FeeStand } from "./fee.ts";
import { absent, breakOf, type BillStand, type BreakClass, type Verdict } from "./verdict.ts";

/** Everything known about one payment's number, on all three sides. Amounts in minor units. */
export type PaymentFacts = {
  /** How our attempt stands: none was ever made, still asked about, captured, undone, or ended without money. */
  readonly attempt: "none" | "live" | "captured" | "reversed" | "notPaid";
  /** What we count as captured, a late yes among it. */
  readonly ours: { readonly amount: number; readonly receivable: number } | null;
  /** What the bill's rows of this number come to together. */
  readonly theirs: TheirPayment | null;
  /** The receivable that the bill's reversals of this number take back together; null without one. */
  readonly theirReversed: number | null;
  /** What a completed sale counts of it, the tip included; null when none does. */
  readonly tender: number | null;
  readonly sale: SaleStand;
  /** What refunds of ours have given back or promised of it. */
  readonly givenBack: number;
  readonly bill: BillStand;
};

export type TheirPayment = {
  readonly amount: number;
  readonly receivable: number;
  /** How the fee stands to our rate; null where no rate of ours is known. */
  readonly fee: FeeStand | null;
};

/** The sale an attempt was made for: not heard of yet, open or parked, over, or left behind when its shift ended. */
export type SaleStand = "unknown" | "open" | "completed" | "voided" | "leftOpen";

/** What a payment's three sides come to; nothing when they agree (`books.md` 3, the table). */
export function judgePayment(facts: PaymentFacts): readonly Verdict[] {
  return [...betweenUsAndThem(facts), ...betweenUsAndSale(facts)];
}

function betweenUsAndThem(facts: PaymentFacts): readonly Verdict[] {
  const { attempt, ours, theirs, theirReversed, bill } = facts;
  if (theirs === null) {
    if (ours === null || attempt === "reversed") return [];
    return theirReversed !== null ? [breakOf("refundOutside", -ours.receivable)] : absent(bill, -ours.receivable);
  }
  if (attempt === "reversed") {
    if (theirReversed !== null) return whole(theirs.receivable - theirReversed, "amountDiffers");
    const { neighbourUntil } = bill;
    if (neighbourUntil === null) return [breakOf("notGivenBack", theirs.receivable)];
    return [{ kind: "waiting", reason: "nearCut", until: neighbourUntil, amount: theirs.receivable }];
  }
  if (theirReversed !== null && ours !== null) return [breakOf("refundOutside", -ours.receivable)];
  if (theirReversed !== null) return whole(theirs.receivable - theirReversed, unheard(facts));
  if (ours === null) return [breakOf(unheard(facts), theirs.receivable)];
  return compared(ours, theirs);
}

/** What is left of a payment once it was reversed must be nothing. */
function whole(left: number, type: BreakClass): readonly Verdict[] {
  return left === 0 ? [] : [breakOf(type, left)];
}

/** What a payment is that the provider has and we do not count. */
function unheard({ attempt, tender }: PaymentFacts): BreakClass {
  if (tender !== null) return "captureUnknown";
  return attempt === "none" ? "paymentUnknown" : "paidAfterGivingUp";
}

function compared(ours: NonNullable<PaymentFacts["ours"]>, theirs: TheirPayment): readonly Verdict[] {
  const less = theirs.receivable - ours.receivable;
  const differs = less !== 0 || theirs.amount !== ours.amount;
  return [
    ...(differs ? [breakOf("amountDiffers", less === 0 ? theirs.amount - ours.amount : less)] : []),
    ...rateVerdicts(theirs.fee),
  ];
}

function betweenUsAndSale(facts: PaymentFacts): readonly Verdict[] {
  const { attempt, ours, theirs, tender } = facts;
  if (tender !== null) {
    if (attempt === "reversed") return [breakOf("saleWithoutPayment", -tender)];
    if (ours !== null) return tender === ours.amount ? [] : [breakOf("tenderDiffers", ours.amount - tender)];
    if (theirs !== null) return [];
    if (attempt === "live") return [{ kind: "waiting", reason: "attemptLive", until: null, amount: -tender }];
    return [breakOf("saleWithoutPayment", -tender)];
  }
  if (ours === null || attempt === "reversed") return [];
  const unclaimed = ours.amount - facts.givenBack;
  return unclaimed <= 0 ? [] : [withoutSale(facts.sale, unclaimed)];
}

function withoutSale(sale: SaleStand, amount: number): Verdict {
  if (sale === "unknown") return { kind: "waiting", reason: "journal", until: null, amount };
  if (sale === "open") return { kind: "waiting", reason: "saleOpen", until: null, amount };
  return breakOf(sale === "completed" ? "paidTwice" : "captureWithoutSale", amount);
}
