import { plusMs, type Instant } from "../../../domain/clock.ts";
import type { RefundPlay } from "../play.ts";
import { isObject, jsonObject, type SandboxAnswer, type SandboxRequest } from "../wire.ts";
import { anyOrder, type Books } from "./books.ts";
import { isNotifyUrl } from "./members.ts";
import { nextRefundId } from "./numbers.ts";
import { leftOf, type Order, type Refund, type RefundEnd } from "./order.ts";
import { couponPartOf, refundBody } from "./refund-body.ts";
import { errorAnswer, signedAnswer, type SandboxMerchant } from "./wire.ts";

/** The sheet, section 9. */
const refundWithinMs = 365 * 86_400_000;
const refundsMax = 50;
const reasonBytesMax = 80;
const outRefundNoPattern = /^[0-9A-Za-z_\-|*@]{1,64}$/;
/** How long a refund to the payer's balance is under way, before the time factor. */
const refundTakesMs = 3_000;

type Wanted = Pick<Refund, "outRefundNo" | "amount" | "reason" | "notifyUrl"> & {
  readonly total: number;
  readonly isFromAvailable: boolean;
};

/** What a play ends a refund as; null: never. */
const ends: { readonly [Play in RefundPlay]: RefundEnd | null } = {
  succeeds: "SUCCESS",
  closed: "CLOSED",
  abnormal: "ABNORMAL",
  stays: null,
  shopBalance: null,
  busy: null,
};

