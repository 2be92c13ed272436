import { invariant } from "./assert.ts";
import type { Instant } from "./clock.ts";

/** What a zone's wall clock shows: the calendar day YYYY-MM-DD, and the minute of it, 0 to 1439. */
export type LocalTime = { readonly date: string; readonly minute: number };

const dayMs = 86_400_000;
const minuteMs = 60_000;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of `zone` (IANA) at `at`. */
export function localTime(at: Instant, zone: string): LocalTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const get = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? "";
  return {
    date: `${get("year")}-${get("month")}-${get("day")}`,
    minute: Number(get("hour")) * 60 + Number(get("minute")),
  };
}

/** The wall clock of `zone` at `at` with how far it is from UTC, to the second: 2026-11-30T21:40:02+08:00 (RFC 3339). */
export function zonedText(at: Instant, zone: string): string {
  const offset = offsetAt(at, zone);
  const minutes = Math.abs(offset) / minuteMs;
  const two = (count: number): string => String(count).padStart(2, "0");
  const local = new Date(at + offset).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * When the wall clock of `zone` shows `minute` (0 to 1439) of `date`. Where it shows it twice the first time, where never (a
 * clock set forward) the instant at which it would have.
 */
export function instantOfLocal(date: string, minute: number, zone: string): Instant {
  invariant(isDate(date), "a day is YYYY-MM-DD");
  const wanted = Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;
  // the zone's offset at the guess; once more with it, because the guess may lie on the other side of a change
  const first = wanted - offsetAt(wanted, zone);
  return (wanted - offsetAt(first, zone)) as Instant;
}

/** The calendar day `days` after `date`; before it when below zero. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** True for a day that the calendar has, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!datePattern.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function offsetAt(at: number, zone: string): number {
  const { date, minute } = localTime(at as Instant, zone);
  return Date.parse(`${date}T00:00:00Z`) + minute * minuteMs - Math.floor(at / minuteMs) * minuteMs;
}

/** A format costs a hundred times what using it does. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(zone, format);
  return format;
}
