import { plusMs, type Instant } from "../../../domain/clock.ts";
import type { Books } from "./books.ts";
import { couponOf } from "./coupon.ts";

import { isDescription, isOutTradeNo, isText, isTotal } from "./members.ts";
import { codeHash, nextTransactionId } from "./numbers.ts";
import type { Order } from "./order.ts";
import { orderBody } from "./order-body.ts";
import { chosenSwitch, lateAnswerAfterMs, payerActsAfterMs, switchDigits, type Switch } from "../switches.ts";
import { isObject, jsonObject, type SandboxAnswer, type SandboxRequest } from "../wire.ts";
import { errorAnswer, signedAnswer, type SandboxMerchant } from "./wire.ts";

const codePattern = /^1[0-5]\d{16}$/;

type Wanted = {
  readonly outTradeNo: string;
  readonly code: string;
  readonly total: number;
  readonly description: string;
  readonly attach: string | null;
  readonly storeOutId: string;
  readonly deviceId: string;
};

/** `POST /v3/pay/transactions/codepay`: the signature is already checked. */
export function codepay(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer {
  const no = (status: number, code: string, message: string) => errorAnswer(status, code, message, books.parts.random);
  const body = jsonObject(request.body);
  if (body === null) return no(400, "PARAM_ERROR", "请求体不是合法的JSON");
  if (body["mchid"] !== merchant.mchid) return no(400, "PARAM_ERROR", "mchid与签名的商户号不一致");
  if (body["appid"] !== merchant.appid) return no(400, "APPID_MCHID_NOT_MATCH", "appid和mchid不匹配");
  const wanted = readWanted(body);
  if (typeof wanted === "string") return no(400, "PARAM_ERROR", `参数错误：${wanted}`);
  const now = books.settle();
  const seen = books.ledger.orders.get(wanted.outTradeNo);
  if (books.ledger.closedUnseen.has(wanted.outTradeNo) || seen?.state === "REVOKED" || seen?.state === "CLOSED")
    return no(400, "ORDER_CLOSED", "订单已关闭");
  if (seen !== undefined) return no(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  const refused = codeTrouble(wanted.code, books, now);
  if (refused !== null) return no(400, "INVALID_REQUEST", `101 ${refused}`);
  return pay(request, merchant, books, wanted, now);
}

function pay(
  request: SandboxRequest,
  merchant: SandboxMerchant,
  books: Books,
  wanted: Wanted,
  now: Instant,
): SandboxAnswer {
  const hash = codeHash(wanted.code);
  const wallet = books.ledger.issuedCodes.get(hash)?.wallet ?? null;
  const play = chosenSwitch(wanted.code, wanted.total, wallet !== null);
  const no = (status: number, code: string, message: string) => errorAnswer(status, code, message, books.parts.random);
  if (play.payer === "codeRefused") return no(400, "INVALID_REQUEST", "101 付款码无效或已使用");
  if (play.payer === "cannotPay") {
    books.record({ event: "codeUsed", codeHash: hash, at: now });
    return no(403, "NOT_ENOUGH", "余额不足");
  }
  if (play.makesOrder)
    books.record({ event: "ordered", codeHash: hash, order: newOrder(wanted, merchant, books, play, now, wallet) });
  const order = books.ledger.orders.get(wanted.outTradeNo);
  if (play.answer === "cut") return { kind: "cut", afterMs: 0 };
  if (play.answer === "systemError" || order === undefined) return no(500, "SYSTEM_ERROR", "系统异常，请稍后重试");
  return signedAnswer(
    {
      status: order.state === "USERPAYING" ? 202 : 200,
      json: orderBody(order),
      afterMs: play.answer === "late" ? books.scaled(lateAnswerAfterMs) : 0,
      isForged: play.answer === "wronglySigned",
    },
    request,
    { keys: books.parts.keys, now, random: books.parts.random },
  );
}

function newOrder(
  wanted: Wanted,
  merchant: SandboxMerchant,
  books: Books,
  play: Switch,
  now: Instant,
  wallet: string | null,
): Order {
  const { code, ...members } = wanted;
  const isPaid = play.payer === "paysAtOnce";
  const acts = play.payer === "paysLater" ? "pay" : play.payer === "cancelsLater" ? "cancel" : null;
  return {
    ...members,
    kind: "codepay",
    notifyUrl: null,
    expiresAt: null,
    transactionId: nextTransactionId(books.ledger, now),
    mchid: merchant.mchid,
    appid: merchant.appid,
    switchDigits: switchDigits(code),
    wallet,
    createdAt: now,
    scannedAt: null,
    due: acts === null ? null : { at: plusMs(now, books.scaled(payerActsAfterMs)), act: acts },
    prompt: isPaid ? "none" : "shown",
    state: isPaid ? "SUCCESS" : "USERPAYING",
    paidAt: isPaid ? now : null,
    coupon: couponOf(play, wanted.total),
    failure: null,
    reverseTries: 0,
    reversedAt: null,
    closedAt: null,
    refunds: [],
    givenBack: 0,
  };
}

function codeTrouble(code: string, books: Books, now: Instant): string | null {
  if (!codePattern.test(code)) return "付款码格式错误";
  const hash = codeHash(code);
  if (books.ledger.usedCodes.has(hash)) return "付款码已使用，请刷新";
  const issued = books.ledger.issuedCodes.get(hash);
  return issued !== undefined && issued.staleAt <= now ? "付款码已过期，请刷新" : null;
}

/** The members the sandbox needs, or the name of the first one the provider would refuse. */
function readWanted(body: Readonly<Record<string, unknown>>): Wanted | string {
  const { description, out_trade_no: outTradeNo, payer, amount, scene_info: scene, attach } = body;
  if (!isDescription(description)) return "description";
  if (!isOutTradeNo(outTradeNo)) return "out_trade_no";
  if (attach !== undefined && !isText(attach, 0, 128)) return "attach";
  if (!isObject(payer) || typeof payer["auth_code"] !== "string") return "payer.auth_code";
  if (!isObject(amount)) return "amount";
  const { total, currency } = amount;
  if (!isTotal(total)) return "amount.total";
  if (currency !== undefined && currency !== "CNY") return "amount.currency";
  if (!isObject(scene) || !isObject(scene["store_info"])) return "scene_info.store_info";
  const { id, out_id: outId } = scene["store_info"];
  const store = outId ?? id;
  if (!isText(store, 1, 32)) return "scene_info.store_info.out_id";
  const device = scene["device_id"];
  if (device !== undefined && !isText(device, 0, 32)) return "scene_info.device_id";
  return {
    outTradeNo,
    code: payer["auth_code"],
    total,
    description,
    attach: attach ?? null,
    storeOutId: store,
    deviceId: device ?? "",
  };
}
