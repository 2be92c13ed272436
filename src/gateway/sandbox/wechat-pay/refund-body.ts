import { beijingTime } from "./numbers.ts";
import type { Order, Refund } from "./order.ts";

/** The amounts of a refund as the provider tells them, in fen: `settlement_refund` is what leaves the shop's receivable. */
export function refundAmounts(order: Order, refund: Refund) {
  const coupon = order.coupon?.amount ?? 0;
  const ownCoupon = order.coupon?.type === "NOCASH" ? coupon : 0;
  const ownPart = order.coupon?.type === "NOCASH" ? refund.couponPart : 0;
  return {
    total: order.total,
    refund: refund.amount,
    payer_total: order.total - coupon,
    payer_refund: refund.amount - refund.couponPart,
    settlement_total: order.total - ownCoupon,
    settlement_refund: refund.amount - ownPart,
    discount_refund: refund.couponPart,
  };
}

/** The refund as the answers to asking and to querying show it. */
export function refundBody(order: Order, refund: Refund): Readonly<Record<string, unknown>> {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    channel: "ORIGINAL",
    user_received_account: "支付用户零钱",
    ...(refund.endedAt === null ? {} : { success_time: beijingTime(refund.endedAt) }),
    create_time: beijingTime(refund.createdAt),
    status: refund.status,
    funds_account: refund.fundsAccount ?? "UNSETTLED",
    amount: { ...refundAmounts(order, refund), currency: "CNY", refund_fee: 0, from: [] },
    promotion_detail: promotions(order, refund),
  };
}

function promotions({ coupon, outTradeNo }: Order, { couponPart }: Refund): readonly object[] {
  if (coupon === null || couponPart === 0) return [];
  const { type, amount } = coupon;
  return [{ promotion_id: `C${outTradeNo.slice(-12)}`, scope: "GLOBAL", type, amount, refund_amount: couponPart }];
}

/** The part of the coupon that goes back with the next `amount` of an order: all parts together are the coupon. Fen. */
export function couponPartOf(order: Order, amount: number): number {
  const coupon = order.coupon?.amount ?? 0;
  const earlier = order.refunds.filter(({ status }) => status !== "CLOSED");
  const asked = earlier.reduce((all, refund) => all + refund.amount, 0);
  const given = earlier.reduce((all, refund) => all + refund.couponPart, 0);
  return Math.floor((coupon * (asked + amount)) / order.total) - given;
}
