import { sql, type RawBuilder } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { localTime, plusDays } from "../../domain/local-time.ts";

/** The last day that a bank's line may bear at `at`: tomorrow, for banks that date what comes after their hours ahead. */
export function latestDay(at: Instant, zone: string): string {
  return plusDays(localTime(at, zone).date, 1);
}

/**
 * Whether a stored line's day is one of the calendar's and not of the future: files were once taken without a look at it.
 *
 * @param at null where nobody says what time it is: then any day of the calendar's will do
 */
export function isRealDay(column: RawBuilder<unknown>, at: Instant | null): RawBuilder<boolean> {
  // no zone is further ahead
  const latest = at === null ? "9999" : latestDay(at, "Pacific/Kiritimati");
  return sql<boolean>`(${column} ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' and ${column} <= ${latest})`;
}
