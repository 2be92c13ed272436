import { sql } from "kysely";
import type { Database } from "../store/database.ts";

const nameOf = (account: string): string => `account/${account}`;

/** Until the SQL transaction ends, the account's keys do not change; any number of payments hold it at once. */
export async function holdAccount(step: Database, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${nameOf(account)}, 0))`.execute(step);
}

/** Waits for the payments that are just being written with these accounts, and lets no other begin until the SQL transaction ends. */
export async function lockAccounts(step: Database, accounts: readonly string[]): Promise<void> {
  for (const account of accounts.toSorted())
    await sql`select pg_advisory_xact_lock(hashtextextended(${nameOf(account)}, 0))`.execute(step);
}
