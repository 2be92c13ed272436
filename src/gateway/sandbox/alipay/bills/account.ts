import type { MadeOutside, OutsideRefund } from "../../play.ts";
import { accountUpTo, type AccountState } from "../../settlement/account.ts";
import { digitsOf } from "../../settlement/days.ts";
import { truthRows } from "../../settlement/truth.ts";
import type { Books } from "../books.ts";
import { couponPartOf, leftOf, type Refund } from "../trade.ts";
import { madeUpTransaction, tradeFacts } from "./facts.ts";

/** The shop's account with Alipay, up to now. */
export function accountOf(books: Books): AccountState {
  const now = books.settle();
  const { settlement, terms, keys } = books.parts;
  const plants = settlement.plants("alipay");
  return accountUpTo({
    account: keys.sellerId,
    terms,
    rows: truthRows(tradeFacts(books.ledger), plants, terms, madeUpTransaction),
    withdrawals: settlement.withdrawals("alipay"),
    plants,
    numbersBegin: "22",
    now,
  });
}

/** A refund in Alipay's portal, or a payer's dispute: done at once. Who asked for notifications of the trade is told. */
export function giveBackOutside(books: Books, { order, amount, by }: OutsideRefund): MadeOutside | string {
  const now = books.settle();
  const trades = [...books.ledger.orders.values()].filter((each) => leftOf(each) > 0);
  const trade = order === null ? trades.at(-1) : trades.find(({ outTradeNo }) => outTradeNo === order);
  if (trade === undefined) return "no payment of that number has money left";
  const back = amount ?? leftOf(trade);
  if (back < 1 || back > leftOf(trade)) return `of this payment ${leftOf(trade)} fen are left`;
  const { outTradeNo } = trade;
  const turn = String(trade.refunds.length + 1).padStart(3, "0");
  const refund: Refund = {
    outRequestNo: `${by === "outside" ? "MCH" : "CB"}${digitsOf(now)}${trade.tradeNo.slice(-8)}${turn}`,
    amount: back,
    couponPart: couponPartOf(trade, back),
    by,
    status: "done",
    at: now,
  };
  books.record({ event: "refunded", outTradeNo, refund });
  return { order: outTradeNo, refund: refund.outRequestNo, amount: back };
}
