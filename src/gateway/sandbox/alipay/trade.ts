import type { Instant } from "../../../domain/clock.ts";
import type { NotificationPlay } from "../play.ts";

export type TradeStatus = "WAIT_BUYER_PAY" | "TRADE_SUCCESS" | "TRADE_FINISHED" | "TRADE_CLOSED";

/** What a shop asked for. Fen. */
export type Wanted = {
  readonly outTradeNo: string;
  readonly total: number;
  readonly subject: string;
  readonly storeId: string;
  readonly terminalId: string;
  readonly notifyUrl: string | null;
  /** How long an unpaid trade lives. */
  readonly livesMs: number;
};

/** One code that a shop may show for an order; a repeated request makes a further one, and each is good. */
export type ShownCode = { readonly outTradeNo: string; readonly staleAt: Instant };

/** One trade. Money moved if `paidAt` is set; `givenBack` of it went back. Amounts in fen. */
export type Trade = Wanted & {
  readonly tradeNo: string;
  /** By the payer's code, or by one that the shop showed. */
  readonly kind: "code" | "shown";
  /** Digits 3 to 6 of the code, or what the wallet chose when it scanned: they chose the behaviour. */
  readonly switchDigits: string;
  /** The phone that showed or scanned the code, or null. */
  readonly wallet: string | null;
  readonly createdAt: Instant;
  readonly closesAt: Instant;
  /** What the payer will do by himself, and when. */
  readonly due: { readonly at: Instant; readonly act: "pay" | "cancel" } | null;
  /** The password box on the phone. */
  readonly prompt: "none" | "shown" | "gone";
  readonly status: Exclude<TradeStatus, "TRADE_FINISHED">;
  readonly paidAt: Instant | null;
  readonly coupon: Coupon | null;
  readonly failure: PayerFailure | null;
  readonly cancelTries: number;
  readonly closedAt: Instant | null;
  readonly refunds: readonly Refund[];
  readonly givenBack: number;
};

/** The platform's coupon reaches the shop, the shop's own does not. */
export type Coupon = { readonly name: string; readonly fundedBy: "platform" | "shop"; readonly amount: number };
export type PayerFailure = "cancelled" | "notEnough";
export type IssuedCode = { readonly wallet: string; readonly issuedAt: Instant; readonly staleAt: Instant };

/** What a wallet does with the code it scanned or showed. */
export type Scan = Pick<Trade, "wallet" | "switchDigits" | "prompt" | "due" | "coupon">;

/** One refund, by `alipay.trade.refund` or by a cancel; `couponPart` of `amount` was never the payer's. */
export type Refund = {
  readonly outRequestNo: string;
  readonly amount: number;
  readonly couponPart: number;
  /** `outside`, `chargeback`: in Alipay's portal or by the payer's dispute, without the shop's asking. */
  readonly by: "refund" | "cancel" | "outside" | "chargeback";
  /** `processing`: taken on and not done. */
  readonly status: "done" | "processing";
  readonly at: Instant;
};

/** One notification and how far it has got. Repeats carry the same id and parameters, but for the time. */
export type SentNotification = {
  readonly id: string;
  readonly order: string;
  readonly url: string;
  /** Without time and signature. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly createdAt: Instant;
  readonly play: NotificationPlay;
  /** Tries so far; whether the answer was `success`, null when none came. */
  readonly tries: readonly { readonly at: Instant; readonly isTaken: boolean | null }[];
  /** When it is sent next; null when it was taken, or given up. */
  readonly nextAt: Instant | null;
};

/** A paid trade can be refunded for a year; then it is finished. */
const refundWithinMs = 365 * 86_400_000;

/** The status as Alipay tells it at `now`. */
export function statusAt(trade: Trade, now: Instant): TradeStatus {
  const isOver = trade.paidAt !== null && now - trade.paidAt > refundWithinMs;
  return trade.status === "TRADE_SUCCESS" && isOver ? "TRADE_FINISHED" : trade.status;
}

/** What may still be refunded, those under way counted as given. Fen. */
export function leftOf(trade: Trade): number {
  return trade.status !== "TRADE_SUCCESS" ? 0 : trade.total - sumOf(trade.refunds);
}

/** Fen. */
export function sumOf(refunds: readonly Refund[]): number {
  return refunds.reduce((all, { amount }) => all + amount, 0);
}

/** Fen that left the shop with a refund: what it gave up by a coupon of its own it does not give back. */
export function takenBy(trade: Trade, refund: Refund): number {
  return trade.coupon?.fundedBy === "shop" ? refund.amount - refund.couponPart : refund.amount;
}

/** The part of the coupon in the next `amount`: all parts together are the coupon. Fen. */
export function couponPartOf(trade: Trade, amount: number): number {
  const coupon = trade.coupon?.amount ?? 0;
  const given = trade.refunds.reduce((all, { couponPart }) => all + couponPart, 0);
  return Math.floor((coupon * (sumOf(trade.refunds) + amount)) / trade.total) - given;
}
