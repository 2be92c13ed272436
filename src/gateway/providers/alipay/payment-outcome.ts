import { z } from "zod";
import type { Instant } from "../../../domain/clock.ts";
import type { AttemptReference } from "../../provider.ts";
import type { PromptOutcome, ProviderOutcome, ProviderSilence } from "../../provider-outcome.ts";
import type { AnswerNode } from "./answer-node.ts";
import { askCodes, cancelCodes, codeMeaning, payCodes, tradeStatusMeaning } from "./status-table.ts";
import { captureOf, ownTrade, paidAt, type Trade } from "./trade.ts";

const done = "10000";
/** The trade is made and the payer must confirm. */
const payerAsked = "10003";
/** No code that a shop shows says more. */
const codeLengthMax = 512;

const cancelled = z.object({
  out_trade_no: z.string(),
  retry_flag: z.enum(["Y", "N"]),
  action: z.enum(["close", "refund", ""]).nullish(),
});
const precreated = z.object({ out_trade_no: z.string(), qr_code: z.url().max(codeLengthMax) });

/** What the answer to `alipay.trade.pay` says. */
export function chargeOutcome(node: AnswerNode, attempt: AttemptReference, now: Instant): ProviderOutcome {
  if (node.code === done || node.code === payerAsked) {
    const trade = ownTrade(node.members, attempt);
    if (trade === null) return { kind: "silence", why: "body", word: node.word };
    return node.code === payerAsked ? { kind: "payerPrompted" } : captured(trade, now);
  }
  const meaning = codeMeaning(node, payCodes);
  if ("uncertain" in meaning) return { kind: "silence", why: meaning.uncertain, word: node.word };
  if (meaning.certain === "closed") return { kind: "closed" };
  return { kind: "declined", reason: meaning.certain, word: node.word };
}

/** What the answer to `alipay.trade.precreate` says. A number that is closed or used is asked about, not refused. */
export function promptOutcome(node: AnswerNode, attempt: AttemptReference): PromptOutcome {
  if (node.code === done) {
    const read = precreated.safeParse(node.members);
    return read.success && read.data.out_trade_no === attempt.id
      ? { kind: "codeReady", content: read.data.qr_code }
      : { kind: "silence", why: "body", word: node.word };
  }
  const meaning = codeMeaning(node, payCodes);
  if ("uncertain" in meaning) return { kind: "silence", why: meaning.uncertain, word: node.word };
  if (meaning.certain === "closed") return { kind: "silence", why: "numberUsed", word: node.word };
  return { kind: "declined", reason: meaning.certain, word: node.word };
}

/** What the answer to `alipay.trade.query` says; an error is never more than a reason to ask again. */
export function queryOutcome(node: AnswerNode, attempt: AttemptReference, now: Instant): ProviderOutcome {
  if (node.code !== done) return asked(node);
  const trade = ownTrade(node.members, attempt);
  return trade === null ? { kind: "silence", why: "body", word: node.word } : tradeOutcome(trade, now);
}

/** What a trade's status says, in an answer or a notification. */
export function tradeOutcome(trade: Trade, now: Instant): ProviderOutcome {
  const status = trade.trade_status ?? "";
  const meaning = tradeStatusMeaning(status);
  switch (meaning) {
    case "open":
      return { kind: "payerPrompted" };
    case "paid":
      return captured(trade, now);
    case "closed":
      // a cancel that gave money back and a full refund look alike: paid, and all of it undone
      return paidAt(trade) === null ? { kind: "closed" } : { kind: "reversed", hadMoved: true };
    case null:
      return { kind: "silence", why: "unlisted", word: { code: status, message: "", httpStatus: 200 } };
  }
}

/** What the answer to `alipay.trade.cancel` says of an attempt by the payer's code. */
export function reverseOutcome(node: AnswerNode, attempt: AttemptReference): ProviderOutcome {
  const told = cancelOutcome(node, attempt);
  if (typeof told !== "string") return told;
  return { kind: "reversed", hadMoved: told === "refund" ? true : told === "close" ? false : "unknown" };
}

/** What the answer to `alipay.trade.cancel` says of an order whose code the shop showed; nobody scanned it: no trade. */
export function closeOutcome(node: AnswerNode, attempt: AttemptReference): ProviderOutcome {
  const told = cancelOutcome(node, attempt);
  if (typeof told !== "string") return told;
  return told === "refund" ? { kind: "reversed", hadMoved: true } : { kind: "closed" };
}

function cancelOutcome(node: AnswerNode, attempt: AttemptReference): ProviderOutcome | "refund" | "close" | "" {
  if (node.code === done) {
    const read = cancelled.safeParse(node.members);
    if (!read.success || read.data.out_trade_no !== attempt.id)
      return { kind: "silence", why: "body", word: node.word };
    return read.data.retry_flag === "Y" ? { kind: "notYet" } : (read.data.action ?? "");
  }
  const meaning = codeMeaning(node, cancelCodes);
  if ("certain" in meaning && meaning.certain === "reversalRefused")
    return { kind: "reversalRefused", word: node.word };
  return { kind: "silence", why: "uncertain" in meaning ? meaning.uncertain : "unlisted", word: node.word };
}

function captured(trade: Trade, now: Instant): ProviderOutcome {
  const capture = captureOf(trade, now);
  return capture === null ? { kind: "silence", why: "body" } : { kind: "captured", ...capture };
}

function asked(node: AnswerNode): ProviderSilence {
  const meaning = codeMeaning(node, askCodes);
  return { kind: "silence", why: "uncertain" in meaning ? meaning.uncertain : "unlisted", word: node.word };
}
