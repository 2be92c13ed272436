import { plusMs } from "../../../../domain/clock.ts";
import type { MadeOutside, OutsideRefund } from "../../play.ts";
import { accountUpTo, type AccountState } from "../../settlement/account.ts";
import { truthRows } from "../../settlement/truth.ts";
import type { Books } from "../books.ts";
import { nextRefundId } from "../numbers.ts";
import { leftOf } from "../order.ts";
import { couponPartOf } from "../refund-body.ts";
import { madeUpTransaction, tradeFacts } from "./facts.ts";

/** The shop's account with WeChat Pay, up to now. */
export function accountOf(books: Books): AccountState {
  const now = books.settle();
  const { settlement, terms, keys } = books.parts;
  const account = keys.merchants[0]?.mchid ?? "";
  const plants = settlement.plants("wechat");
  return accountUpTo({
    account,
    terms,
    rows: truthRows(tradeFacts(books.ledger, account), plants, terms, madeUpTransaction),
    withdrawals: settlement.withdrawals("wechat"),
    plants,
    numbersBegin: "11",
    now,
  });
}

/** A refund in the merchant portal (the portal makes the shop's number), or a payer's dispute: done at once, no notification. */
export function giveBackOutside(books: Books, { order: asked, amount, by }: OutsideRefund): MadeOutside | string {
  const now = books.settle();
  const orders = [...books.ledger.orders.values()].filter((each) => leftOf(each) > 0);
  const order = asked === null ? orders.at(-1) : orders.find(({ outTradeNo }) => outTradeNo === asked);
  if (order === undefined) return "no payment of that number has money left";
  const back = amount ?? leftOf(order);
  if (back < 1 || back > leftOf(order)) return `of this payment ${leftOf(order)} fen are left`;
  const refundId = nextRefundId(books.ledger, now);
  const outRefundNo = `${by === "outside" ? "MCH" : "CB"}${refundId.slice(10)}`;
  const { outTradeNo } = order;
  books.record({
    event: "refundAsked",
    outTradeNo,
    refund: {
      outRefundNo,
      refundId,
      amount: back,
      couponPart: couponPartOf(order, back),
      reason: by === "outside" ? "商户平台退款" : "交易纠纷",
      notifyUrl: null,
      createdAt: now,
      due: { at: plusMs(now, 0), as: "SUCCESS" },
      status: "PROCESSING",
      endedAt: null,
      by,
    },
  });
  books.settle();
  return { order: outTradeNo, refund: outRefundNo, amount: back };
}
