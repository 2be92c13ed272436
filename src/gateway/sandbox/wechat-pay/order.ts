import type { Instant } from "../../../domain/clock.ts";
import type { NotificationPlay } from "../play.ts";

/** `USERPAYING`, `PAYERROR` and `REVOKED` are a code payment's, `NOTPAY` and `CLOSED` a shown code's. */
export type TradeState = "NOTPAY" | "USERPAYING" | "SUCCESS" | "REFUND" | "PAYERROR" | "REVOKED" | "CLOSED";

/** One order. Money moved if `paidAt` is set; `givenBack` of it went back. Amounts in fen. */
export type Order = {
  readonly kind: "codepay" | "native";
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly mchid: string;
  readonly appid: string;
  readonly total: number;
  readonly description: string;
  readonly attach: string | null;
  readonly storeOutId: string;
  readonly deviceId: string;
  /** Native only. */
  readonly notifyUrl: string | null;
  readonly expiresAt: Instant | null;
  /** Digits 3 to 6 of the code, or what the wallet chose when it scanned: they chose the behaviour. */
  readonly switchDigits: string;
  /** The wallet page that showed or scanned the code, or null. */
  readonly wallet: string | null;
  readonly createdAt: Instant;
  /** When a wallet scanned its code last; null for a code that the customer showed. */
  readonly scannedAt: Instant | null;
  /** What the payer will do by himself, and when. */
  readonly due: { readonly at: Instant; readonly act: "pay" | "cancel" } | null;
  /** The password box on the phone. */
  readonly prompt: "none" | "shown" | "gone";
  readonly state: TradeState;
  readonly paidAt: Instant | null;
  readonly coupon: Coupon | null;
  readonly failure: PayerFailure | null;
  readonly reverseTries: number;
  readonly reversedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly refunds: readonly Refund[];
  /** By the reversal and by refunds that succeeded. */
  readonly givenBack: number;
};

/** Others' coupon (CASH) reaches the shop, the shop's own (NOCASH) does not. */
export type Coupon = { readonly name: string; readonly type: "CASH" | "NOCASH"; readonly amount: number };
export type PayerFailure = "cancelled" | "notEnough";
export type IssuedCode = { readonly wallet: string; readonly issuedAt: Instant; readonly staleAt: Instant };

/** One refund; `couponPart` of `amount` goes back to who funded the coupon. Fen. */
export type Refund = {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly amount: number;
  readonly couponPart: number;
  readonly reason: string;
  readonly notifyUrl: string | null;
  readonly createdAt: Instant;
  readonly due: { readonly at: Instant; readonly as: RefundEnd } | null;
  readonly status: "PROCESSING" | RefundEnd;
  readonly endedAt: Instant | null;
  /** When it ended, however it did; `endedAt` is the success alone. Older lines have neither this nor the next two. */
  readonly overAt?: Instant;
  /** Drawn from the available balance; without it from money that is not settled yet. */
  readonly fundsAccount?: "AVAILABLE";
  /** Who gave it back when it was not the shop by its interface. */
  readonly by?: "outside" | "chargeback";
};
export type RefundEnd = "SUCCESS" | "CLOSED" | "ABNORMAL";

/** What a wallet does with the code it scanned. */
export type Scan = Pick<Order, "wallet" | "switchDigits" | "prompt" | "due" | "coupon">;

/** One notification and how far it has got. Repeats carry the same id and resource. */
export type SentNotification = {
  readonly id: string;
  readonly order: string;
  readonly mchid: string;
  readonly url: string;
  readonly type: "TRANSACTION.SUCCESS" | `REFUND.${RefundEnd}`;
  readonly summary: string;
  /** What is encrypted. */
  readonly resource: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
  /** `invented`: tells of a payment that never was, wrongly signed, once. */
  readonly play: NotificationPlay | "invented";
  /** Tries so far, with the answer's status; null when none came. */
  readonly tries: readonly { readonly at: Instant; readonly status: number | null }[];
  /** When it is sent next; null when it was taken, or given up. */
  readonly nextAt: Instant | null;
};

/** What may still be refunded: refunds under way count as given, closed ones do not. Fen. */
export function leftOf(order: Order): number {
  return order.paidAt === null || order.state === "REVOKED"
    ? 0
    : order.total - sumOf(order.refunds.filter(({ status }) => status !== "CLOSED"));
}

/** Fen. */
export function sumOf(refunds: readonly Refund[]): number {
  return refunds.reduce((all, { amount }) => all + amount, 0);
}
