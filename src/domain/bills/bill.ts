import type { Instant } from "../clock.ts";
import type { MinorUnits } from "../money.ts";

/**
 * What a provider writes about one day of its own (`books.md` 2): `trade` its orders and refunds, `balanceRefunds` refunds drawn
 * from the available balance where they stand in a file of their own, `fundFlow` every movement of the balance with the provider.
 */
export type BillKind = "trade" | "balanceRefunds" | "fundFlow";

/** What a row of a trade bill tells. A reversal undoes a payment, with or without that payment's own row in the file. */
export type TradeRowKind = "payment" | "refund" | "reversal";

/** One row of a trade bill in our words; amounts are never negative, `kind` says which way they went. */
export type TradeRow = {
  /** Line of the file, the first is 1. */
  readonly line: number;
  readonly kind: TradeRowKind;
  /** The shop's number of the payment (merchant order number). */
  readonly order: string;
  /** The provider's number of the payment. */
  readonly transaction: string;
  /** The shop's number of the refund; empty on other rows. */
  readonly refund: string;
  readonly providerRefund: string;
  /** When it was paid, or the refund accepted. */
  readonly at: Instant;
  /** Order amount, or what was asked back. */
  readonly amount: MinorUnits;
  /** What the shop receives before the fee, or what was taken of it (`books.md` 1). */
  readonly receivable: MinorUnits;
  /** Thousandths of the smallest unit: above zero taken from the shop, below zero given back. */
  readonly fee: number;
  /** Parts per million (0.60 % is 6000); null where the row names none. */
  readonly rate: number | null;
  /** The provider's own word; a refund's is a snapshot that is never updated. */
  readonly status: string;
  readonly currency: string;
  /** The till as the provider was told of it; empty where the row names none. */
  readonly device: string;
  /** Whether the line had more cells than its header, so that texts were joined until every figure stood in its column: look at it. */
  readonly isJoined: boolean;
};

/** What moved the balance with the provider. `other` is whatever the table of words does not list: shown, never guessed. */
export type FlowKind =
  | "payment"
  | "refund"
  | "refundClosed"
  | "fee"
  | "feeBack"
  | "payout"
  | "payoutReturned"
  | "other";

/** One row of a fund flow. */
export type FlowRow = {
  readonly line: number;
  readonly kind: FlowKind;
  readonly at: Instant;
  /** The provider's number of this movement. */
  readonly number: string;
  /** The provider's number of the payment or refund behind it. */
  readonly transaction: string;
  /** The shop's number, where the file names it. */
  readonly voucher: string;
  /** The provider's own words for what it is. */
  readonly words: string;
  /** Above zero in, below zero out. */
  readonly amount: MinorUnits;
  /** The balance after it. */
  readonly balance: MinorUnits;
  readonly note: string;
  /** As in `TradeRow`. */
  readonly isJoined: boolean;
};

/** What a bill says of itself at its end, or what its rows add up to; null where that bill does not say. Never negative. */
export type BillTotals = {
  readonly rows: number | null;
  readonly payments: number | null;
  readonly refunds: number | null;
  readonly amount: MinorUnits | null;
  readonly receivable: MinorUnits | null;
  readonly asked: MinorUnits | null;
  readonly taken: MinorUnits | null;
  /** Thousandths of the smallest unit, net of what was given back; may be below zero. */
  readonly fee: number | null;
  /** Money in and out of the balance (fund flow). */
  readonly moneyIn: MinorUnits | null;
  readonly moneyOut: MinorUnits | null;
};

/** What a reader gives while it goes through a file: rows in order, and at the end what the file says of itself. */
export type BillPart =
  | { readonly kind: "trade"; readonly rows: readonly TradeRow[] }
  | { readonly kind: "flow"; readonly rows: readonly FlowRow[] }
  | { readonly kind: "end"; readonly footer: BillTotals; readonly counted: BillTotals };

/** Why a file is not taken: nothing of it is, and the sentence says what to do. */
export type BillTrouble =
  /** The bytes are not what the provider announced. */
  | "hashDiffers"
  /** Neither plain text, gzip nor zip of this provider's form, or damaged. */
  | "notABill"
  /** A column that is needed is missing. `detail` names it. */
  | "columnMissing"
  /** A cell that is not what its column holds. `detail` names line and column. */
  | "cellUnreadable"
  /** The file ends before its totals. */
  | "cutOff"
  /** Larger than what is taken. */
  | "tooLarge"
  /** Another account or another day than asked for. */
  | "notOurs";

/** Thrown by a reader; nothing of the file counts. */
export class BillRefused extends Error {
  readonly trouble: BillTrouble;
  readonly detail: string;

  constructor(trouble: BillTrouble, detail: string) {
    super(`${trouble}: ${detail}`);
    this.name = "BillRefused";
    this.trouble = trouble;
    this.detail = detail;
  }
}
