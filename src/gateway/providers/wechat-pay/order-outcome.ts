import type { Instant } from "../../../domain/clock.ts";
import type { AttemptReference } from "../../provider.ts";
import type { PromptOutcome, ProviderOutcome, ProviderWord } from "../../provider-outcome.ts";
import { captureOf, isOwnReversal, ownOrder, shownCode, type OrderAnswer } from "./answer-body.ts";
import type { AccountLine, JudgedAnswer } from "./signed-exchange.ts";
import { askError, chargeError, closeError, plainCode, promptError, tradeStateMeaning } from "./status-table.ts";

/** What an answer to codepay says. */
export function chargeOutcome(answer: JudgedAnswer, line: AccountLine, attempt: AttemptReference): ProviderOutcome {
  if (answer.status === 202) {
    // two public descriptions of this body exist: an error code, or the order itself
    if (isUserPaying(answer.word)) return { kind: "payerPrompted" };
    const order = ownOrder(answer.json, line.credentials.mchid, attempt);
    if (order === null) return { kind: "silence", why: "body" };
    return order.trade_state === "USERPAYING" ? { kind: "payerPrompted" } : { kind: "silence", why: "unlisted" };
  }
  if (answer.status === 200) return ownOutcome(answer, line, attempt);
  return chargeError(answer.word, answer.status);
}

/** What an answer to native says. */
export function promptOutcome(answer: JudgedAnswer): PromptOutcome {
  if (answer.status !== 200) return promptError(answer.word, answer.status);
  const content = shownCode(answer.json);
  return content === null ? { kind: "silence", why: "body" } : { kind: "codeReady", content };
}

/** What an answer to an order's query says. */
export function queryOutcome(answer: JudgedAnswer, line: AccountLine, attempt: AttemptReference): ProviderOutcome {
  return answer.status === 200 ? ownOutcome(answer, line, attempt) : askError(answer.word, answer.status);
}

/** What an answer to closing says: 204 is the only yes. */
export function closeOutcome(answer: JudgedAnswer): ProviderOutcome {
  return answer.status === 204 ? { kind: "closed" } : closeError(answer.word, answer.status);
}

/** What an answer to a reversal says. */
export function reverseOutcome(
  answer: JudgedAnswer,
  { credentials: { mchid } }: AccountLine,
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

function ownOutcome(answer: JudgedAnswer, line: AccountLine, attempt: AttemptReference): ProviderOutcome {
  const order = ownOrder(answer.json, line.credentials.mchid, attempt);
  return order === null ? { kind: "silence", why: "body" } : orderOutcome(order, line.ports.clock.now());
}

/** What an order that was checked to be the right one says. */
export function orderOutcome(order: OrderAnswer, now: Instant): ProviderOutcome {
  const word = { code: order.trade_state, message: order.trade_state_desc ?? "", httpStatus: 200 };
  const meaning = tradeStateMeaning(order.trade_state);
  switch (meaning) {
    case "captured":
    case "refunded": {
      const capture = captureOf(order, now);
      return capture === null ? { kind: "silence", why: "body" } : { kind: meaning, ...capture };
    }
    case "open":
      return { kind: "payerPrompted" };
    case "reversed":
      return { kind: "reversed", hadMoved: hasPaymentTime(order) ? true : "unknown" };
    case "closed":
      return { kind: "closed" };
    case "notPaid":
      return { kind: "declined", reason: "notPaid", word };
    case null:
      return { kind: "silence", why: "unlisted", word };
  }
}

function hasPaymentTime(order: OrderAnswer): boolean {
  return typeof order.success_time === "string" && order.success_time !== "";
}