/** `POST /v3/refund/domestic/refunds`. The same number with the same amounts answers the same refund. */
export function askRefund(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer {
  const { random } = books.parts;
  const no = (status: number, code: string, message: string) => errorAnswer(status, code, message, random);
  const body = jsonObject(request.body);
  if (body === null) return no(400, "PARAM_ERROR", "请求体不是合法的JSON");
  const wanted = readWanted(body);
  if (typeof wanted === "string") return no(400, "PARAM_ERROR", `参数错误：${wanted}`);
  const now = books.settle();
  const order = orderIn(body, books);
  if (order === undefined || order.mchid !== merchant.mchid) return no(404, "RESOURCE_NOT_EXISTS", "订单不存在");
  const seen = order.refunds.find(({ outRefundNo }) => outRefundNo === wanted.outRefundNo);
  const isElsewhere = seen === undefined && books.ledger.refundNumbers.has(wanted.outRefundNo);
  if (isElsewhere || (seen !== undefined && seen.amount !== wanted.amount))
    return no(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试");
  const done = (outRefundNo: string): SandboxAnswer => refundAnswer(request, books, order.outTradeNo, outRefundNo, now);
  if (seen !== undefined) return done(seen.outRefundNo);
  const refused = trouble(order, wanted, now);
  if (refused !== null) return no(400, "INVALID_REQUEST", refused);
  const play = takeRefundPlay(books, order.outTradeNo);
  if (play === "shopBalance") return no(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起");
  if (play === "busy") return no(429, "FREQUENCY_LIMITED", "频率限制，请降低频率后重试");
  books.record({
    event: "refundAsked",
    outTradeNo: order.outTradeNo,
    refund: newRefund(wanted, order, books, play, now),
  });
  return done(wanted.outRefundNo);
}

/** `GET /v3/refund/domestic/refunds/{out_refund_no}` */
export function queryRefund(
  request: SandboxRequest,
  merchant: SandboxMerchant,
  books: Books,
  outRefundNo: string,
): SandboxAnswer {
  const now = books.settle();
  const outTradeNo = books.ledger.refundNumbers.get(outRefundNo);
  const order = outTradeNo === undefined ? undefined : books.ledger.orders.get(outTradeNo);
  if (order === undefined || order.mchid !== merchant.mchid)
    return errorAnswer(404, "RESOURCE_NOT_EXISTS", "退款单不存在", books.parts.random);
  return refundAnswer(request, books, order.outTradeNo, outRefundNo, now);
}

function refundAnswer(
  request: SandboxRequest,
  books: Books,
  outTradeNo: string,
  outRefundNo: string,
  now: Instant,
): SandboxAnswer {
  const { keys, random } = books.parts;
  const order = books.ledger.orders.get(outTradeNo);
  const refund = order?.refunds.find((each) => each.outRefundNo === outRefundNo);
  if (order === undefined || refund === undefined) return errorAnswer(500, "SYSTEM_ERROR", "系统异常", random);
  return signedAnswer({ status: 200, json: refundBody(order, refund) }, request, { keys, now, random });
}

function orderIn(body: Readonly<Record<string, unknown>>, { ledger }: Books): Order | undefined {
  const { transaction_id: transactionId, out_trade_no: outTradeNo } = body;
  if (typeof transactionId === "string")
    return [...ledger.orders.values()].find((order) => order.transactionId === transactionId && order.paidAt !== null);
  return typeof outTradeNo === "string" ? ledger.orders.get(outTradeNo) : undefined;
}

function trouble(order: Order, wanted: Wanted, now: Instant): string | null {
  if (order.paidAt === null) return "订单未支付，不能退款";
  if (order.state === "REVOKED") return "订单已撤销，不能退款";
  if (wanted.total !== order.total) return "订单金额或退款金额与之前请求不一致，请核实后再试";
  if (now - order.paidAt > refundWithinMs) return "订单已超过可退款的期限";
  if (leftOf(order) === 0) return "订单已全额退款";
  if (wanted.amount > leftOf(order)) return "申请退款金额大于剩余可退金额";
  return order.refunds.length >= refundsMax ? "部分退款次数超过50次" : null;
}

function takeRefundPlay(books: Books, outTradeNo: string): RefundPlay {
  const { refund: plays } = books.ledger.nextPlays;
  const of = [outTradeNo, anyOrder].find((each) => plays.has(each));
  const play = (of === undefined ? undefined : plays.get(of)) ?? "succeeds";
  if (of !== undefined) books.record({ event: "refundPlay", next: null, of });
  return play;
}

function newRefund(wanted: Wanted, order: Order, books: Books, play: RefundPlay, now: Instant): Refund {
  const { outRefundNo, amount, reason, notifyUrl } = wanted;
  const as = ends[play];
  return {
    outRefundNo,
    refundId: nextRefundId(books.ledger, now),
    amount,
    couponPart: couponPartOf(order, amount),
    reason,
    notifyUrl,
    createdAt: now,
    due: as === null ? null : { at: plusMs(now, books.scaled(refundTakesMs)), as },
    status: "PROCESSING",
    endedAt: null,
    ...(wanted.isFromAvailable ? { fundsAccount: "AVAILABLE" } : {}),
  };
}

/** The members the sandbox needs, or the name of the first one the provider would refuse. */
function readWanted(body: Readonly<Record<string, unknown>>): Wanted | string {
  const { out_refund_no: outRefundNo, reason, notify_url: notifyUrl, amount } = body;
  if (typeof outRefundNo !== "string" || !outRefundNoPattern.test(outRefundNo)) return "out_refund_no";
  if (reason !== undefined && (typeof reason !== "string" || Buffer.byteLength(reason) > reasonBytesMax))
    return "reason";
  if (notifyUrl !== undefined && !isNotifyUrl(notifyUrl)) return "notify_url";
  const fundsAccount = body["funds_account"];
  if (fundsAccount !== undefined && fundsAccount !== "AVAILABLE" && fundsAccount !== "UNSETTLED")
    return "funds_account";
  if (!isObject(amount)) return "amount";
  const { refund, total, currency } = amount;
  if (!isWhole(refund)) return "amount.refund";
  if (!isWhole(total)) return "amount.total";
  if (currency !== "CNY") return "amount.currency";
  const isFromAvailable = fundsAccount === "AVAILABLE";
  return { outRefundNo, amount: refund, total, reason: reason ?? "", notifyUrl: notifyUrl ?? null, isFromAvailable };
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
