import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { Database } from "./database.ts";

/**
 * Counts one more try of `subject` and answers how many there were within the window that began with the first of them.
 * Counted before the try is judged, so that tries made at once are all counted.
 */
export async function countTry(database: Database, subject: string, at: Instant, windowMs: number): Promise<number> {
  const isOver = sql<boolean>`limited_try.since <= ${at - windowMs}::bigint`;
  const row = await database
    .insertInto("limited_try")
    .values({ subject, count: 1, since: at })
    .onConflict((conflict) =>
      conflict.column("subject").doUpdateSet({
        count: sql<number>`case when ${isOver} then 1 else limited_try.count + 1 end`,
        since: sql<number>`case when ${isOver} then ${at}::bigint else limited_try.since end`,
      }),
    )
    .returning("count")
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Forgets the tries of `subject`: the last one was right. */
export async function forgetTries(database: Database, subject: string): Promise<void> {
  await database.deleteFrom("limited_try").where("subject", "=", subject).execute();
}
