import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Nobody else counts this store's safe or takes out of it until the SQL transaction is over. */
export async function oneSafeAtATime(step: Database, store: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`safe/${store}`}, 0))`.execute(step);
}
