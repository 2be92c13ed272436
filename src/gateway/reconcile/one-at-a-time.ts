import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Until the SQL transaction ends, nobody else judges this account: two who did at once would open the same difference twice. */
export async function oneAtATime(step: Database, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reconcile/${account}`}, 0))`.execute(step);
}
