import type { TradeFact } from "../../settlement/trade-row.ts";
import { digitsOf } from "../../settlement/days.ts";
import type { Ledger } from "../ledger.ts";
import type { Order, Refund } from "../order.ts";

/** What the orders of `mchid` moved: a payment each, its refunds, its reversal. */
export function tradeFacts(ledger: Ledger, mchid: string): readonly TradeFact[] {
  return [...ledger.orders.values()]
    .filter((order) => order.mchid === mchid)
    .flatMap((order) =>
      order.paidAt === null
        ? []
        : [
            payment(order, order.paidAt),
            ...order.refunds.map((refund) => refunded(order, refund)),
            ...(order.reversedAt === null ? [] : [reversal(order, order.reversedAt)]),
          ],
    );
}

/** 28 digits that no order has. */
export function madeUpTransaction(at: TradeFact["at"], turn: number): string {
  return `4200009999${digitsOf(at).slice(0, 8)}${String(turn).padStart(10, "0")}`;
}

function payment(order: Order, paidAt: TradeFact["at"]): TradeFact {
  const coupon = order.coupon?.amount ?? 0;
  const isOwn = order.coupon?.type === "NOCASH";
  return {
    kind: "payment",
    at: paidAt,
    orderedAt: order.createdAt,
    order: order.outTradeNo,
    transaction: order.transactionId,
    refund: "",
    providerRefund: "",
    subject: order.description,
    attach: order.attach ?? "",
    store: order.storeOutId,
    device: order.deviceId,
    payer: `oSANDBOX${order.transactionId.slice(-20)}`,
    way: order.kind === "native" ? "NATIVE" : "MICROPAY",
    amount: order.total,
    receivable: isOwn ? order.total - coupon : order.total,
    othersCoupon: isOwn ? 0 : coupon,
    shopCoupon: isOwn ? coupon : 0,
    status: "SUCCESS",
    endedAt: null,
    isFromAvailable: false,
    by: "shop",
  };
}

function reversal(order: Order, at: TradeFact["at"]): TradeFact {
  const own = payment(order, at);
  // the provider's number of the money back, as the layout shows one: the order's counter under a prefix of its own
  const providerRefund = `5030000001${order.transactionId.slice(10, 18)}0${order.transactionId.slice(18)}`;
  return { ...own, kind: "reversal", providerRefund };
}

function refunded(order: Order, refund: Refund): TradeFact {
  const isOwn = order.coupon?.type === "NOCASH";
  return {
    ...payment(order, refund.createdAt),
    kind: "refund",
    refund: refund.outRefundNo,
    providerRefund: refund.refundId,
    amount: refund.amount,
    receivable: isOwn ? refund.amount - refund.couponPart : refund.amount,
    othersCoupon: isOwn ? 0 : refund.couponPart,
    shopCoupon: isOwn ? refund.couponPart : 0,
    status: refund.status,
    endedAt: refund.overAt ?? refund.endedAt,
    isFromAvailable: refund.fundsAccount === "AVAILABLE",
    by: refund.by ?? "shop",
  };
}
