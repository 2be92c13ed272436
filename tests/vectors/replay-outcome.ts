import { generateKeyPairSync } from "node:crypto";
import { instant, type Clock } from "../../src/domain/clock.ts";
import type { PaymentId, RefundId } from "../../src/domain/identifier.ts";
import { money } from "../../src/domain/money.ts";
import type { Fetch } from "../../src/gateway/exchange.ts";
import { createWechatPay } from "../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import type { PaymentProvider } from "../../src/gateway/provider.ts";
import type { ProviderOutcome, PromptOutcome, RefundOutcome } from "../../src/gateway/provider-outcome.ts";
import { secret } from "../../src/gateway/secret.ts";
import { signRsaSha256 } from "../../src/gateway/signing/wechat.ts";
import type { VectorCase } from "./replay.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const serial = "PUB_KEY_ID_0100000000002026112100000000000001";
const mchid = "1900000109";
const now = instant(Date.parse("2026-11-21T19:00:00+08:00"));

type Told = ProviderOutcome | PromptOutcome | RefundOutcome;

/** What each outcome of ours says about the money, in the files' words. */
const words: { readonly [Kind in Told["kind"]]: "SUCCESS" | "FAILED" | "OPEN" } = {
  captured: "SUCCESS",
  refunded: "SUCCESS",
  declined: "FAILED",
  closed: "FAILED",
  reversed: "FAILED",
  payerPrompted: "OPEN",
  notYet: "OPEN",
  reversalRefused: "OPEN",
  codeReady: "OPEN",
  succeeded: "SUCCESS",
  failed: "FAILED",
  accepted: "OPEN",
  abnormal: "OPEN",
  notKnown: "OPEN",
  silence: "OPEN",
};

/** One reply of WeChat Pay, through the whole adapter: signed as the case says, read, mapped. */
export async function replayOutcome(given: VectorCase): Promise<string | null> {
  const vector: VectorCase = { ...given, reply: given.reply ?? {} }; // no reply at all is a connection that broke
  if (vector.provider !== "wechat") return `unknown provider ${vector.provider}`;
  const asked = askedFor(vector);
  const signal = new AbortController().signal;
  const provider = adapter(vector, asked);
  const attempt = { id: asked.id as PaymentId, accountId: "a", amount: money(asked.total, "CNY"), withinMs: 10_000 };
  const told = await ask(vector.op, provider, attempt, signal);
  if (told === null) return `unknown op ${vector.op}`;
  const word = words[told.kind];
  return word === vector.outcome ? null : `said ${word} (${told.kind}), expected ${vector.outcome}`;
}

function ask(
  op: string,
  provider: PaymentProvider,
  attempt: Parameters<PaymentProvider["query"]>[0],
  signal: AbortSignal,
): Promise<Told> | null {
  switch (op) {
    case "codepay":
      return provider.charge(
        { ...attempt, code: secret("130061098828009406"), description: "shop", storeOutId: "S1", tillLabel: "A1" },
        signal,
      );
    case "query":
      return provider.query(attempt, signal);
    case "reverse":
      return provider.reverse(attempt, signal);
    case "native":
      return provider.prompt(
        {
          ...attempt,
          description: "shop",
          storeOutId: "S1",
          tillLabel: "A1",
          notifyUrl: "https://shop.invalid/n",
          expiresAt: now,
        },
        signal,
      );
    case "close":
      return provider.close(attempt, signal);
    case "refund":
      return provider.refund(refundOf(attempt), signal);
    case "refund-query":
      return provider.queryRefund(refundOf(attempt), signal);
    default:
      return null;
  }
}

const refundNumber = "01JD7Z0000AAAA000000000002";
const transactionNumber = "4200000000202611210000000001";

function refundOf(attempt: Parameters<PaymentProvider["query"]>[0]): Parameters<PaymentProvider["refund"]>[0] {
  return {
    id: refundNumber as RefundId,
    payment: attempt.id,
    providerTransactionId: transactionNumber,
    accountId: attempt.accountId,
    total: attempt.amount,
    amount: attempt.amount,
    reason: "back",
    submittedAt: now,
    notifyUrl: "https://shop.invalid/n",
    withinMs: attempt.withinMs,
  };
}

type Asked = { readonly id: string; readonly total: number };

