import { instant, type Instant } from "../../../domain/clock.ts";
import type { SettlementBooks } from "./books.ts";
import { dayAfter, dayOf, momentOf } from "./days.ts";

/** A day's bill is made at 9:00 in Beijing of the next day. */
const readyMinute = 9 * 60;
/** What a file says of the time it was made at: the same however often it is asked for. */
const writtenMinute = readyMinute + 12;

/** `future` is a day that has not begun, `early` one whose bill is not made yet. */
export function billState(day: string, now: Instant, settlement: SettlementBooks): "ready" | "early" | "future" {
  if (day > dayOf(now)) return "future";
  if (settlement.ready() === "atOnce") return "ready";
  return now < madeAt(day) ? "early" : "ready";
}

/** How things stood when the day's bill was made: a refund that ended later is still under way in it. */
export function snapshotAt(day: string, now: Instant): Instant {
  return instant(Math.min(now, madeAt(day)));
}

/** The time of making that the file names. */
export function writtenAt(day: string): Instant {
  return momentOf(dayAfter(day), writtenMinute);
}

function madeAt(day: string): Instant {
  return momentOf(dayAfter(day), readyMinute);
}
