import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { money } from "../../../src/domain/money.ts";
import {
  attemptAfter,
  isFinal,
  isLive,
  type AttemptEvent,
  type AttemptState,
  type Capture,
} from "../../../src/domain/payment-attempt.ts";
import { readMachineTable } from "./machine-table.ts";

/**
 * House, Machines: PaymentAttempt. `late` is the same state with a `LateCapture`; `owed` a capture whose refund is owed: behind a
 * slash, of a freed sale; `shownOwed`, of a freed sale whose code was shown (a code payment is reversed afterwards).
 */
const table = `
| from | submitted | payerPrompted | authorized | captured | declined | silence | reverseRequested | closeRequested | reversed | closed | reversalRefused | adopted |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
| created | submitted | – | – | – | – | – | – | closed | – | closed | – | – |
| submitted, pending, unknown | – | pending | authorized | captured/shownOwed | declined | unknown | reversing (consumer) | closing (merchant) | reversed | closed | – | captured |
| authorized | – | – | authorized | captured | declined | authorized | reversing | – | – | closed | – | captured |
| reversing | – | reversing | reversing | reversing | closed | reversing | – | – | reversed | closed | owed | – |
| closing | – | closing | closing | captured/closing | closed | closing | – | – | reversed | closed | captured/owed | – |
| captured | – | captured | – | captured | – | captured | reversing (freed, consumer) | – | – | – | – | – |
| declined | – | declined | – | late | declined | declined | – | – | declined | declined | – | captured |
| reversed | – | reversed | – | late | – | reversed | – | – | reversed | reversed | – | captured |
| closed | – | closed | – | late | closed | closed | – | – | closed | closed | – | captured |
`;

const fen = (amount: number) => money(amount, "CNY");
const capture: Capture = {
  order: fen(1_280),
  receivable: fen(1_280),
  paid: fen(1_280),
  providerTransactionId: "4200000000000000001",
  capturedAt: instant(5),
  discounts: [],
};
const other: Capture = { ...capture, providerTransactionId: "4200000000000000002" };

const states: Readonly<Record<string, AttemptState>> = {
  captured: { kind: "captured", capture, refundOwed: false },
  declined: { kind: "declined", reason: "notEnoughMoney" },
  reversed: { kind: "reversed", moneyMoved: false },
};
const events: Readonly<Record<string, AttemptEvent>> = {
  captured: { kind: "captured", capture: other },
  adopted: { kind: "adopted", capture: other },
  declined: { kind: "declined", reason: "limit" },
  silence: { kind: "silence", cause: "timeout" },
  reversed: { kind: "reversed", moneyMoved: true },
  reversalRefused: { kind: "reversalRefused", capture },
};
const circumstances = (["consumer", "merchant"] as const).flatMap((presentment) =>
  [true, false].flatMap((freed) => [true, false].map((closeGivesBack) => ({ presentment, freed, closeGivesBack }))),
);
type Circumstances = (typeof circumstances)[number];
const conditions: Readonly<Record<string, (at: Circumstances) => boolean>> = {
  consumer: ({ presentment }) => presentment === "consumer",
  merchant: ({ presentment }) => presentment === "merchant",
  "freed, consumer": ({ presentment, freed }) => freed && presentment === "consumer",
};

describe("the attempt's machine does what its table says", () => {
  test.each(readMachineTable(table))("$state, $event: $to ($when)", ({ state, event, to, when }) => {
    for (const at of circumstances) {
      const from = states[state] ?? ({ kind: state } as AttemptState);
      const next = attemptAfter({ state: from, ...at }, events[event] ?? ({ kind: event } as AttemptEvent));
      const isAllowed = to !== null && (when === null || conditions[when]!(at));
      expect(next.ok ? wordOf(next.value.state, next.value.lateCapture) : null).toBe(
        isAllowed ? expected(to, state, at) : null,
      );
    }
  });
});

function wordOf(state: AttemptState, lateCapture: boolean): string {
  const owed = state.kind === "captured" && state.refundOwed;
  return `${owed ? "owed" : state.kind}${lateCapture ? " late" : ""}`;
}

function expected(to: string, from: string, at: Circumstances): string {
  const { freed, presentment, closeGivesBack } = at;
  // not adopted while a closing may be on its way that gives it back
  if (to === "captured/closing") return closeGivesBack ? "closing" : expected("captured/owed", from, at);
  if (to === "late") return `${from} late`;
  if (to === "captured/owed") return freed ? "owed" : "captured";
  if (to === "captured/shownOwed") return freed && presentment === "merchant" ? "owed" : "captured";
  return to;
}

test("a capture heard again does not replace the first", () => {
  const again = attemptAfter(
    { state: states["captured"]!, presentment: "consumer", freed: false, closeGivesBack: false },
    events["captured"]!,
  );
  expect(again).toEqual({ ok: true, value: { state: states["captured"], lateCapture: false } });
});

test("a reversal the provider refuses stays being reversed while nobody has said that money was taken", () => {
  const next = attemptAfter(
    { state: { kind: "reversing" }, presentment: "consumer", freed: true, closeGivesBack: false },
    { kind: "reversalRefused", capture: null },
  );
  expect(next).toEqual({ ok: true, value: { state: { kind: "reversing" }, lateCapture: false } });
});

test.each([
  ["created", false, false],
  ["submitted", true, false],
  ["pending", true, false],
  ["unknown", true, false],
  ["authorized", true, false],
  ["reversing", true, false],
  ["closing", true, false],
  ["captured", false, true],
  ["declined", false, true],
  ["reversed", false, true],
  ["closed", false, true],
])("%s: live %s, final %s", (kind, live, final) => {
  const state = states[kind] ?? ({ kind } as AttemptState);
  expect([isLive(state), isFinal(state)]).toEqual([live, final]);
});
