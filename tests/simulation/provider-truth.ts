import { readAlipayLedger } from "../../src/gateway/sandbox/alipay/ledger.ts";
import type { Trade } from "../../src/gateway/sandbox/alipay/trade.ts";
import { readLedger } from "../../src/gateway/sandbox/wechat-pay/ledger.ts";
import type { Order } from "../../src/gateway/sandbox/wechat-pay/order.ts";

/** What really happened to one order at a provider. Fen. */
export type OrderTruth = {
  readonly account: "wechat-sandbox" | "alipay-sandbox";
  readonly order: string;
  readonly total: number;
  /** What the payer and those who fund his coupons paid for. */
  readonly moved: number;
  /** By reversals and refunds, those that the provider has taken on among them. */
  readonly back: number;
  /** The shop's own coupon in `moved`, and the part of it in `back`: neither ever reaches the shop. */
  readonly coupon: number;
  readonly couponBack: number;
  /** How often it was paid. */
  readonly paid: number;
};

/** Every order of both providers, by their own stores. */
export function readTruth(lines: readonly string[]): OrderTruth[] {
  const paid = timesPaid(lines);
  const wechat = [...readLedger(lines).orders.values()].map((order) => ofWechat(order, paid));
  const alipay = [...readAlipayLedger(lines).orders.values()].map((trade) => ofAlipay(trade, paid));
  return [...wechat, ...alipay];
}

function ofWechat(order: Order, paid: ReadonlyMap<string, number>): OrderTruth {
  const isPaid = order.paidAt !== null;
  const isReversed = isPaid && order.state === "REVOKED";
  const taken = order.refunds.filter(({ status }) => status === "PROCESSING" || status === "SUCCESS");
  const coupon = order.coupon?.type === "NOCASH" ? order.coupon.amount : 0;
  return {
    account: "wechat-sandbox",
    order: order.outTradeNo,
    total: order.total,
    moved: isPaid ? order.total : 0,
    back: isReversed ? order.total : sum(taken.map(({ amount }) => amount)),
    coupon: isPaid ? coupon : 0,
    couponBack: isReversed ? coupon : coupon === 0 ? 0 : sum(taken.map(({ couponPart }) => couponPart)),
    paid: paid.get(order.outTradeNo) ?? 0,
  };
}

function ofAlipay(trade: Trade, paid: ReadonlyMap<string, number>): OrderTruth {
  const isPaid = trade.paidAt !== null;
  const coupon = trade.coupon?.fundedBy === "shop" ? trade.coupon.amount : 0;
  return {
    account: "alipay-sandbox",
    order: trade.outTradeNo,
    total: trade.total,
    moved: isPaid ? trade.total : 0,
    back: sum(trade.refunds.map(({ amount }) => amount)),
    coupon: isPaid ? coupon : 0,
    couponBack: coupon === 0 ? 0 : sum(trade.refunds.map(({ couponPart }) => couponPart)),
    paid: paid.get(trade.outTradeNo) ?? 0,
  };
}

type Line = {
  readonly event: string;
  readonly outTradeNo?: string;
  readonly order?: { readonly outTradeNo: string; readonly state?: string };
  readonly trade?: { readonly outTradeNo: string; readonly status: string };
};

function timesPaid(lines: readonly string[]): Map<string, number> {
  const paid = new Map<string, number>();
  for (const line of lines) {
    const { event, outTradeNo, order, trade } = JSON.parse(line) as Line;
    const isPaid =
      event === "paid" ||
      (event === "ordered" && order?.state === "SUCCESS") ||
      (event === "traded" && trade?.status === "TRADE_SUCCESS");
    const id = outTradeNo ?? order?.outTradeNo ?? trade?.outTradeNo ?? "";
    if (isPaid) paid.set(id, (paid.get(id) ?? 0) + 1);
  }
  return paid;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
