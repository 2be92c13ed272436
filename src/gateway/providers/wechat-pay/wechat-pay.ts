import type { Clock, Random } from "../../../domain/clock.ts";
import { exchange, readJson, type ExchangeAnswer, type Fetch } from "../../exchange.ts";
import type { AttemptReference, ChargeRequest, PaymentProvider, ProviderTimings } from "../../provider.ts";
import type { ProviderOutcome, ProviderWord } from "../../provider-outcome.ts";
import { reveal } from "../../secret.ts";
import { captureOf, isOwnReversal, ownOrder, troubleIn, type OrderAnswer } from "./answer-body.ts";
import { judgeSignature } from "./answer-signature.ts";
import { authorizationHeader, freshNonce, unixSeconds } from "./authorization.ts";
import type { WechatPayCredentials, WechatPayCredentialsPort } from "./credentials.ts";
import { askError, chargeError, plainCode, tradeStateMeaning } from "./status-table.ts";

/** What the adapter is given from outside; it holds nothing else. */
export type WechatPayPorts = {
  readonly credentials: WechatPayCredentialsPort;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
};

/** The provider's guides allow 5–10 s between queries and ask for 15 s before a reversal; the rest is this project's plan. */
export const wechatPayTimings: ProviderTimings = {
  chargeWithinMs: 10_000,
  askWithinMs: 5_000,
  queryAfterMs: [3_000, 6_000, 9_000, 14_000, 19_000, 24_000, 29_000, 34_000, 39_000, 44_000],
  reverseAfterMs: 45_000,
  abandonNotBeforeMs: 15_000,
  reverseRetryMs: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 60_000],
  lateQueryMs: 300_000,
};

/** No answer to a payment call is larger; what is, is not read. */
const answerBytesMax = 4 * 1024 * 1024;
/** The provider's limits of these members, in characters. */
const descriptionLengthMax = 127;
const storeOutIdLengthMax = 32;
const deviceIdLengthMax = 32;

/** An answer whose signature was judged; `json` undefined when the body is no JSON. */
type JudgedAnswer = { readonly status: number; readonly json: unknown; readonly word: ProviderWord | null };
type Silence = Extract<ProviderOutcome, { kind: "silence" }>;

/** WeChat Pay API v3, code payment (codepay, query, reverse). */
export function createWechatPay(ports: WechatPayPorts): PaymentProvider {
  return {
    id: "wechat-pay",
    channel: "wechat",
    timings: wechatPayTimings,
    async charge(request, signal) {
      const credentials = await ports.credentials(request.accountId);
      const body = JSON.stringify(codepayBody(request, credentials));
      const answer = await call(
        ports,
        credentials,
        { method: "POST", path: codepayPath, body, attempt: request },
        signal,
      );
      return "kind" in answer ? answer : chargeOutcome(answer, ports, credentials, request);
    },
    async query(attempt, signal) {
      const credentials = await ports.credentials(attempt.accountId);
      const path = `${orderPath(attempt)}?mchid=${encodeURIComponent(credentials.mchid)}`;
      const answer = await call(ports, credentials, { method: "GET", path, body: "", attempt }, signal);
      return "kind" in answer ? answer : queryOutcome(answer, ports, credentials, attempt);
    },
    async reverse(attempt, signal) {
      const credentials = await ports.credentials(attempt.accountId);
      const body = JSON.stringify({ appid: credentials.appid, mchid: credentials.mchid });
      const path = `${orderPath(attempt)}/reverse`;
      const answer = await call(ports, credentials, { method: "POST", path, body, attempt }, signal);
      return "kind" in answer ? answer : reverseOutcome(answer, credentials, attempt);
    },
  };
}

const codepayPath = "/v3/pay/transactions/codepay";

