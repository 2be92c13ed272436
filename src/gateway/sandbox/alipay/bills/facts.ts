import { digitsOf } from "../../settlement/days.ts";
import type { TradeFact } from "../../settlement/trade-row.ts";
import type { AlipayLedger } from "../ledger.ts";
import { takenBy, type Refund, type Trade } from "../trade.ts";

/** What the trades moved: a payment each and what went back. A refund that was taken on and never done moved nothing. */
export function tradeFacts(ledger: AlipayLedger): readonly TradeFact[] {
  return [...ledger.orders.values()].flatMap((trade) =>
    trade.paidAt === null
      ? []
      : [
          payment(trade, trade.paidAt),
          ...trade.refunds.filter(({ status }) => status === "done").map((refund) => givenBack(trade, refund)),
        ],
  );
}

/** 28 digits that no trade has. */
export function madeUpTransaction(at: TradeFact["at"], turn: number): string {
  return `${digitsOf(at).slice(0, 8)}22009999${String(turn).padStart(12, "0")}`;
}

function payment(trade: Trade, at: TradeFact["at"]): TradeFact {
  const coupon = trade.coupon?.amount ?? 0;
  const isOwn = trade.coupon?.fundedBy === "shop";
  return {
    kind: "payment",
    at,
    orderedAt: trade.createdAt,
    order: trade.outTradeNo,
    transaction: trade.tradeNo,
    refund: "",
    providerRefund: "",
    subject: trade.subject,
    attach: "",
    store: trade.storeId,
    device: trade.terminalId,
    payer: "*测试(tes***@example.test)",
    way: trade.kind === "code" ? "MICROPAY" : "NATIVE",
    amount: trade.total,
    receivable: isOwn ? trade.total - coupon : trade.total,
    othersCoupon: isOwn ? 0 : coupon,
    shopCoupon: isOwn ? coupon : 0,
    status: "SUCCESS",
    endedAt: null,
    isFromAvailable: false,
    by: "shop",
  };
}

/** A cancel's refund bears no request number. */
function givenBack(trade: Trade, refund: Refund): TradeFact {
  const isOwn = trade.coupon?.fundedBy === "shop";
  return {
    ...payment(trade, refund.at),
    kind: refund.by === "cancel" ? "reversal" : "refund",
    refund: refund.by === "cancel" ? "" : refund.outRequestNo,
    amount: refund.amount,
    receivable: takenBy(trade, refund),
    othersCoupon: isOwn ? 0 : refund.couponPart,
    shopCoupon: isOwn ? refund.couponPart : 0,
    by: refund.by === "outside" || refund.by === "chargeback" ? refund.by : "shop",
  };
}
