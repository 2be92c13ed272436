import { instant, type Instant } from "../../../domain/clock.ts";

const beijingMs = 8 * 3_600_000;
export const dayMs = 86_400_000;
const dayPattern = /^\d{4}-\d\d-\d\d$/;

/** The day in Beijing, `YYYY-MM-DD`. */
export function dayOf(at: Instant): string {
  return timeOf(at).slice(0, 10);
}

/** `YYYY-MM-DD HH:mm:ss` in Beijing. */
export function timeOf(at: Instant): string {
  return new Date(at + beijingMs).toISOString().slice(0, 19).replace("T", " ");
}

/** Digits of the time in Beijing: year to second, 14 of them. */
export function digitsOf(at: Instant): string {
  return timeOf(at).replaceAll(/\D/gu, "");
}

/** `minutes` after midnight of `day` in Beijing; a day further for each 1440. */
export function momentOf(day: string, minutes: number): Instant {
  return instant(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000);
}

/** The day `count` days after `day`. */
export function dayAfter(day: string, count = 1): string {
  return dayOf(momentOf(day, count * 1_440));
}

/** True for a `YYYY-MM-DD` that stands in the calendar. */
export function isDay(value: unknown): value is string {
  return (
    typeof value === "string" &&
    dayPattern.test(value) &&
    !Number.isNaN(Date.parse(`${value}T00:00:00+08:00`)) &&
    dayOf(momentOf(value, 0)) === value
  );
}
