import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { money } from "../../../src/domain/money.ts";
import { amountSlip, cashSlip, moveSlip } from "../../../src/domain/slip.ts";
import { quickCashAmounts } from "../../../src/domain/tender.ts";

const fen = (amount: number) => money(amount, "CNY");

describe("cash handed over looks like a slip", () => {
  test.each([
    // due, given, asked
    [8_800, 8_800, false, "exact"],
    [8_800, 10_000, false, "the next note"],
    [8_800, 88_000, true, "a nought too many"],
    [8_800, 880_000, true, "the point left out"],
    [8_800, 19_000, true, "a whole largest note more than is due"],
    [8_800, 18_799, false, "just less than that"],
    [880, 8_800, true, "ten times, although small"],
    [1_000, 10_000, false, "ten times, but one note"],
    [100, 10_000, false, "a hundred times, but one note"],
    [10, 1_000, false, "coins paid with ten yuan"],
    [12_850, 20_000, false, "two notes"],
    [12_850, 30_000, true, "three notes where two are enough"],
    [1_234_500, 1_240_000, false, "a large sale"],
  ])("%d paid with %d: %s (%s)", (due, given, asked) => {
    expect(cashSlip(fen(due), fen(given))).toBe(asked);
  });

  test("never when the amount is exact or one of those offered on the screen", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), (due) => {
        const offered = [fen(due), ...quickCashAmounts(fen(due), 5)];
        expect(offered.filter((given) => cashSlip(fen(due), given))).toEqual([]);
      }),
    );
  });

  test("always from a largest note above anything a customer needs to hand over", () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(1_000_000), (due, more) => {
        const enough = Math.ceil((due + 1) / 10_000) * 10_000;
        expect(cashSlip(fen(due), fen(enough + 10_000 + more))).toBe(true);
      }),
    );
  });
});

test.each([
  // usual, typed, asked
  [20_000, 20_000, false],
  [20_000, 200_000, true],
  [20_000, 2_000_000, true],
  [20_000, 2_000, true],
  [20_000, 200, true],
  [20_000, 18_500, false],
  [20_000, 0, false],
  [0, 20_000, false],
])("where %d is usual, %d asks: %s", (usual, typed, asked) => {
  expect(amountSlip(fen(usual), fen(typed))).toBe(asked);
});

test.each([
  // float, moved, asked
  [20_000, 200_000, false],
  [20_000, 200_001, true],
  [0, 100_000, false],
  [0, 100_001, true],
])("with a float of %d, moving %d asks: %s", (float, moved, asked) => {
  expect(moveSlip(fen(float), fen(moved))).toBe(asked);
});
