import { beijingTime } from "./books.ts";
import type { Order } from "./ledger.ts";

const stateWords: Readonly<Record<Order["state"], string>> = {
  SUCCESS: "支付成功",
  USERPAYING: "等待用户输入密码",
  PAYERROR: "支付失败",
  REVOKED: "订单已撤销",
};

/** The order as the answers to codepay and query show it. Members without a value are left out, as at the provider. */
export function orderBody(order: Order): Readonly<Record<string, unknown>> {
  const body = {
    appid: order.appid,
    mchid: order.mchid,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: order.failure === "notEnough" ? "余额不足" : stateWords[order.state],
    ...(order.attach === null ? {} : { attach: order.attach }),
  };
  if (order.paidAt === null) return { ...body, amount: { total: order.total, currency: "CNY" } };
  return {
    ...body,
    transaction_id: order.transactionId,
    trade_type: "MICROPAY",
    bank_type: "OTHERS",
    success_time: beijingTime(order.paidAt),
    payer: { openid: `oSANDBOX${order.transactionId.slice(-20)}` },
    amount: { total: order.total, payer_total: order.total, currency: "CNY", payer_currency: "CNY" },
    promotion_detail: [],
  };
}