/** What the sale asked for: as the case's own request says, else as the reply repeats it. */
function askedFor({ request, reply }: VectorCase): Asked {
  return {
    id: request?.out_trade_no ?? reply.body?.out_trade_no ?? "01JD7Z0000AAAA000000000001",
    total: request?.amount?.total ?? reply.body?.amount?.total ?? 5600,
  };
}

function adapter(vector: VectorCase, asked: Asked): PaymentProvider {
  const isTimeout = vector.reply.transport === "timeout";
  const clock: Clock = {
    now: () => now,
    after(_delayMs, task) {
      if (isTimeout) queueMicrotask(task);
      return () => undefined;
    },
  };
  return createWechatPay({
    credentials: () => ({
      baseUrl: "https://wechat.invalid",
      mchid,
      appid: "wxd678efh567hg6787",
      merchantSerial: "0".repeat(40),
      merchantKey: privateKey,
      apiV3Key: null,
      platformKeys: new Map([[serial, publicKey]]),
      answerSerial: serial,
      fetchesCertificates: false,
    }),
    fetch: answering(vector, asked),
    clock,
    random: { bytes: (count) => new Uint8Array(count) },
  });
}

function answering({ op, reply }: VectorCase, asked: Asked): Fetch {
  return (_url, _init) => {
    if (reply.transport === "timeout") return new Promise(() => undefined);
    if (typeof reply.http_status !== "number") return Promise.reject(new TypeError("fetch failed"));
    const body = bodyOf(op, reply, asked);
    const headers = signedHeaders(body, String(reply.signature ?? "right"));
    return Promise.resolve(
      new Response(reply.http_status === 204 ? null : body, { status: reply.http_status, headers }),
    );
  };
}

/** The case's body; an order's answer is filled up with the members WeChat Pay always sends and a case leaves out. */
function bodyOf(op: string, { http_status: status, body, body_text: text }: VectorCase, asked: Asked): string {
  if (typeof text === "string" || typeof body === "string") return text ?? body;
  const given = body ?? {};
  if (status < 200 || status > 299 || "code" in given) return JSON.stringify(given);
  const names = { appid: "wxd678efh567hg6787", mchid, out_trade_no: asked.id };
  if (op === "reverse") return JSON.stringify({ ...names, ...given });
  if (op === "refund" || op === "refund-query") return JSON.stringify(refundBody(given, asked));
  if (op === "native") return JSON.stringify({ code_url: "weixin://wxpay/bizpayurl?pr=TESTcode1", ...given });
  const isPaid = given.trade_state === "SUCCESS" || given.trade_state === "REFUND";
  const paid = isPaid ? { transaction_id: transactionNumber, success_time: "2026-11-21T19:00:00+08:00" } : {};
  const amount = { total: asked.total, currency: "CNY", ...given.amount };
  return JSON.stringify({ ...names, ...paid, ...given, amount });
}

function refundBody(given: VectorCase, asked: Asked): VectorCase {
  const { total } = asked;
  return {
    refund_id: "50300000002026112100000000001",
    out_refund_no: refundNumber,
    transaction_id: transactionNumber,
    out_trade_no: asked.id,
    ...given,
    amount: { total, refund: total, payer_total: total, payer_refund: total, currency: "CNY", ...given["amount"] },
  };
}

function signedHeaders(body: string, kind: string): Record<string, string> {
  const isStale = kind === "stale";
  const timestamp = String(Math.floor(now / 1000) - (isStale ? 301 : 0));
  const nonce = "d824f2e086d3c1df967785d13fcd22ef";
  const right = signRsaSha256(Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), privateKey);
  const signatures: Readonly<Record<string, string>> = {
    right,
    valid: right,
    stale: right,
    "unknown-serial": right,
    wrong: `${right.startsWith("A") ? "B" : "A"}${right.slice(1)}`,
    probe: `WECHATPAY/SIGNTEST/${right.slice(19)}`,
  };
  if (kind === "missing" || kind === "none") return {};
  const signature = signatures[kind.replaceAll("_", "-")];
  if (signature === undefined) throw new RangeError(`unknown signature kind ${kind}`);
  return {
    "Wechatpay-Timestamp": timestamp,
    "Wechatpay-Nonce": nonce,
    "Wechatpay-Serial": kind.startsWith("unknown") ? "PUB_KEY_ID_0199" : serial,
    "Wechatpay-Signature": signature,
    "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
  };
}
