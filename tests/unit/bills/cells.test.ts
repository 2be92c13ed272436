import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beijingIn, beijingMidnight, fenOfYuan, rateIn, scaledIn } from "../../../src/domain/bills/cells.ts";
import { yuan } from "../../fakes/bill-lines.ts";

const scaled = (text: string, decimals: number) => scaledIn(`x${text}y`, 1, text.length + 1, decimals);
const nan = Number.NaN;

describe("a figure", () => {
  it.each([
    ["56.00", 2, 5_600],
    ["0.01", 2, 1],
    ["-28.00", 2, -2_800],
    ["+28.00", 2, 2_800],
    ["-0.00", 2, 0],
    ["7", 2, 700],
    ["7.5", 2, 750],
    ["1.500", 2, 150],
    ["9999999999.99", 2, 999_999_999_999],
    ["0.34000", 5, 34_000],
    ["-0.17000", 5, -17_000],
    ["0.00001", 5, 1],
    ["0.34", 5, 34_000],
    ["3.0", 0, 3],
    ["3", 0, 3],
    ["007", 0, 7],
    ["3.5", 0, nan],
    ["0.345", 2, nan],
    ["0.000001", 5, nan],
    ["10000000000.00", 2, nan],
    ["", 2, nan],
    ["-", 2, nan],
    ["+", 2, nan],
    ["--1", 2, nan],
    [".5", 2, nan],
    ["5.", 2, nan],
    ["1,000.00", 2, nan],
    ["1 000", 2, nan],
    [" 1.00", 2, nan],
    ["1.00 ", 2, nan],
    ["1e3", 2, nan],
    ["0x10", 2, nan],
    ["１.00", 2, nan],
    ["1.0.0", 2, nan],
    ["NaN", 2, nan],
    ["¥1.00", 2, nan],
  ])("%s with %i decimals is %d", (text, decimals, expected) => {
    expect(scaled(text, decimals)).toBe(expected);
  });

  it("is read back as it was written, whatever stands around it", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), fc.string(), (amount, around) => {
        for (const decimals of [2, 5]) {
          if (Math.abs(amount) >= 10 ** (10 + decimals)) continue;
          const text = yuan(amount, decimals);
          const read = scaledIn(around + text + around, around.length, around.length + text.length, decimals);
          expect(read).toBe(amount === 0 ? 0 : amount);
        }
      }),
    );
  });

  it("in yuan is fen or nothing", () => {
    expect(fenOfYuan("68.50")).toBe(6_850);
    expect(fenOfYuan("68.5元")).toBeNull();
  });
});

it.each([
  ["0.60%", 6_000],
  ["0.6%", 6_000],
  ["0.38%", 3_800],
  ["0.0001%", 1],
  ["0%", 0],
  ["100%", 1_000_000],
  ["100.01%", nan],
  ["-0.60%", nan],
  ["0.60", nan],
  ["%", nan],
  ["", nan],
  ["0.60 %", nan],
])("the rate %s is %d parts per million", (text, expected) => {
  expect(rateIn(`x${text}y`, 1, text.length + 1)).toBe(expected);
});

describe("a Beijing time", () => {
  it.each([
    ["2026-11-20 09:01:02", "2026-11-20T01:01:02Z"],
    ["2026-01-01 00:00:00", "2025-12-31T16:00:00Z"],
    ["2024-02-29 23:59:59", "2024-02-29T15:59:59Z"],
    ["2000-02-29 12:00:00", "2000-02-29T04:00:00Z"],
    ["2026-02-29 12:00:00", null],
    ["2100-02-29 12:00:00", null],
    ["2026-04-31 12:00:00", null],
    ["2026-13-01 12:00:00", null],
    ["2026-00-01 12:00:00", null],
    ["2026-11-00 12:00:00", null],
    ["2026-11-20 24:00:00", null],
    ["2026-11-20 09:60:00", null],
    ["2026-11-20 09:00:60", null],
    ["2026-11-20T09:00:00", null],
    ["2026/11/20 09:00:00", null],
    ["2026-11-20 9:00:00", null],
    ["2026-11-20 09:00", null],
    ["2026-11-20 09:00:00 ", null],
    ["20a6-11-20 09:00:00", null],
    ["", null],
  ])("%s is %s", (text, expected) => {
    const at = beijingIn(`x${text}y`, 1, text.length + 1);
    expect(Number.isNaN(at) ? null : at).toBe(expected === null ? null : Date.parse(expected));
  });

  it("is the same as the calendar's for every second of two centuries", () => {
    const first = Date.parse("1970-01-02T00:00:00Z") / 1000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: first + 200 * 366 * 86_400 }), (second) => {
        const text = new Date((second + 8 * 3600) * 1000).toISOString().slice(0, 19).replace("T", " ");
        expect(beijingIn(text, 0, text.length)).toBe(second * 1000);
      }),
    );
  });

  it("a day begins at midnight in Beijing", () => {
    expect(beijingMidnight("2026-11-20")).toBe(Date.parse("2026-11-19T16:00:00Z"));
    expect(beijingMidnight("2026-11-31")).toBeNull();
    expect(beijingMidnight("2026-11-2")).toBeNull();
  });
});
