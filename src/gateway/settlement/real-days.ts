import { sql, type RawBuilder } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { localTime, plusDays } from "../../domain/local-time.ts";

/** The last day that a bank's line may bear at `at`: tomorrow, for banks that date what comes after their hours ahead. */
export function latestDay(at: Instant, zone: string): string {
  return plusDays(localTime(at, zone).date, 1);
}

/** The months' days one by one: a cast of a day that the calendar does not have would throw. */
const calendarDay =
  "^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))" +
  "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$";

/**
 * Whether a stored line's day is one of the calendar's and not of the future: files were once taken without a look at it.
 *
 * @param at null where nobody says what time it is: then any day of the calendar's will do
 */
export function isRealDay(column: RawBuilder<unknown>, at: Instant | null): RawBuilder<boolean> {
  // no zone is further ahead
  const latest = at === null ? "9999" : latestDay(at, "Pacific/Kiritimati");
  return sql<boolean>`(${column} ~ ${calendarDay} and ${column} <= ${latest})`;
}
