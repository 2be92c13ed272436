import type { Instant } from "../../../domain/clock.ts";
import type { ProviderName } from "../provider-name.ts";

/** Differences in a trade bill alone: money and fund flow keep to the truth. */
export const billPlantKinds = [
  "paymentMissing",
  "otherAmount",
  "refundMissing",
  "reversalMissing",
  "duplicateRow",
  "otherFooter",
  "billMissing",
  "correctedBill",
] as const;

/** Differences that the money follows: they stand in trade bill, fund flow and balance alike. */
export const moneyPlantKinds = [
  "otherRate",
  "otherFee",
  "foreignPayment",
  "unmadePayment",
  "outsideRefund",
  "chargeback",
] as const;

/** Differences between what the provider paid out and what the bank says. */
export const payoutPlantKinds = [
  "payoutLate",
  "payoutShort",
  "payoutOver",
  "payoutReturned",
  "payoutNeverCredited",
  "unknownCredit",
] as const;

export const plantKinds = [...billPlantKinds, ...moneyPlantKinds, ...payoutPlantKinds] as const;
export type PlantKind = (typeof plantKinds)[number];

/** One planted difference; what each kind does is in the README. */
export type Plant = {
  readonly id: string;
  /** The how many-th plant it is. */
  readonly turn: number;
  readonly provider: ProviderName;
  readonly kind: PlantKind;
  /** The provider's day whose bill, or on which the payout left; null: whichever day the order's row stands in. */
  readonly day: string | null;
  /** The shop's number of the payment, or a payout's number; null: the first row that fits. */
  readonly order: string | null;
  /** Fen. */
  readonly amount: number | null;
  readonly ratePpm: number | null;
  /** A made-up payment's or credit's time; a bill is missing, or wrong, until then. */
  readonly at: Instant;
  /** Which file is missing. */
  readonly bill: "trade" | "flow";
  /** The number of the payment or refund that was made up; empty for other kinds. */
  readonly made: string;
  readonly plantedAt: Instant;
};
