import { instant } from "../../src/domain/clock.ts";
import type { PaymentId, RefundId } from "../../src/domain/identifier.ts";
import { money } from "../../src/domain/money.ts";
import type { Fetch } from "../../src/gateway/exchange.ts";
import { createAlipay } from "../../src/gateway/providers/alipay/alipay.ts";
import { nodeName } from "../../src/gateway/providers/alipay/answer-node.ts";
import type { ProviderOutcome, RefundOutcome } from "../../src/gateway/provider-outcome.ts";
import { secret } from "../../src/gateway/secret.ts";
import { alipayPlayKeys, alipayCredentials } from "./replay-alipay.ts";
import { answered } from "../../src/gateway/sandbox/alipay/wire.ts";
import type { VectorCase } from "./replay.ts";

type Word = "SUCCESS" | "FAILED" | "OPEN";

/** What each outcome of ours says about the money, in the files' words. */
const words: { readonly [Kind in (ProviderOutcome | RefundOutcome)["kind"]]: Word } = {
  captured: "SUCCESS",
  refunded: "SUCCESS",
  declined: "FAILED",
  closed: "FAILED",
  reversed: "FAILED",
  payerPrompted: "OPEN",
  notYet: "OPEN",
  reversalRefused: "OPEN",
  silence: "OPEN",
  succeeded: "SUCCESS",
  failed: "FAILED",
  accepted: "OPEN",
  abnormal: "OPEN",
  notKnown: "OPEN",
};

const now = instant(Date.parse("2026-11-21T19:00:00+08:00"));
const id = "01JD7Z0000AAAA000000000001";
const attempt = { id: id as PaymentId, accountId: "a", amount: money(5600, "CNY"), withinMs: 10_000 };
/** Members that Alipay always sends and a case leaves out. */
const always = { out_trade_no: id, trade_no: "2026112122001400000000000001", total_amount: "56.00" };

const methods: Readonly<Record<string, string>> = {
  pay: "alipay.trade.pay",
  query: "alipay.trade.query",
  "query after precreate": "alipay.trade.query",
  cancel: "alipay.trade.cancel",
  refund: "alipay.trade.refund",
};

/** One reply of Alipay, through the whole adapter: signed as the case says, read, mapped. */
export async function replayAlipayOutcome(vector: VectorCase, keys: VectorCase): Promise<string | null> {
  const method = methods[vector.op];
  if (method === undefined) return `unknown op ${vector.op}`;
  const provider = createAlipay({
    credentials: () => alipayCredentials(keys, "publicKey"),
    fetch: answering(vector.reply ?? {}, method, keys),
    clock: {
      now: () => now,
      after(_delayMs, task) {
        if (vector.reply?.transport === "timeout") queueMicrotask(task);
        return () => undefined;
      },
    },
  });
  const told = await ask(provider, method);
  const word = words[told.kind];
  return word === vector.outcome ? null : `said ${word} (${told.kind}), expected ${vector.outcome}`;
}

function ask(provider: ReturnType<typeof createAlipay>, method: string): Promise<ProviderOutcome | RefundOutcome> {
  const { signal } = new AbortController();
  switch (method) {
    case "alipay.trade.pay": {
      const code = secret("283061098828009406");
      return provider.charge({ ...attempt, code, description: "shop", storeOutId: "S1", tillLabel: "A1" }, signal);
    }
    case "alipay.trade.query":
      return provider.query(attempt, signal);
    case "alipay.trade.cancel":
      return provider.reverse(attempt, signal);
    default: {
      const order = { payment: attempt.id, providerTransactionId: always.trade_no, total: attempt.amount };
      const asked = { reason: "", submittedAt: now, notifyUrl: "https://shop.invalid/notify" };
      return provider.refund({ ...attempt, ...order, ...asked, id: "01JD7Z0000AAAA00000000000R" as RefundId }, signal);
    }
  }
}

function answering(reply: VectorCase, method: string, keys: VectorCase): Fetch {
  return () => {
    if (reply.transport === "timeout") return new Promise(() => undefined);
    if (typeof reply.http_status !== "number") return Promise.reject(new TypeError("fetch failed"));
    if (typeof reply.body_text === "string")
      return Promise.resolve(new Response(reply.body_text, { status: reply.http_status }));
    const node = reply.node?.code?.startsWith("1") === true ? { ...always, ...reply.node } : (reply.node ?? {});
    const how = { isForged: !["right", "valid"].includes(String(reply.signature ?? "right")) };
    const sent = answered({ method }, { msg: "", ...node }, alipayPlayKeys(keys), how);
    const body = sent.kind === "answer" ? sent.body : "";
    const unsigned = `{"${nodeName(method)}":${JSON.stringify(node)}}`;
    const isUnsigned = ["missing", "none"].includes(String(reply.signature));
    return Promise.resolve(new Response(isUnsigned ? unsigned : body, { status: reply.http_status }));
  };
}
