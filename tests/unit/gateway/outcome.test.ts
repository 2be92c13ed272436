import { expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { money } from "../../../src/domain/money.ts";
import { attemptAfter, type AttemptState } from "../../../src/domain/payment-attempt.ts";
import { eventOf } from "../../../src/gateway/payments/outcome.ts";
import type { ProviderOutcome } from "../../../src/gateway/provider-outcome.ts";

const refunded: ProviderOutcome = {
  kind: "refunded",
  amounts: { order: 1_280 as never, receivable: 1_280 as never, paid: 1_280 as never, discounts: [] },
  providerTransactionId: "4200000000000000001",
  at: instant(5),
};
const capture = {
  order: money(1_280, "CNY"),
  receivable: money(1_280, "CNY"),
  paid: money(1_280, "CNY"),
  providerTransactionId: "4200000000000000001",
  capturedAt: instant(5),
  discounts: [],
};

/** House, Machines: while reversing, a provider's "refunded" means reversed; else it was paid, and a refund made elsewhere is a record of its own. */
test.each([
  ["submitted", "captured", false],
  ["pending", "captured", false],
  ["unknown", "captured", false],
  ["reversing", "reversed", false],
  ["captured", "captured", false],
  ["declined", "declined", true],
  ["closed", "closed", true],
  ["reversed", "reversed", true],
] as const)("%s, and the provider says refunded: %s, late capture %s", (from, to, lateCapture) => {
  const states: { readonly [Kind in string]?: AttemptState } = {
    captured: { kind: "captured", capture, refundOwed: false },
    declined: { kind: "declined", reason: "limit" },
    reversed: { kind: "reversed", moneyMoved: true },
  };
  const state = states[from] ?? ({ kind: from } as AttemptState);
  const event = eventOf(refunded, { state, amount: money(1_280, "CNY"), memo: { captured: null } as never });
  const next = attemptAfter({ state, presentment: "consumer", freed: false, closeGivesBack: false }, event);
  expect(next).toMatchObject({ ok: true, value: { state: { kind: to }, lateCapture } });
});
