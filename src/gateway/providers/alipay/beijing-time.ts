import { instant, type Instant } from "../../../domain/clock.ts";

/** China has one time zone and no summer time. */
const beijingAheadMs = 8 * 3_600_000;
const timePattern = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(\.\d{1,3})?$/;

/** `yyyy-MM-dd HH:mm:ss` in Beijing time, whatever zone the process runs in. */
export function beijingTime(at: Instant): string {
  return new Date(at + beijingAheadMs).toISOString().slice(0, 19).replace("T", " ");
}

/** The instant a Beijing time names, or null when it is none. */
export function instantOfBeijing(text: string | null | undefined): Instant | null {
  const [, day, time, fraction = ""] = timePattern.exec(text ?? "") ?? [];
  if (day === undefined || time === undefined) return null;
  const at = Date.parse(`${day}T${time}${fraction}+08:00`);
  return Number.isNaN(at) ? null : instant(at);
}
