import type { Instant } from "../../../domain/clock.ts";
import type { NotificationPlay } from "../play.ts";
import type { Books } from "./books.ts";
import { beijingTime } from "./numbers.ts";
import type { Order, Refund, RefundEnd, SentNotification } from "./order.ts";
import { orderBody } from "./order-body.ts";
import { refundAmounts } from "./refund-body.ts";

type Made = Omit<SentNotification, "play" | "nextAt">;

/** How long after the event the first try leaves, before the time factor. */
export const firstTryAfterMs: Readonly<Record<NotificationPlay, number>> = {
  true: 1_000,
  lost: 1_000,
  duplicate: 1_000,
  late: 60_000,
  forged: 1_000,
};

/** Pauses after a try that was not accepted, in seconds: 15 more tries over 24 h 4 min (the sheet, section 10). */
export const retryAfterSeconds: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];

/** The notification that an order was paid. */
export function paymentNotification(order: Order, url: string, at: Instant, books: Books): Made {
  return {
    id: nextId(books),
    order: order.outTradeNo,
    mchid: order.mchid,
    url,
    type: "TRANSACTION.SUCCESS",
    summary: "支付成功",
    resource: orderBody(order),
    createdAt: at,
    tries: [],
  };
}

/** A notification of a payment that never was: it leaves at once and is wrongly signed. */
export function inventedNotification(order: Order, url: string, at: Instant, books: Books): SentNotification {
  const paid: Order = { ...order, state: "SUCCESS", paidAt: at };
  return { ...paymentNotification(paid, url, at, books), play: "invented", nextAt: at };
}

/** The notification that a refund has ended. */
export function refundNotification(order: Order, refund: Refund, url: string, at: Instant, books: Books): Made {
  const status: RefundEnd = refund.status === "PROCESSING" ? "SUCCESS" : refund.status;
  const { total, refund: asked, payer_total, payer_refund } = refundAmounts(order, refund);
  return {
    id: nextId(books),
    order: order.outTradeNo,
    mchid: order.mchid,
    url,
    type: `REFUND.${status}`,
    summary: { SUCCESS: "退款成功", CLOSED: "退款关闭", ABNORMAL: "退款异常" }[status],
    resource: {
      mchid: order.mchid,
      out_trade_no: order.outTradeNo,
      transaction_id: order.transactionId,
      out_refund_no: refund.outRefundNo,
      refund_id: refund.refundId,
      refund_status: status,
      ...(refund.endedAt === null ? {} : { success_time: beijingTime(refund.endedAt) }),
      user_received_account: "支付用户零钱",
      amount: { total, refund: asked, payer_total, payer_refund },
    },
    createdAt: at,
    tries: [],
  };
}

function nextId({ ledger, parts }: Books): string {
  return `EV-${beijingTime(parts.clock.now()).replaceAll(/\D/gu, "").slice(0, 14)}${String(ledger.notifications.size + 1).padStart(8, "0")}`;
}
