import { plusMs, type Instant } from "../clock.ts";
import { rateVerdicts, type FeeStand } from "./fee.ts";
import { absent, breakOf, type BillStand, type Verdict } from "./verdict.ts";

/** Everything known about one refund's number. Amounts in minor units, none below zero. */
export type RefundFacts = {
  readonly ours: OurRefund | null;
  readonly theirs: {
    readonly asked: number;
    readonly taken: number;
    readonly fee: FeeStand | null;
  } | null;
  readonly bill: BillStand;
};

export type OurRefund = {
  /** Promised or sent; taken on by the provider and not finished there; done; refused, closed or abnormal; paid another way. */
  readonly stand: "underWay" | "takenOn" | "accepted" | "failed" | "otherwise";
  /** The provider had taken it on at least once. */
  readonly wasAccepted: boolean;
  readonly asked: number;
  readonly taken: number;
  /** Until when a refund that is under way, or taken on, may be so; null when a person has to let it go first. */
  readonly patientUntil: Instant | null;
  /** When something last came of it. */
  readonly changedAt: Instant;
};

const dayMs = 24 * 3_600_000;
/** How long a refund may be under way before a person is asked. */
export const refundPatienceMs = dayMs;
/** How long the provider may work on one that it took on: a bank card takes three working days, which a long holiday draws out to thirteen. */
export const refundTakenOnPatienceMs = 14 * dayMs;

/** Whether a stuck refund is stuck as somebody saw it who has sent it again since: it has not failed anew, nor had its time once more. */
export function isStuckAsSeen({ ours }: Pick<RefundFacts, "ours">, seenAt: Instant, at: Instant): boolean {
  if (ours === null) return false;
  return ours.stand === "failed" ? ours.changedAt <= seenAt : at < plusMs(seenAt, refundPatienceMs);
}

/** What a refund's two sides come to; nothing when they agree. Its status in a bill is a snapshot and decides nothing. */
export function judgeRefund({ ours, theirs, bill }: RefundFacts, at: Instant): readonly Verdict[] {
  if (ours === null) return theirs === null ? [] : [breakOf("refundOutside", -theirs.taken)];
  switch (ours.stand) {
    case "failed":
      return [breakOf("refundStuck", ours.asked)];
    case "otherwise": {
      if (theirs === null) return [];
      if (!ours.wasAccepted) return [breakOf("refundOutside", -theirs.taken)];
      // taken on once and given back once: rows that come to something else are not explained by that
      return theirs.taken === ours.taken ? [] : [breakOf("amountDiffers", ours.taken - theirs.taken)];
    }
    case "underWay": {
      const until = ours.patientUntil;
      if (until === null || until <= at) return [breakOf("refundStuck", ours.asked)];
      return [{ kind: "waiting", reason: "refundUnderWay", until, amount: ours.asked }];
    }
    case "takenOn": {
      const isStuck = (ours.patientUntil ?? at) <= at;
      return [...(isStuck ? [breakOf("refundStuck", ours.asked)] : []), ...compared(ours, theirs, bill)];
    }
    case "accepted":
      return compared(ours, theirs, bill);
  }
}

function compared(ours: OurRefund, theirs: RefundFacts["theirs"], bill: BillStand): readonly Verdict[] {
  if (theirs === null) return absent(bill, ours.taken);
  const more = ours.taken - theirs.taken;
  const differs = more !== 0 || ours.asked !== theirs.asked;
  return [
    ...(differs ? [breakOf("amountDiffers", more === 0 ? ours.asked - theirs.asked : more)] : []),
    ...rateVerdicts(theirs.fee),
  ];
}
