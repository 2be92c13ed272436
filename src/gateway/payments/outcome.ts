import { money, type CurrencyCode } from "../../domain/money.ts";
import type { AttemptEvent, Capture, DeclineReason, SilenceCause } from "../../domain/payment-attempt.ts";
import { unreachable } from "../../domain/assert.ts";
import type { Attempt } from "./attempt.ts";
import type { DeclineReason as ProviderDecline, ProviderOutcome, SilenceReason } from "../provider-outcome.ts";

const reasons: { readonly [R in ProviderDecline]: DeclineReason } = {
  notEnough: "notEnoughMoney",
  codeInvalid: "codeInvalid",
  limit: "limit",
  accountBlocked: "accountBarred",
  notPaid: "payerCancelled",
  shopRefused: "misconfigured",
};

const causes: { readonly [R in SilenceReason]: SilenceCause } = {
  timeout: "timeout",
  network: "network",
  tooLarge: "unreadable",
  server: "serverError",
  busy: "rateLimited",
  signature: "badSignature",
  body: "mismatch",
  notFound: "unlisted",
  numberUsed: "unlisted",
  unlisted: "unlisted",
};

/**
 * What a provider's outcome means for the attempt. A reversal gave money back when we know of a capture. A `refunded` order
 * was paid, and some or all of it given back: while we reverse, that is our reversal; else it is captured, and the refund,
 * made elsewhere, is a record of its own.
 */
export function eventOf(outcome: ProviderOutcome, attempt: Pick<Attempt, "state" | "memo" | "amount">): AttemptEvent {
  const currency = attempt.amount?.currency ?? "CNY";
  switch (outcome.kind) {
    case "captured":
      return { kind: "captured", capture: captureOf(outcome, currency) };
    case "refunded":
      return attempt.state.kind === "reversing" || attempt.state.kind === "closing"
        ? { kind: "reversed", moneyMoved: true }
        : { kind: "captured", capture: captureOf(outcome, currency) };
    case "payerPrompted":
      return { kind: "payerPrompted" };
    case "declined":
      return { kind: "declined", reason: reasons[outcome.reason] };
    case "reversed":
      return { kind: "reversed", moneyMoved: outcome.hadMoved === true || attempt.memo.captured !== null };
    case "closed":
      return { kind: "closed" };
    case "reversalRefused":
      return { kind: "reversalRefused", capture: attempt.memo.captured };
    case "notYet":
      return { kind: "payerPrompted" };
    case "silence":
      return { kind: "silence", cause: causes[outcome.why] };
    default:
      return unreachable(outcome);
  }
}

/** A provider's capture in our words. */
function captureOf(
  outcome: Extract<ProviderOutcome, { kind: "captured" | "refunded" }>,
  currency: CurrencyCode,
): Capture {
  const { amounts } = outcome;
  return {
    order: money(amounts.order, currency),
    receivable: money(amounts.receivable, currency),
    paid: money(amounts.paid, currency),
    providerTransactionId: outcome.providerTransactionId,
    capturedAt: outcome.at,
    discounts: amounts.discounts.map((each) => ({
      funder: each.fundedBy,
      name: each.name,
      amount: money(each.amount, currency),
    })),
  };
}

/** What the story keeps of an outcome: the provider's own word, never a body. */
export function wordOf(outcome: ProviderOutcome): {
  readonly outcome: string;
  readonly code?: string;
  readonly message?: string;
  readonly httpStatus?: number;
  readonly why?: string;
  readonly amount?: number;
  readonly transaction?: string;
} {
  const word = "word" in outcome && outcome.word !== undefined ? outcome.word : {};
  const why = outcome.kind === "silence" ? { why: outcome.why } : {};
  const taken =
    outcome.kind === "captured" || outcome.kind === "refunded"
      ? { amount: outcome.amounts.order, transaction: outcome.providerTransactionId }
      : {};
  return { outcome: outcome.kind, ...word, ...why, ...taken };
}
