import type { Instant } from "../../../domain/clock.ts";
import type { Books } from "./books.ts";
import type { Order } from "./order.ts";
import { orderBody } from "./order-body.ts";
import { switchOf } from "../switches.ts";
import { jsonObject, type SandboxAnswer, type SandboxRequest } from "../wire.ts";
import { errorAnswer, signedAnswer, type SandboxMerchant } from "./wire.ts";

/** A code payment can be reversed for seven days. */
const reverseWithinMs = 7 * 86_400_000;

/** `GET /v3/pay/transactions/out-trade-no/{out_trade_no}?mchid=…` */
export function queryOrder(
  request: SandboxRequest,
  merchant: SandboxMerchant,
  books: Books,
  outTradeNo: string,
): SandboxAnswer {
  const { random, keys } = books.parts;
  const asked = new URLSearchParams(request.url.split("?")[1] ?? "").get("mchid");
  if (asked !== merchant.mchid) return errorAnswer(400, "PARAM_ERROR", "参数错误：mchid", random);
  const now = books.settle();
  const order = books.ledger.orders.get(outTradeNo);
  if (order !== undefined && order.mchid === merchant.mchid) {
    return signedAnswer({ status: 200, json: orderBody(order) }, request, { keys, now, random });
  }
  const closed = books.ledger.closedUnseen.get(outTradeNo);
  if (closed === undefined || closed.mchid !== merchant.mchid)
    return errorAnswer(404, "ORDER_NOT_EXIST", "订单不存在", random);
  const json = {
    appid: merchant.appid,
    mchid: merchant.mchid,
    out_trade_no: outTradeNo,
    trade_state: "REVOKED",
    trade_state_desc: "订单已撤销",
  };
  return signedAnswer({ status: 200, json }, request, { keys, now, random });
}

/**
 * `POST …/out-trade-no/{out_trade_no}/reverse`: unpaid is closed, paid is given back in full, a number never seen is closed
 * for ever. Safe to repeat.
 */
export function reverseOrder(
  request: SandboxRequest,
  merchant: SandboxMerchant,
  books: Books,
  outTradeNo: string,
): SandboxAnswer {
  const { random, keys } = books.parts;
  const body = jsonObject(request.body);
  if (body === null || body["mchid"] !== merchant.mchid)
    return errorAnswer(400, "PARAM_ERROR", "参数错误：mchid", random);
  if (body["appid"] !== merchant.appid) return errorAnswer(400, "APPID_MCHID_NOT_MATCH", "appid和mchid不匹配", random);
  const now = books.settle();
  const order = books.ledger.orders.get(outTradeNo);
  const done = (): SandboxAnswer =>
    signedAnswer(
      { status: 200, json: { appid: merchant.appid, mchid: merchant.mchid, out_trade_no: outTradeNo } },
      request,
      { keys, now, random },
    );
  if (order === undefined) {
    if (!books.ledger.closedUnseen.has(outTradeNo))
      books.record({ event: "closedUnseen", outTradeNo, mchid: merchant.mchid, at: now });
    return done();
  }
  if (order.mchid !== merchant.mchid) return errorAnswer(404, "ORDER_NOT_EXIST", "订单不存在", random);
  if (order.state === "REVOKED") return done();
  if (order.kind === "native") return errorAnswer(400, "INVALID_REQUEST", "该订单请调用关单或退款接口", random);
  if (order.refunds.length > 0) return errorAnswer(403, "TRADE_ERROR", "订单已有退款，不能撤销", random);
  if (now - order.createdAt > reverseWithinMs)
    return errorAnswer(400, "INVALID_REQUEST", "订单已超过可撤销的时间", random);
  const failed = failsFirst(request, books, order, now);
  if (failed !== null) return failed;
  undo(books, order, now);
  return done();
}

function failsFirst(request: SandboxRequest, books: Books, order: Order, now: Instant): SandboxAnswer | null {
  const { random, keys } = books.parts;
  const fails = switchOf(order.switchDigits).reverseFails;
  if (order.state !== "USERPAYING" || order.reverseTries >= fails.times) return null;
  books.record({ event: "reverseFailed", outTradeNo: order.outTradeNo, at: now });
  if (fails.as === "systemError") return errorAnswer(500, "SYSTEM_ERROR", "系统异常，请稍后重试", random);
  const json = { code: "USERPAYING", message: "用户支付中，请稍后重试" };
  return signedAnswer({ status: 202, json }, request, { keys, now, random });
}

function undo(books: Books, order: Order, now: Instant): void {
  const { outTradeNo } = order;
  const paysNow = order.state === "USERPAYING" && switchOf(order.switchDigits).paysAtReverse;
  if (paysNow) books.record({ event: "paid", outTradeNo, at: now });
  books.record({
    event: "reversed",
    outTradeNo,
    at: now,
    givenBack: paysNow || order.paidAt !== null ? order.total : 0,
  });
}
