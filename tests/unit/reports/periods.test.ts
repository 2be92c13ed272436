import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plusDays } from "../../../src/domain/local-time.ts";
import {
  daysIn,
  daysOfMonth,
  daysOfWeek,
  mondayOf,
  monthOf,
  partsOf,
  rangeOf,
  spansOf,
  weekOf,
  type Range,
} from "../../../src/domain/reports/periods.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";

const d = (text: string) => text as BusinessDate;
const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => plusDays("1999-01-01", days) as BusinessDate);

describe("a week", () => {
  it.each([
    // ISO 8601's own: a year begins with the week of its first Thursday
    ["2026-01-01", "2026-W01"],
    ["2027-01-01", "2026-W53"],
    ["2027-01-03", "2026-W53"],
    ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"],
    ["2024-12-29", "2024-W52"],
    ["2021-01-03", "2020-W53"],
    ["2026-11-29", "2026-W48"],
    ["2026-11-30", "2026-W49"],
  ])("of %s is %s", (date, week) => {
    expect(weekOf(d(date))).toBe(week);
  });

  it("is Monday to Sunday, holds every date whose week it is, and no other", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const { from, to } = daysOfWeek(weekOf(date));
        expect(new Date(`${from}T00:00:00Z`).getUTCDay()).toBe(1);
        expect([from, to]).toEqual([mondayOf(date), plusDays(mondayOf(date), 6)]);
        expect(weekOf(plusDays(from, -1) as BusinessDate)).not.toBe(weekOf(date));
        expect(weekOf(plusDays(to, 1) as BusinessDate)).not.toBe(weekOf(date));
      }),
    );
  });
});

describe("a range in whole months and days", () => {
  it("holds each of its days once, and no other", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 900 }), (from, length) => {
        const to = plusDays(from, length) as BusinessDate;
        const { months, days } = spansOf({ from, to });
        const ranges: Range[] = [...days, ...(months === null ? [] : monthsBetween(months.from, months.to))];
        const all = ranges.flatMap((range) =>
          Array.from({ length: daysIn(range.from, range.to) }, (_, nth) => plusDays(range.from, nth)),
        );
        expect(all.toSorted()).toEqual(Array.from({ length: length + 1 }, (_, nth) => plusDays(from, nth)));
        expect(days.every((range) => daysIn(range.from, range.to) < 62)).toBe(true);
      }),
    );
  });
});

describe("a range in parts", () => {
  it("holds each of its days once, in order, under its own name, and no name twice", () => {
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom(weekOf, monthOf, (day: BusinessDate) => day as string),
        (from, length, nameOf) => {
          const parts = partsOf({ from, to: plusDays(from, length) as BusinessDate }, nameOf);
          const told = parts.flatMap((part) =>
            Array.from({ length: daysIn(part.from, part.to) }, (_, nth) => [plusDays(part.from, nth), part.name]),
          );
          const all = Array.from({ length: length + 1 }, (_, nth) => plusDays(from, nth));
          expect(told).toEqual(all.map((day) => [day, nameOf(day as BusinessDate)]));
          expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
        },
      ),
    );
  });

  it("ends at the last day that has a name", () => {
    expect(partsOf({ from: d("9999-12-30"), to: d("9999-12-31") }, monthOf)).toEqual([
      { name: "9999-12", from: "9999-12-30", to: "9999-12-31" },
    ]);
  });
});

function monthsBetween(from: string, to: string): Range[] {
  const months: Range[] = [];
  for (let month = from; month <= to; month = plusDays(daysOfMonth(month).to, 1).slice(0, 7))
    months.push(daysOfMonth(month));
  return months;
}

it("named ranges move on with today", () => {
  const today = d("2026-03-01");
  expect(rangeOf("today", today)).toEqual({ from: "2026-03-01", to: "2026-03-01" });
  expect(rangeOf("yesterday", today)).toEqual({ from: "2026-02-28", to: "2026-02-28" });
  expect(rangeOf("thisWeek", today)).toEqual({ from: "2026-02-23", to: "2026-03-01" });
  expect(rangeOf("lastWeek", today)).toEqual({ from: "2026-02-16", to: "2026-02-22" });
  expect(rangeOf("thisMonth", today)).toEqual({ from: "2026-03-01", to: "2026-03-01" });
  expect(rangeOf("lastMonth", d("2024-03-31"))).toEqual({ from: "2024-02-01", to: "2024-02-29" });
});
