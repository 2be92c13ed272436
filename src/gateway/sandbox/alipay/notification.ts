import type { Instant } from "../../../domain/clock.ts";
import type { NotificationPlay } from "../play.ts";
import { beijing, nextNotifyId, type Books } from "./books.ts";
import { yuan } from "./members.ts";
import type { Refund, SentNotification, Trade } from "./trade.ts";
import { amountsOf, fundBills, voucherBody } from "./trade-body.ts";

type Made = Omit<SentNotification, "play" | "nextAt">;

/** How long after the event the first try leaves, before the time factor. */
export const firstTryAfterMs: Readonly<Record<NotificationPlay, number>> = {
  true: 1_000,
  lost: 1_000,
  duplicate: 1_000,
  late: 60_000,
  forged: 1_000,
};

/** Pauses after a try that was not answered `success`, in seconds: 8 tries within 25 h (the sheet, section 7). */
export const retryAfterSeconds: readonly number[] = [240, 600, 600, 3_600, 7_200, 21_600, 54_000];

/** The notification that a trade was paid. */
export function paymentNotification(trade: Trade, url: string, at: Instant, books: Books): Made {
  return made(trade, url, at, books, { trade_status: "TRADE_SUCCESS" });
}

/** The notification that some or all of a trade was given back: `refund_fee` is the sum of all refunds so far. */
export function refundNotification(trade: Trade, refund: Refund, url: string, at: Instant, books: Books): Made {
  return made(trade, url, at, books, {
    trade_status: trade.status,
    refund_fee: yuan(trade.givenBack),
    gmt_refund: `${beijing(refund.at)}.000`,
    ...(refund.by === "refund" ? { out_biz_no: refund.outRequestNo } : {}),
  });
}

function made(trade: Trade, url: string, at: Instant, books: Books, told: Readonly<Record<string, string>>): Made {
  const { keys } = books.parts;
  const { paid, receipt } = amountsOf(trade);
  const bills = fundBills(trade).map(([fundChannel, amount]) => ({ amount, fundChannel }));
  return {
    id: nextNotifyId(books, at),
    order: trade.outTradeNo,
    url,
    createdAt: at,
    tries: [],
    parameters: {
      gmt_create: beijing(trade.createdAt),
      charset: "utf-8",
      seller_email: "shop@example.test",
      subject: trade.subject,
      buyer_open_id: "0SANDBOXopenid000000000000000000000001",
      invoice_amount: yuan(paid),
      fund_bill_list: JSON.stringify(bills),
      notify_type: "trade_status_sync",
      receipt_amount: yuan(receipt),
      app_id: keys.appId,
      buyer_pay_amount: yuan(paid),
      seller_id: keys.sellerId,
      gmt_payment: beijing(trade.paidAt ?? at),
      version: "1.0",
      out_trade_no: trade.outTradeNo,
      total_amount: yuan(trade.total),
      trade_no: trade.tradeNo,
      auth_app_id: keys.appId,
      point_amount: "0.00",
      ...(trade.coupon === null ? {} : { voucher_detail_list: vouchers(trade) }),
      ...told,
    },
  };
}

/** Inside a notification, lists are JSON texts with names in camel case. */
function vouchers({ coupon }: Trade): string {
  if (coupon === null) return "[]";
  const camel = (name: string): string => name.replaceAll(/_([a-z])/gu, (_all, letter: string) => letter.toUpperCase());
  const members = Object.entries(voucherBody(coupon)).map(([name, value]) => [camel(name), value]);
  return JSON.stringify([Object.fromEntries(members)]);
}
