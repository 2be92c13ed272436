import type { Instant } from "../clock.ts";

/** What does not agree, in the classes of `books.md` 3. */
export type BreakClass =
  /** A payment or refund that we count and the provider's bill does not have. */
  | "withUsNotWithThem"
  /** A sale counts it, the provider has it, we never heard that it was captured: adopt. */
  | "captureUnknown"
  /** A sale counts a payment that neither of us has. */
  | "saleWithoutPayment"
  /** 掉单: captured, and no sale counts it. */
  | "captureWithoutSale"
  /** Captured beside the tenders that its completed sale counts. */
  | "paidTwice"
  /** The provider took money that we had given up: owed back. */
  | "paidAfterGivingUp"
  /** We count it as reversed, the provider does not. */
  | "notGivenBack"
  /** A number of our form that nobody here has made. */
  | "paymentUnknown"
  | "amountDiffers"
  /** A sale counts another amount than was captured. */
  | "tenderDiffers"
  /** The fee is not what our rate gives. */
  | "rateDiffers"
  /** The customer was promised money that did not go. */
  | "refundStuck"
  /** A refund, reversal or chargeback that was not made here. */
  | "refundOutside"
  /** Paid to the static code as noted, and not found with the provider. */
  | "unprovenTender"
  | "footerDiffers"
  | "billMissing"
  /** The fund flow of a day: its balance with the provider is unproved. */
  | "flowMissing"
  /** The provider's own account of the balance is not what its bill and payouts come to. */
  | "balanceDiffers"
  /** A payout that has not come, came short or over, or went back; a bank's credit that is nobody's payout. */
  | "settlementLate"
  | "settlementShort"
  | "settlementOver"
  | "payoutReturned"
  | "creditUnknown"
  /** A drawer that was counted over or short. */
  | "drawerOver"
  | "drawerShort"
  /** A safe that was counted over or short. */
  | "safeOver"
  | "safeShort"
  /** Cash taken to the bank that it does not have, or of which it has another amount. */
  | "depositMissing"
  | "depositShort"
  | "depositOver";

/** Breaks of a payment whose money is its payer's: no sale counts it. */
export const ofPayers: readonly BreakClass[] = ["captureWithoutSale", "paidTwice", "paidAfterGivingUp", "notGivenBack"];

/** Why an item is not judged yet. Each has an end, after which it is a break. */
export type WaitingReason =
  /** The till's journal has not passed it. */
  | "journal"
  /** Its sale is open or parked. */
  | "saleOpen"
  /** Within minutes of the provider's midnight, and the neighbouring bill is not here. */
  | "nearCut"
  | "refundUnderWay"
  /** We are still asking the provider. */
  | "attemptLive"
  /** An unverified tender whose bills are not all here, or that a person must pick a row for. */
  | "unproved";

/**
 * What an item comes to beside matched. `amount` in minor units: above zero there is more money than our books say, below zero
 * less. `until`: when a waiting item is looked at again by itself; null where a fact must come.
 */
export type Verdict =
  | { readonly kind: "break"; readonly class: BreakClass; readonly amount: number }
  | {
      readonly kind: "waiting";
      readonly reason: WaitingReason;
      readonly until: Instant | null;
      readonly amount: number;
    };

/** How far the provider's bill is on which a movement of ours must stand. */
export type BillStand = {
  /** It is here: what it does not have is not there. */
  readonly here: boolean;
  /**
   * Near the provider's midnight it may stand in the neighbouring bill: until when that one is waited for; null when it is not
   * near, or that bill is here as well.
   */
  readonly neighbourUntil: Instant | null;
};

/** A break of `class`. */
export function breakOf(type: BreakClass, amount: number): Verdict {
  return { kind: "break", class: type, amount };
}

/** What a movement that the bill does not have comes to (`books.md` 3, the waiting rule). */
export function absent(bill: BillStand, amount: number): readonly Verdict[] {
  if (!bill.here) return [];
  if (bill.neighbourUntil !== null) return [{ kind: "waiting", reason: "nearCut", until: bill.neighbourUntil, amount }];
  return [breakOf("withUsNotWithThem", amount)];
}
