import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, amountMax, money, scaleHalfUp, sum } from "../../../src/domain/money.ts";
import { pieces, priceOf, quantity } from "../../../src/domain/quantity.ts";
import { lineFrom } from "../../../src/domain/sale-line.ts";
import type { ProductId } from "../../../src/domain/identifier.ts";
import { taxPerLine, totalsOf } from "../../../src/domain/sale-totals.ts";
import { taxOf, taxRate } from "../../../src/domain/tax.ts";
import { cashGivenMax, cashTender, quickCashAmounts } from "../../../src/domain/tender.ts";

const cny = (amount: number) => money(amount, "CNY");
const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
  .filter((all) => all.some((each) => each > 0));
const rates = fc.constantFrom(...[0, 300, 600, 800, 900, 1000, 1300].map((each) => taxRate(each)));

describe("allocate", () => {
  test("the parts sum to the total, and none is a whole unit off its exact share", () => {
    fc.assert(
      fc.property(amounts, weights, (total, shares) => {
        const parts = allocate(cny(total), shares).map(({ amount }) => amount as number);
        const whole = shares.reduce((all, each) => all + each, 0);
        expect(parts.reduce((all, each) => all + each, 0)).toBe(total);
        parts.forEach((part, i) => expect(Math.abs(part - (total * (shares[i] ?? 0)) / whole)).toBeLessThan(1));
      }),
    );
  });

  test("a weight of nothing gets nothing, and a total going back splits as one coming in", () => {
    fc.assert(
      fc.property(amounts, weights, (total, shares) => {
        const parts = allocate(cny(total), shares);
        shares.forEach((share, i) => share === 0 && expect(parts[i]?.amount).toBe(0));
        expect(allocate(cny(-total), shares)).toEqual(parts.map(({ amount }) => cny(-amount)));
      }),
    );
  });

  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [5, [1, 1], [3, 2]],
    [-5, [1, 1], [-3, -2]],
    [1, [0, 0, 7], [0, 0, 1]],
    [10, [1, 2, 3, 4], [1, 2, 3, 4]],
  ])("%d by %j is %j: ties go to the earlier part", (total, shares, parts) => {
    expect(allocate(cny(total), shares).map(({ amount }) => amount as number)).toEqual(parts);
  });

  test.each([[[]], [[0, 0]], [[-1, 2]], [[0.5]]])("weights %j are a broken promise", (shares) => {
    expect(() => allocate(cny(1), shares)).toThrow();
  });
});

describe("scaleHalfUp", () => {
  test("is the nearest whole number, halves away from zero, exactly where a float is not", () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (amount, factor, divisor) => {
          const product = BigInt(amount) * BigInt(factor);
          const double = product < 0n ? -2n * product : 2n * product;
          const by = BigInt(divisor);
          const nearest = (double + by) / (2n * by);
          fc.pre(nearest <= BigInt(Number.MAX_SAFE_INTEGER));
          expect(scaleHalfUp(amount, factor, divisor)).toBe(
            Number(product < 0n && nearest !== 0n ? -nearest : nearest),
          );
        },
      ),
    );
  });

  test.each([
    [5, 1, 2, 3],
    [-5, 1, 2, -3],
    [1, 1, 3, 0],
    [-1, 1, 3, 0],
    [9_007_199_254_740_991, 1000, 1000, 9_007_199_254_740_991],
  ])("%d × %d ÷ %d is %d, never minus nought", (amount, factor, divisor, result) => {
    expect(Object.is(scaleHalfUp(amount, factor, divisor), result)).toBe(true);
  });
});

test.each([[0.1], [Number.NaN], [amountMax + 1], [-amountMax - 1], [Number.POSITIVE_INFINITY]])(
  "%d is no amount",
  (amount) => {
    expect(() => cny(amount)).toThrow();
  },
);

test("two currencies are never added", () => {
  expect(() => sum([cny(1), money(1, "JPY")], "CNY")).toThrow();
});

