import { unreachable } from "../../domain/assert.ts";
import { money, type Money } from "../../domain/money.ts";
import type { RefundEvent, RefundReason } from "../../domain/refund.ts";
import type { RefundFailure, RefundOutcome } from "../provider-outcome.ts";
import type { RefundMemo } from "./refund.ts";

const reasons: { readonly [R in RefundFailure]: RefundReason } = {
  shopBalance: "shopBalance",
  aboveWhatIsLeft: "aboveWhatIsLeft",
  tooLate: "tooLate",
  numberUsed: "numberUsed",
  notPaid: "notPaid",
  closed: "closed",
  shopRefused: "misconfigured",
};

/** What a provider's outcome means for a refund of `amount`. A yes about another amount is silence. */
export function refundEventOf(outcome: RefundOutcome, amount: Money): RefundEvent {
  switch (outcome.kind) {
    case "accepted":
      return { kind: "accepted" };
    case "succeeded": {
      if (outcome.asked !== amount.amount) return { kind: "silence" };
      const { providerRefundId, at } = outcome;
      const paid = { asked: amount, taken: money(outcome.taken, amount.currency), providerRefundId, at };
      return { kind: "succeeded", paid };
    }
    case "failed":
      return { kind: "failed", reason: reasons[outcome.reason] };
    case "abnormal":
      return { kind: "abnormal", reason: "payerUnreachable" };
    case "notKnown":
    case "silence":
      return { kind: "silence" };
    default:
      return unreachable(outcome);
  }
}

/** What the story keeps of an outcome: the provider's own word, never a body. */
export function refundWordOf(outcome: RefundOutcome): Readonly<Record<string, unknown>> {
  const word = "word" in outcome && outcome.word !== undefined ? outcome.word : {};
  const why = outcome.kind === "silence" ? { why: outcome.why } : {};
  const number = "providerRefundId" in outcome ? { number: outcome.providerRefundId } : {};
  return { outcome: outcome.kind, ...word, ...why, ...number };
}

/** What of an outcome a refund remembers: how much the provider says to take of the shop, as soon as it says so. */
export function refundMemoOf(outcome: RefundOutcome): Partial<RefundMemo> {
  return outcome.kind === "accepted" && outcome.taken !== null ? { takenTold: outcome.taken } : {};
}
