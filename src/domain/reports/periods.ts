import { plusDays } from "../local-time.ts";
import type { BusinessDate } from "../till-session.ts";

const dayMs = 86_400_000;

/** How many days `from` to `to` are, both counted; less than one when `to` is before `from`. */
export function daysIn(from: BusinessDate, to: BusinessDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1;
}

/** YYYY-MM. */
export function monthOf(date: BusinessDate): string {
  return date.slice(0, 7);
}

/** First and last day of a month YYYY-MM. */
export function daysOfMonth(month: string): Range {
  const year = Number(month.slice(0, 4));
  const nth = Number(month.slice(5, 7));
  return { from: `${month}-01` as BusinessDate, to: dateOf(Date.UTC(year, nth, 0)) };
}

/** The Monday of the week that holds `date` (ISO 8601). */
export function mondayOf(date: BusinessDate): BusinessDate {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** The ISO week of `date`, as 2026-W48: of the year that its Thursday is in. */
export function weekOf(date: BusinessDate): string {
  const thursday = addDays(mondayOf(date), 3);
  const year = thursday.slice(0, 4);
  const nth = Math.ceil(daysIn(`${year}-01-01` as BusinessDate, thursday) / 7);
  return `${year}-W${String(nth).padStart(2, "0")}`;
}

/** Monday and Sunday of an ISO week such as 2026-W48. */
export function daysOfWeek(week: string): Range {
  // the week of the 4th of January is the first
  const first = mondayOf(`${week.slice(0, 4)}-01-04` as BusinessDate);
  const from = addDays(first, (Number(week.slice(6)) - 1) * 7);
  return { from, to: addDays(from, 6) };
}

export type Range = { readonly from: BusinessDate; readonly to: BusinessDate };

/** A range as whole months, and the days before and after them. */
export type Spans = {
  /** First and last month that is whole in the range; null when none is. */
  readonly months: { readonly from: string; readonly to: string } | null;
  readonly days: readonly Range[];
};

/** Parts `range` so that as much as possible is whole months. */
export function spansOf({ from, to }: Range): Spans {
  const first = from === daysOfMonth(monthOf(from)).from ? from : addDays(daysOfMonth(monthOf(from)).to, 1);
  const last = to === daysOfMonth(monthOf(to)).to ? to : addDays(daysOfMonth(monthOf(to)).from, -1);
  if (last < first) return { months: null, days: [{ from, to }] };
  return {
    months: { from: monthOf(first), to: monthOf(last) },
    days: [
      ...(from < first ? [{ from, to: addDays(first, -1) }] : []),
      ...(to > last ? [{ from: addDays(last, 1), to }] : []),
    ],
  };
}

/** Days that are told together, under one name. */
export type Part = Range & { readonly name: string };

/** `range` day by day, days that follow each other under one name as one part. */
export function partsOf({ from, to }: Range, nameOf: (day: BusinessDate) => string): readonly Part[] {
  const parts: Part[] = [];
  for (let nth = 0; nth < daysIn(from, to); nth++) {
    const day = addDays(from, nth);
    const name = nameOf(day);
    const last = parts.at(-1);
    if (last?.name === name) parts[parts.length - 1] = { ...last, to: day };
    else parts.push({ name, from: day, to: day });
  }
  return parts;
}

/** Ranges that are asked for by name. */
export const presets = ["today", "yesterday", "thisWeek", "lastWeek", "thisMonth", "lastMonth"] as const;
export type Preset = (typeof presets)[number];

/** The days of `preset` when `today` is today. */
export function rangeOf(preset: Preset, today: BusinessDate): Range {
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "thisWeek":
      return { from: mondayOf(today), to: today };
    case "lastWeek":
      return { from: addDays(mondayOf(today), -7), to: addDays(mondayOf(today), -1) };
    case "thisMonth":
      return { from: daysOfMonth(monthOf(today)).from, to: today };
    case "lastMonth":
      return daysOfMonth(monthOf(addDays(daysOfMonth(monthOf(today)).from, -1)));
    default:
      return preset satisfies never;
  }
}

function addDays(date: BusinessDate, days: number): BusinessDate {
  return plusDays(date, days) as BusinessDate;
}

function dateOf(ms: number): BusinessDate {
  return new Date(ms).toISOString().slice(0, 10) as BusinessDate;
}
