import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { money } from "../../../src/domain/money.ts";
import { roundingOf, type RoundingRule } from "../../../src/domain/rounding.ts";
import { cashBack, cashGivenMax, cashTender, partCash } from "../../../src/domain/tender.ts";

const fen = (amount: number) => money(amount, "CNY");
const rules: fc.Arbitrary<RoundingRule> = fc.record({
  step: fc.constantFrom(5, 10, 50, 100),
  mode: fc.constantFrom("down" as const, "half", "up"),
});

describe("cash is rounded by the shop's rule", () => {
  test.each([
    // due, down, half, up: what is asked for, in steps of 0.10 and of 1.00
    [11_304, 10, 11_300, 11_300, 11_310],
    [11_305, 10, 11_300, 11_310, 11_310],
    [11_309, 10, 11_300, 11_310, 11_310],
    [11_310, 10, 11_310, 11_310, 11_310],
    [11_349, 100, 11_300, 11_300, 11_400],
    [11_350, 100, 11_300, 11_400, 11_400],
    [11_300, 100, 11_300, 11_300, 11_300],
  ])("%d in steps of %d: down %d, half %d, up %d", (due, step, ...expected) => {
    const asked = (["down", "half", "up"] as const).map((mode) => due - roundingOf(fen(due), { step, mode }).amount);
    expect(asked).toEqual(expected);
  });

  test.each([0, -4, -11_304])("nothing is rounded of %d: money that goes back is exact", (due) => {
    for (const mode of ["down", "half", "up"] as const) expect(roundingOf(fen(due), { step: 10, mode }).amount).toBe(0);
  });

  test("what is asked for is a whole number of steps, less than one step off, and never nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), rules, (due, rule) => {
        const off = roundingOf(fen(due), rule).amount;
        expect(Math.abs(off)).toBeLessThan(rule.step);
        expect(due - off).toBeGreaterThan(0);
        if (due >= rule.step || off !== 0) expect((due - off) % rule.step).toBe(0);
        if (rule.mode === "down") expect(off).toBeGreaterThanOrEqual(0);
        if (rule.mode === "up") expect(off).toBeLessThanOrEqual(0);
      }),
    );
  });

  test("a shop that rounds nothing asks for what is due", () => {
    expect(roundingOf(fen(11_304), null).amount).toBe(0);
  });
});

describe("the cash tender", () => {
  test("what counts, what rounding took and what goes back come from what was due and given", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1_000_000), rules, (due, more, rule) => {
        const asked = due - roundingOf(fen(due), rule).amount;
        const tender = cashTender(fen(due), fen(asked + more), rule);
        if (!tender.ok) throw new Error(tender.refusal);
        const { amount, given, change, rounding } = tender.value;
        expect(amount.amount + rounding.amount).toBe(due);
        expect(given.amount - change.amount).toBe(amount.amount);
        expect(cashTender(fen(due), fen(asked - 1), rule)).toEqual({ ok: false, refusal: "tooLittle" });
      }),
    );
  });

  test.each([
    ["a slip of the keypad", 100, cashGivenMax + 1, "tooMuch"],
    ["the largest hand-over", 100, cashGivenMax, null],
    ["a large sale paid exactly", cashGivenMax + 5, cashGivenMax + 5, null],
    ["a fen less than is due", 100, 99, "tooLittle"],
  ])("%s: %d due, %d given, refused as %s", (_what, due, given, refusal) => {
    const tender = cashTender(fen(due), fen(given));
    expect(tender.ok ? null : tender.refusal).toBe(refusal);
  });

  test.each([
    [0, "tooLittle"],
    [-1, "tooLittle"],
    [1, null],
    [99, null],
    [100, "tooMuch"],
    [101, "tooMuch"],
  ])("part cash of %d towards 100 is refused as %s, and neither rounded nor changed", (given, refusal) => {
    const tender = partCash(fen(100), fen(given));
    expect(tender.ok ? null : tender.refusal).toBe(refusal);
    if (tender.ok)
      expect([tender.value.amount, tender.value.change.amount, tender.value.rounding.amount]).toEqual([
        fen(given),
        0,
        0,
      ]);
  });

  test.each([
    [729, { step: 10, mode: "down" }, "notInCoins"],
    [730, { step: 10, mode: "down" }, null],
    [700, { step: 100, mode: "up" }, null],
    [5, { step: 10, mode: "half" }, "notInCoins"],
  ] as const)(
    "part cash of %d where cash comes in %o is %s: what is left is rounded once, not twice",
    (given, rule, refusal) => {
      const tender = partCash(fen(734), fen(given), rule);
      expect(tender.ok ? null : tender.refusal).toBe(refusal);
    },
  );

  test("cash out of the drawer counts against the sale and is never rounded", () => {
    expect(cashBack(fen(11_304))).toEqual({
      kind: "cash",
      amount: fen(-11_304),
      given: fen(0),
      change: fen(0),
      rounding: fen(0),
    });
  });
});
