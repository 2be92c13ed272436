import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasLongLabels, isLabelRule, readLabel, writeLabel, type LabelRule } from "../../../src/domain/label.ts";

const price = "21PPPPPAAAAAC";
const weight = "22PPPPPWWWWWC";
const count = "23PPPPPVNNNNC";
const long = "26PPPPPAAAAAWWWWWC";
const rules: readonly LabelRule[] = [price, weight, count, long];
const nothing = { amount: null, weight: null, count: null };

describe("a scale's label is read by the shop's table", () => {
  // figures of GS1's check digit, worked by hand: 3 × 1st, 3rd… from the right, 1 × the others
  test.each([
    ["2100042012806", { ...nothing, plu: "00042", amount: 1_280 }],
    ["2200042013503", { ...nothing, plu: "00042", weight: 1_350 }],
    ["260004201280013504", { ...nothing, plu: "00042", amount: 1_280, weight: 1_350 }],
  ])("%s", (digits, label) => {
    expect(readLabel(digits, rules)).toEqual(label);
  });

  test("what a rule writes it reads back, whatever the figures", () => {
    const up = (digits: number) => fc.nat(10 ** digits - 1);
    fc.assert(
      fc.property(up(5), up(5), up(5), up(4), (plu, amount, grams, pieces) => {
        const label = { plu: String(plu).padStart(5, "0"), amount, weight: grams, count: pieces };
        const read = (rule: LabelRule) => readLabel(writeLabel(rule, label), rules);
        expect(read(price)).toEqual({ ...nothing, plu: label.plu, amount });
        expect(read(weight)).toEqual({ ...nothing, plu: label.plu, weight: grams });
        expect(read(count)).toEqual({ ...nothing, plu: label.plu, count: pieces });
        expect(read(long)).toEqual({ ...nothing, plu: label.plu, amount, weight: grams });
      }),
    );
  });

  test("one wrong digit, and two neighbours in the wrong order unless they differ by five, are refused", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.nat(99_999),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (rule, plu, where, by) => {
          const good = writeLabel(rule, { plu: String(plu).padStart(5, "0"), amount: 1_280, weight: 1_350, count: 3 });
          const at = where % good.length;
          const wrong = [...good]
            .map((digit, nth) => (nth === at ? String((Number(digit) + by) % 10) : digit))
            .join("");
          expect(readLabel(wrong, [rule])).toBeNull();
          const [a = "", b = ""] = good.slice(at, at + 2);
          if (b === "" || Math.abs(Number(a) - Number(b)) % 5 === 0) return;
          expect(readLabel(good.slice(0, at) + b + a + good.slice(at + 2), [rule])).toBeNull();
        },
      ),
    );
  });

  test.each([
    ["another prefix", "2400042012807"],
    ["too short", "210004201280"],
    ["too long", "21000420128060"],
    ["letters", "21000420128O6"],
    ["full-width digits", "２１０００４２０１２８０６"],
    ["nothing", ""],
  ])("%s is no label", (_what, digits) => {
    expect(readLabel(digits, rules)).toBeNull();
  });
});

test.each([
  [price, true],
  [long, true],
  ["2PPPPPPAAAAAC", true],
  ["21PPPPPAAAAA", false], // no check digit
  ["21AAAAAAAAAAC", false], // no article
  ["PPPPPPPAAAAAC", false], // no prefix: it would take every product's code
  ["21PPPAAAAAPPC", false], // the article in two runs
  ["21PPPPPAAAAC", false], // 12 digits
  ["21PPPPPAAAAAXC", false],
  ["21PPPPPAAAAAAC", false], // 14 digits
])("%s is a rule: %s", (rule, is) => {
  expect(isLabelRule(rule)).toBe(is);
});

test("a figure too large for its digits is a broken promise, not another article's label", () => {
  expect(() => writeLabel(price, { plu: "00042", amount: 100_000, weight: null, count: null })).toThrow();
});

test("only rules of eighteen digits make payment codes and labels look alike", () => {
  expect(hasLongLabels(rules)).toBe(true);
  expect(hasLongLabels([price, weight, count])).toBe(false);
});
