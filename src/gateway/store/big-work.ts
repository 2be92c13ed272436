import { sql } from "kysely";
import type { Database } from "./database.ts";

/** For joins of a whole day's rows: they fit into memory, instead of being sorted on disk. Until the SQL transaction ends. */
const bigWorkMemory = "64MB";
/** What a statement over a whole day of a large chain may take, where a request's is cut off. */
const bigWorkTimeoutMs = 900_000;

/** Gives the SQL transaction more memory for sorts and hashes, and more time, than a request gets. */
export async function bigWork(step: Database): Promise<void> {
  await sql`set local work_mem = ${sql.lit(bigWorkMemory)}`.execute(step);
  await sql`set local statement_timeout = ${sql.lit(bigWorkTimeoutMs)}`.execute(step);
}
