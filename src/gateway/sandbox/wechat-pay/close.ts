import { switchOf } from "../switches.ts";
import { jsonObject, type SandboxAnswer, type SandboxRequest } from "../wire.ts";
import type { Books } from "./books.ts";
import { errorAnswer, signedAnswer, type SandboxMerchant } from "./wire.ts";

/** `POST …/out-trade-no/{out_trade_no}/close`: 204 for an unpaid native order, signed over an empty body. */
export function closeOrder(
  request: SandboxRequest,
  merchant: SandboxMerchant,
  books: Books,
  outTradeNo: string,
): SandboxAnswer {
  const { random, keys } = books.parts;
  const no = (status: number, code: string, message: string) => errorAnswer(status, code, message, random);
  if (jsonObject(request.body)?.["mchid"] !== merchant.mchid) return no(400, "PARAM_ERROR", "参数错误：mchid");
  const now = books.settle();
  const order = books.ledger.orders.get(outTradeNo);
  if (order === undefined || order.mchid !== merchant.mchid) return no(404, "ORDER_NOT_EXIST", "订单不存在");
  if (order.kind !== "native") return no(403, "TRADE_ERROR", "付款码订单请调用撤销接口");
  if (order.state === "CLOSED") return no(400, "ORDER_CLOSED", "订单已关闭");
  const play = switchOf(order.switchDigits);
  if (order.state === "NOTPAY" && play.paysAtReverse) books.record({ event: "paid", outTradeNo, at: now });
  if (books.ledger.orders.get(outTradeNo)?.state !== "NOTPAY") return no(400, "ORDERPAID", "该订单已支付");
  if (order.reverseTries < play.reverseFails.times) {
    books.record({ event: "reverseFailed", outTradeNo, at: now });
    return no(500, "SYSTEM_ERROR", "系统异常，请稍后重试");
  }
  books.record({ event: "closed", outTradeNo, at: now });
  return signedAnswer({ status: 204 }, request, { keys, now, random });
}
