import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { depthOf, isDiscountRule, reductionOf, type DiscountRule } from "../../../src/domain/discount.ts";
import { grossOf, shownAmountOf, takesDiscount } from "../../../src/domain/sale-line.ts";
import { pieces } from "../../../src/domain/quantity.ts";
import { totalsOf } from "../../../src/domain/sale-totals.ts";
import {
  deposits,
  discountRules,
  fen,
  goods,
  playedSales,
  saleNamed,
  after,
  lineOf,
  ticket,
} from "../../fakes/random-sale.ts";

const percent = (basisPoints: number): DiscountRule => ({ kind: "percent", basisPoints });
const off = (amount: number): DiscountRule => ({ kind: "amount", amount: fen(amount) });
const target = (amount: number): DiscountRule => ({ kind: "target", amount: fen(amount) });

describe("what a rule takes off a base", () => {
  test.each([
    ["10 % off", 999, percent(1_000), 100],
    ["half a fen is rounded up", 5, percent(1_000), 1],
    ["all of it", 999, percent(10_000), 999],
    ["an amount", 999, off(100), 100],
    ["an amount above the base", 999, off(1_000), 999],
    ["a target", 999, target(900), 99],
    ["a target of nothing: a gift", 999, target(0), 999],
    ["a target above the base makes nothing dearer", 999, target(1_000), 0],
    ["nothing is taken off nothing", 0, percent(1_000), 0],
    ["nor off what comes back", -500, off(100), 0],
  ])("%s", (_what, base, rule, expected) => {
    expect(reductionOf(fen(base), rule).amount).toBe(expected);
  });

  test.each([
    [percent(0), false],
    [percent(1), true],
    [percent(10_000), true],
    [percent(10_001), false],
    [percent(10.5), false],
    [off(0), false],
    [off(-1), false],
    [off(1), true],
    [target(-1), false],
    [target(0), true],
  ])("%j can stand: %s", (rule, is) => {
    expect(isDiscountRule(rule)).toBe(is);
  });

  test.each([
    [10_000, 9_000, 1_000],
    [10_000, 8_999, 1_001],
    [3, 2, 3_334],
    [10_000, 0, 10_000],
    [10_000, 10_000, 0],
    [10_000, 12_000, 0],
    [0, 0, 0],
    [10_000, -1, 10_000],
  ])("from %d to %d is %d basis points, rounded up: a limit is never slipped under", (before, now, depth) => {
    expect(depthOf(fen(before), fen(now))).toBe(depth);
  });
});

describe("a sale's discount, for any ticket", () => {
  const figures = (played: Parameters<typeof ticket>[0]) => {
    const sale = ticket(played);
    return { sale, totals: totalsOf(sale), before: ticket({ ...played, discount: null }) };
  };

  test("is split over the lines exactly and leaves none below zero", () => {
    fc.assert(
      fc.property(playedSales(), (played) => {
        const { sale, totals, before } = figures(played);
        const shares = sale.lines.flatMap((line) => line.reductions.filter((each) => each.scope === "sale"));
        expect(shares.every(({ amount }) => amount.amount > 0)).toBe(true);
        expect(totalsOf(before).lines.amount - totals.lines.amount).toBe(totals.saleDiscount.amount);
        expect(shares.reduce((all, { amount }) => all + amount.amount, 0)).toBe(totals.saleDiscount.amount);
        for (const line of sale.lines) {
          const reductions = line.reductions.reduce((all, { amount }) => all + amount.amount, 0);
          expect(grossOf(line).amount - reductions).toBe(line.amount.amount);
          if (line.quantity.thousandths > 0) expect(line.amount.amount).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test("is not in the amounts that the lines are shown with: these add up to the subtotal, each with its own discount off once", () => {
    fc.assert(
      fc.property(playedSales(), (played) => {
        const { sale, totals, before } = figures(played);
        const shown = sale.lines.map((line) => shownAmountOf(line).amount);
        expect(shown).toEqual(before.lines.map((line) => line.amount.amount));
        expect(shown.reduce((all, amount) => all + amount, 0)).toBe(totals.lines.amount + totals.saleDiscount.amount);
      }),
    );
  });

  test("comes to the same whatever the order of scanning, in lines, in tax by rate and in total", () => {
    const shuffled = playedSales().chain((played) =>
      fc.tuple(fc.constant(played), fc.shuffledSubarray([...played.scanned], { minLength: played.scanned.length })),
    );
    fc.assert(
      fc.property(shuffled, ([played, scanned]) => {
        const [one, other] = [figures(played).totals, figures({ ...played, scanned }).totals];
        expect(other).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  test("by target price is met to the fen wherever the goods can reach it", () => {
    fc.assert(
      fc.property(playedSales(), fc.nat(60_000), (played, price) => {
        const { before } = figures(played);
        const goodsSum = before.lines
          .filter(takesDiscount)
          .reduce((all, line) => all + Math.max(line.amount.amount, 0), 0);
        const sum = totalsOf(before).lines.amount;
        const others = sum - goodsSum;
        const met = figures({ ...played, discount: target(price) }).totals.lines.amount;
        // never dearer than before, never below what takes no part
        expect(met).toBe(Math.min(Math.max(price, others), sum));
      }),
    );
  });

  test("does not touch deposits, going out or coming back", () => {
    fc.assert(
      fc.property(playedSales(fc.oneof(goods, deposits)), (played) => {
        for (const line of figures(played).sale.lines.filter((each) => each.isDeposit)) {
          expect(line.reductions).toEqual([]);
          expect(line.amount).toEqual(grossOf(line));
        }
      }),
    );
  });

  test("is worked out anew when a line goes: the last line left carries what is left of it", () => {
    const two = after(
      saleNamed("A1"),
      {
        kind: "addLine",
        line: lineOf({ kind: "goods", price: 1_000, quantity: pieces(1), rate: 1300, discount: null }),
      },
      {
        kind: "addLine",
        line: lineOf({ kind: "goods", price: 3_000, quantity: pieces(1), rate: 1300, discount: null }),
      },
      { kind: "discountSale", discount: off(2_000) },
    );
    expect(two.lines.map((line) => line.amount.amount)).toEqual([500, 1_500]);
    const one = after(two, { kind: "removeLine", line: 2 });
    expect(one.lines.map((line) => line.amount.amount)).toEqual([0]);
    expect(one.lines[0]?.reductions).toEqual([{ scope: "sale", amount: fen(1_000) }]);
  });

  test("and a line's own are taken one after the other: first the line's", () => {
    fc.assert(
      fc.property(goods, discountRules, (scanned, discount) => {
        const sale = ticket({ taxMode: "included", scanned: [scanned], discount });
        const [line] = sale.lines;
        const gross = grossOf(line!);
        const own =
          scanned.discount === null ? gross.amount : gross.amount - reductionOf(gross, scanned.discount).amount;
        const whole = discount === null ? own : own - reductionOf(fen(own), discount).amount;
        expect(line!.amount.amount).toBe(whole);
      }),
    );
  });
});
