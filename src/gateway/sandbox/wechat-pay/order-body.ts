import { beijingTime } from "./numbers.ts";
import type { Order } from "./order.ts";

const stateWords: Readonly<Record<Order["state"], string>> = {
  NOTPAY: "订单未支付",
  SUCCESS: "支付成功",
  REFUND: "转入退款",
  USERPAYING: "等待用户输入密码",
  PAYERROR: "支付失败",
  REVOKED: "订单已撤销",
  CLOSED: "订单已关闭",
};

/** The order as answers and notifications show it. Members without a value are left out, as at the provider. */
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
    trade_type: order.kind === "native" ? "NATIVE" : "MICROPAY",
    bank_type: "OTHERS",
    success_time: beijingTime(order.paidAt),
    payer: { openid: `oSANDBOX${order.transactionId.slice(-20)}` },
    amount: {
      total: order.total,
      payer_total: order.total - (order.coupon?.amount ?? 0),
      currency: "CNY",
      payer_currency: "CNY",
    },
    promotion_detail: promotions(order),
  };
}

function promotions({ coupon, outTradeNo }: Order): readonly object[] {
  if (coupon === null) return [];
  const { name, type, amount } = coupon;
  return [
    {
      coupon_id: `C${outTradeNo.slice(-12)}`,
      name,
      scope: "GLOBAL",
      type,
      amount,
      currency: "CNY",
      wechatpay_contribute: type === "CASH" ? amount : 0,
      merchant_contribute: type === "NOCASH" ? amount : 0,
      other_contribute: 0,
    },
  ];
}
