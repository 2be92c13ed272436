import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { money } from "../../../src/domain/money.ts";
import {
  isRefundOpen,
  refundAfter,
  type RefundEvent,
  type RefundPaid,
  type RefundState,
} from "../../../src/domain/refund.ts";
import { readMachineTable } from "./machine-table.ts";

/** House, Machines: Refund. `same` is the state it was in; what is over takes no second way out of its own. */
const table = `
| from | submitted | accepted | succeeded | failed | abnormal | silence | resend | paidOtherwise |
|---|---|---|---|---|---|---|---|---|
| owed | submitted | – | – | – | – | – | – | paidOtherwise |
| submitted, processing, unknown | – | processing | succeeded | failed | abnormal | unknown | – | – |
| failed, abnormal | – | processing | succeeded | same | abnormal | same | submitted | paidOtherwise |
| succeeded | – | same | same | abnormal | abnormal | same | – | – |
| paidOtherwise | – | same | same | same | same | same | – | – |
`;

const paid: RefundPaid = {
  asked: money(5_650, "CNY"),
  taken: money(5_085, "CNY"),
  providerRefundId: "50300000000000001",
  at: instant(5),
};
const states: Readonly<Record<string, RefundState>> = {
  failed: { kind: "failed", reason: "shopBalance" },
  abnormal: { kind: "abnormal", reason: "payerUnreachable" },
  succeeded: { kind: "succeeded", paid },
};
const events: Readonly<Record<string, RefundEvent>> = {
  succeeded: { kind: "succeeded", paid: { ...paid, providerRefundId: "another" } },
  failed: { kind: "failed", reason: "tooLate" },
  abnormal: { kind: "abnormal", reason: "closed" },
};
const stateOf = (kind: string): RefundState => states[kind] ?? ({ kind } as RefundState);
const eventOf = (kind: string): RefundEvent => events[kind] ?? ({ kind } as RefundEvent);

describe("the refund's machine does what its table says", () => {
  test.each(readMachineTable(table))("$state, $event: $to", ({ state, event, to }) => {
    const from = stateOf(state);
    const next = refundAfter(from, eventOf(event));
    if (to === null) return expect(next).toEqual({ ok: false, refusal: { from: state, event } });
    // "same" is the very state: a second yes does not replace the first, nor a second no its reason
    if (to === "same") return expect(next).toEqual({ ok: true, value: from });
    expect(next.ok && next.value.kind).toBe(to);
  });
});

test("a yes keeps what was asked and what left the receivable, a no its reason", () => {
  expect(refundAfter({ kind: "processing" }, { kind: "succeeded", paid })).toEqual({
    ok: true,
    value: { kind: "succeeded", paid },
  });
  expect(refundAfter(stateOf("succeeded"), eventOf("failed"))).toEqual({
    ok: true,
    value: { kind: "abnormal", reason: "tooLate" },
  });
});

test.each([
  ["owed", false],
  ["submitted", true],
  ["processing", true],
  ["unknown", true],
  ["failed", false],
  ["abnormal", false],
  ["succeeded", false],
  ["paidOtherwise", false],
])("%s: the provider may still act on it: %s", (kind, open) => {
  expect(isRefundOpen(stateOf(kind))).toBe(open);
});
