import { instant, plusMs, type Instant } from "../../../domain/clock.ts";
import { isObject, jsonObject, type SandboxAnswer, type SandboxRequest } from "../wire.ts";
import type { Books } from "./books.ts";
import { isDescription, isNotifyUrl, isOutTradeNo, isText, isTotal } from "./members.ts";
import { nextTransactionId } from "./numbers.ts";
import type { Order } from "./order.ts";
import { errorAnswer, nonceCharacters, signedAnswer, type SandboxMerchant } from "./wire.ts";

/** Before the code in the text of the QR. */
export const shownCodePrefix = "weixin://wxpay/bizpayurl?pr=";
const shownCodeCharacters = 9;
/** A shown code is good for two hours; the same request gives a fresh one. */
const shownCodeMs = 2 * 3_600_000;
/** An order ends after seven days when it does not say when, and no sooner than after a minute. */
const expiresAfterMs = 7 * 86_400_000;
const expiresAfterMsMin = 60_000;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/;

type Wanted = Pick<Order, "outTradeNo" | "total" | "description" | "attach" | "storeOutId" | "deviceId"> & {
  readonly notifyUrl: string;
  /** Null: the provider's own. */
  readonly expiresAt: Instant | null;
};

/** `POST /v3/pay/transactions/native`: an order that waits for a payer who scans its code. The signature is already checked. */
export function nativeOrder(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer {
  const no = (status: number, code: string, message: string) => errorAnswer(status, code, message, books.parts.random);
  const body = jsonObject(request.body);
  if (body === null) return no(400, "PARAM_ERROR", "请求体不是合法的JSON");
  if (body["mchid"] !== merchant.mchid) return no(400, "PARAM_ERROR", "mchid与签名的商户号不一致");
  if (body["appid"] !== merchant.appid) return no(400, "APPID_MCHID_NOT_MATCH", "appid和mchid不匹配");
  const wanted = readWanted(body);
  if (typeof wanted === "string") return no(400, "PARAM_ERROR", `参数错误：${wanted}`);
  const now = books.settle();
  const seen = books.ledger.orders.get(wanted.outTradeNo);
  if (books.ledger.closedUnseen.has(wanted.outTradeNo) || seen?.state === "CLOSED" || seen?.state === "REVOKED")
    return no(400, "ORDER_CLOSED", "订单已关闭");
  if (seen !== undefined && !isSame(seen, wanted)) return no(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  if (seen?.paidAt !== undefined && seen.paidAt !== null) return no(400, "ORDERPAID", "该订单已支付");
  if (seen === undefined) books.record({ event: "ordered", order: newOrder(wanted, merchant, books, now) });
  const code = nonceCharacters(books.parts.random, shownCodeCharacters);
  books.record({ event: "codeShown", code, outTradeNo: wanted.outTradeNo, staleAt: plusMs(now, shownCodeMs) });
  const { keys, random } = books.parts;
  return signedAnswer({ status: 200, json: { code_url: shownCodePrefix + code } }, request, { keys, now, random });
}

/** The same members; `time_expire` cannot be changed later and is not looked at. */
function isSame(order: Order, wanted: Wanted): boolean {
  return (
    order.kind === "native" &&
    order.total === wanted.total &&
    order.description === wanted.description &&
    order.attach === wanted.attach &&
    order.notifyUrl === wanted.notifyUrl
  );
}

function newOrder(wanted: Wanted, merchant: SandboxMerchant, books: Books, now: Instant): Order {
  const soonest = plusMs(now, expiresAfterMsMin);
  const expiresAt = wanted.expiresAt ?? plusMs(now, expiresAfterMs);
  return {
    ...wanted,
    kind: "native",
    expiresAt: expiresAt < soonest ? soonest : expiresAt,
    transactionId: nextTransactionId(books.ledger, now),
    mchid: merchant.mchid,
    appid: merchant.appid,
    switchDigits: "",
    wallet: null,
    createdAt: now,
    scannedAt: null,
    due: null,
    prompt: "none",
    state: "NOTPAY",
    paidAt: null,
    coupon: null,
    failure: null,
    reverseTries: 0,
    reversedAt: null,
    closedAt: null,
    refunds: [],
    givenBack: 0,
  };
}

/** The members the sandbox needs, or the name of the first one the provider would refuse. */
function readWanted(body: Readonly<Record<string, unknown>>): Wanted | string {
  const { description, out_trade_no: outTradeNo, notify_url: notifyUrl, amount, attach, time_expire: expire } = body;
  if (!isDescription(description)) return "description";
  if (!isOutTradeNo(outTradeNo)) return "out_trade_no";
  if (!isNotifyUrl(notifyUrl)) return "notify_url";
  if (attach !== undefined && !isText(attach, 0, 128)) return "attach";
  if (!isObject(amount) || !isTotal(amount["total"])) return "amount.total";
  if (amount["currency"] !== undefined && amount["currency"] !== "CNY") return "amount.currency";
  if (expire !== undefined && (typeof expire !== "string" || !rfc3339.test(expire))) return "time_expire";
  const scene = body["scene_info"];
  if (scene !== undefined && (!isObject(scene) || !isText(scene["payer_client_ip"], 7, 45)))
    return "scene_info.payer_client_ip";
  return {
    outTradeNo,
    total: amount["total"],
    description,
    attach: attach ?? null,
    notifyUrl,
    storeOutId: "",
    deviceId: "",
    expiresAt: expire === undefined ? null : instant(Date.parse(expire)),
  };
}
