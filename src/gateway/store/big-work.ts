import { sql } from "kysely";
import type { Database } from "./database.ts";

/** For joins of a whole day's rows: they fit into memory, instead of being sorted on disk. Until the SQL transaction ends. */
const bigWorkMemory = "64MB";

/** Gives the SQL transaction more memory for sorts and hashes than a request gets. */
export async function bigWork(step: Database): Promise<void> {
  await sql`set local work_mem = ${sql.lit(bigWorkMemory)}`.execute(step);
}