function orderPath(attempt: AttemptReference): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(attempt.id)}`;
}

function codepayBody(request: ChargeRequest, { appid, mchid }: WechatPayCredentials) {
  return {
    appid,
    mchid,
    description: withinWeChat(request.description, descriptionLengthMax),
    out_trade_no: request.id,
    payer: { auth_code: reveal(request.code) },
    amount: { total: request.amount.amount, currency: request.amount.currency },
    scene_info: {
      device_id: withinWeChat(request.tillLabel, deviceIdLengthMax),
      store_info: { out_id: withinWeChat(request.storeOutId, storeOutIdLengthMax) },
    },
  };
}

/** WeChat Pay takes characters of one to three UTF-8 bytes only: others (emoji) are left out, then the rest is cut. */
function withinWeChat(text: string, lengthMax: number): string {
  return text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, "").slice(0, lengthMax);
}

type Call = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: string;
  readonly attempt: AttemptReference;
};

/** One signed exchange. A 2xx counts only with a valid signature; an error may be unsigned, but not wrongly signed. */
async function call(
  ports: WechatPayPorts,
  credentials: WechatPayCredentials,
  send: Call,
  signal: AbortSignal,
): Promise<JudgedAnswer | Silence> {
  const parts = {
    method: send.method,
    pathAndQuery: send.path,
    timestamp: unixSeconds(ports.clock.now()),
    nonce: freshNonce(ports.random),
    body: send.body,
  };
  const headers: Record<string, string> = {
    Accept: "application/json",
    Authorization: authorizationHeader(parts, credentials),
    "User-Agent": "kuantai",
    "Wechatpay-Serial": credentials.answerSerial,
  };
  if (send.body !== "") headers["Content-Type"] = "application/json";
  const answer = await exchange(
    ports,
    {
      method: send.method,
      url: credentials.baseUrl + send.path,
      headers,
      body: send.body,
      withinMs: send.attempt.withinMs,
      bytesMax: answerBytesMax,
    },
    signal,
  );
  return answer.kind === "silence" ? answer : judged(answer, ports, credentials);
}

function judged(
  answer: Extract<ExchangeAnswer, { kind: "answer" }>,
  ports: WechatPayPorts,
  credentials: WechatPayCredentials,
): JudgedAnswer | Silence {
  const verdict = judgeSignature(answer.headers, answer.body, credentials.platformKeys, ports.clock.now());
  const isYes = answer.status >= 200 && answer.status < 300;
  if (verdict !== "valid" && (isYes || verdict !== "unsigned")) {
    return { kind: "silence", why: "signature", word: { code: verdict, message: "", httpStatus: answer.status } };
  }
  const json = readJson(answer.body);
  const trouble = troubleIn(json);
  return { status: answer.status, json, word: trouble === null ? null : { ...trouble, httpStatus: answer.status } };
}

function chargeOutcome(
  answer: JudgedAnswer,
  ports: WechatPayPorts,
  credentials: WechatPayCredentials,
  attempt: AttemptReference,
): ProviderOutcome {
  if (answer.status === 202) {
    // two public descriptions of this body exist: an error code, or the order itself
    if (isUserPaying(answer.word)) return { kind: "payerPrompted" };
    const order = ownOrder(answer.json, credentials.mchid, attempt);
    if (order === null) return { kind: "silence", why: "body" };
    return order.trade_state === "USERPAYING" ? { kind: "payerPrompted" } : { kind: "silence", why: "unlisted" };
  }
  if (answer.status === 200) return orderOutcome(answer, ports, credentials, attempt);
  return chargeError(answer.word, answer.status);
}

function queryOutcome(
  answer: JudgedAnswer,
  ports: WechatPayPorts,
  credentials: WechatPayCredentials,
  attempt: AttemptReference,
): ProviderOutcome {
  return answer.status === 200
    ? orderOutcome(answer, ports, credentials, attempt)
    : askError(answer.word, answer.status);
}

function reverseOutcome(
  answer: JudgedAnswer,
  { mchid }: WechatPayCredentials,
  attempt: AttemptReference,
): ProviderOutcome {
  if (isUserPaying(answer.word)) return { kind: "notYet" };
  if (answer.status !== 200) return askError(answer.word, answer.status);
  if (!isOwnReversal(answer.json, mchid, attempt)) return { kind: "silence", why: "body" };
  const state = ownOrder(answer.json, mchid, attempt)?.trade_state;
  // the documented answer carries no state; one that says the payer is still typing is believed
  return state === "USERPAYING" ? { kind: "notYet" } : { kind: "reversed", hadMoved: "unknown" };
}

function isUserPaying(word: ProviderWord | null): boolean {
  return word !== null && plainCode(word.code) === "USERPAYING";
}

function orderOutcome(
  answer: JudgedAnswer,
  ports: WechatPayPorts,
  { mchid }: WechatPayCredentials,
  attempt: AttemptReference,
): ProviderOutcome {
  const order = ownOrder(answer.json, mchid, attempt);
  if (order === null) return { kind: "silence", why: "body" };
  const meaning = tradeStateMeaning(order.trade_state);
  switch (meaning) {
    case "captured":
    case "refunded": {
      const capture = captureOf(order, ports.clock.now());
      return capture === null ? { kind: "silence", why: "body" } : { kind: meaning, ...capture };
    }
    case "open":
      return { kind: "payerPrompted" };
    case "reversed":
      return { kind: "reversed", hadMoved: hasPaymentTime(order) ? true : "unknown" };
    case "closed":
      return { kind: "closed" };
    case "notPaid":
      return {
        kind: "declined",
        reason: "notPaid",
        word: { code: order.trade_state, message: order.trade_state_desc ?? "", httpStatus: answer.status },
      };
    case null:
      return {
        kind: "silence",
        why: "unlisted",
        word: { code: order.trade_state, message: order.trade_state_desc ?? "", httpStatus: answer.status },
      };
  }
}

function hasPaymentTime(order: OrderAnswer): boolean {
  return typeof order.success_time === "string" && order.success_time !== "";
}
