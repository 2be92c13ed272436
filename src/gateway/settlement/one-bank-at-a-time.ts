import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Until the SQL transaction ends, nobody else matches this bank: two at once would post an arrival twice. */
export async function oneBankAtATime(
  step: Database,
  bank: { readonly store: string; readonly id: string },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bank/${bank.store}/${bank.id}`}, 0))`.execute(step);
}
