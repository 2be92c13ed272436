import type { Instant } from "../../../domain/clock.ts";

/**
 * One row of a trade bill as the provider knows it, and what it moved. Amounts in fen, never negative but for `fee`; `kind`
 * says which way the money went.
 */
export type TradeRow = {
  readonly kind: "payment" | "refund" | "reversal";
  /** When it was paid, the refund accepted, the payment reversed. */
  readonly at: Instant;
  readonly orderedAt: Instant;
  /** The shop's number of the payment, and the provider's. */
  readonly order: string;
  readonly transaction: string;
  /** Of the refund; empty on other rows, the shop's also on a reversal. */
  readonly refund: string;
  readonly providerRefund: string;
  readonly subject: string;
  readonly attach: string;
  readonly store: string;
  readonly device: string;
  readonly payer: string;
  readonly way: "MICROPAY" | "NATIVE";
  /** The order's amount, or what was asked back. */
  readonly amount: number;
  /** What the shop receives of it before the fee, or what was taken of that. */
  readonly receivable: number;
  /** The part of `amount` that a coupon paid: of others (it reaches the shop), of the shop. */
  readonly othersCoupon: number;
  readonly shopCoupon: number;
  /** Above zero taken from the shop, below zero given back. */
  readonly fee: number;
  /** Parts per million. */
  readonly ratePpm: number;
  /** A refund's state now, and since when; null while it is under way or when it was so at once. */
  readonly status: "SUCCESS" | "PROCESSING" | "CLOSED" | "ABNORMAL";
  readonly endedAt: Instant | null;
  /** Drawn from the available balance (`funds_account: AVAILABLE`). */
  readonly isFromAvailable: boolean;
  /** Who asked for the money back: the shop by its interface, a person in the provider's portal, the payer's dispute. */
  readonly by: "shop" | "outside" | "chargeback";
  /** For a refund that did not happen: the fee that was taken again when the money came back. */
  readonly feeAgain: number;
};

/** A row before its fee is known. */
export type TradeFact = Omit<TradeRow, "fee" | "ratePpm" | "feeAgain">;

/** True for a refund that did not happen: its money came back at `endedAt`. */
export function isUndone(row: Pick<TradeRow, "status" | "endedAt">): row is { status: "CLOSED"; endedAt: Instant } {
  return row.status === "CLOSED" && row.endedAt !== null;
}