describe("tax", () => {
  const lines = fc.array(fc.record({ fen: fc.integer({ min: 0, max: 10_000_000 }), rate: rates }), {
    minLength: 1,
    maxLength: 30,
  });
  const saleOf = (
    taxMode: "included" | "added",
    parts: readonly { fen: number; rate: ReturnType<typeof taxRate> }[],
  ) => ({
    currency: "CNY" as const,
    taxMode,
    tenders: [],
    lines: parts.map(({ fen, rate }, at) => ({
      ...lineFrom(at + 1, {
        product: "1" as ProductId,
        names: { "zh-CN": "", en: "", ja: "" },
        barcode: null,
        unitPrice: cny(fen),
        listPrice: cny(fen),
        taxRate: rate,
        quantity: pieces(1),
      }),
      amount: cny(fen),
    })),
  });

  test.each(["included", "added"] as const)(
    "%s: per rate net and tax sum to what is owed, and the lines' shares to the tax",
    (mode) => {
      fc.assert(
        fc.property(lines, (parts) => {
          const sale = saleOf(mode, parts);
          const { taxes, tax, total, lines: gross } = totalsOf(sale);
          expect(
            sum(
              taxes.flatMap((line) => [line.net, line.tax]),
              "CNY",
            ),
          ).toEqual(total);
          expect(total.amount).toBe(gross.amount + (mode === "added" ? tax.amount : 0));
          expect(new Set(taxes.map(({ rate }) => rate)).size).toBe(taxes.length);
          expect(sum(taxPerLine(sale), "CNY")).toEqual(tax);
          for (const { rate, tax: ofRate } of taxes) {
            expect(
              sum(
                taxPerLine(sale).filter((_share, i) => sale.lines[i]?.taxRate === rate),
                "CNY",
              ),
            ).toEqual(ofRate);
          }
        }),
      );
    },
  );

  test.each([
    ["included", 11_300, 1300, 1_300],
    ["included", 1_280, 1300, 147],
    ["added", 10_000, 1300, 1_300],
    ["added", 5, 1000, 1],
    ["included", 100, 0, 0],
  ] as const)("%s in %d at %d basis points is %d", (mode, amount, rate, tax) => {
    expect(taxOf(cny(amount), taxRate(rate), mode)).toEqual(cny(tax));
  });
});

describe("quantities", () => {
  test.each([
    [1_599, 1_284, 2_053],
    [1, 500, 1],
    [3, 167, 1],
    [3, 166, 0],
    [980, 3_000, 2_940],
  ])("%d fen a kilogram × %d thousandths is %d fen, rounded half up once", (price, thousandths, fen) => {
    expect(priceOf(cny(price), quantity(thousandths, "kg"))).toEqual(cny(fen));
  });

  test("half a piece is a broken promise", () => {
    expect(() => quantity(500, "piece")).toThrow();
  });
});

describe("cash", () => {
  test("quick amounts are above what is due, rising, and each is a whole number of some note", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 6 }), (due, count) => {
        const quick = quickCashAmounts(cny(due), count).map(({ amount }) => amount as number);
        expect(quick.length).toBeLessThanOrEqual(count);
        expect(quick).toEqual([...new Set(quick)].toSorted((a, b) => a - b));
        for (const amount of quick) {
          expect(amount).toBeGreaterThan(due);
          expect(amount - due).toBeLessThanOrEqual(10_000);
          expect(amount % 100).toBe(0);
        }
      }),
    );
  });

  test("what counts and what goes back are together what was given", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: cashGivenMax }),
        fc.integer({ min: 0, max: cashGivenMax }),
        (due, given) => {
          const tender = cashTender(cny(due), cny(given));
          expect(tender.ok).toBe(given >= due);
          if (tender.ok) expect(tender.value.amount.amount + tender.value.change.amount).toBe(given);
        },
      ),
    );
  });

  test.each([
    [100, 99, "tooLittle"],
    [100, cashGivenMax + 1, "tooMuch"],
  ])("for %d, %d is %s", (due, given, refusal) => {
    expect(cashTender(cny(due), cny(given))).toEqual({ ok: false, refusal });
  });
});
