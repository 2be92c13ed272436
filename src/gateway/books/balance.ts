import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** An account's balance in one store's books, all days: debits less credits, in minor units. */
export async function balanceIn(database: Database, store: string, account: string): Promise<number> {
  const { rows } = await sql<{ balance: number }>`
    select coalesce(sum(case when debit = ${account} then amount else -amount end), 0)::bigint as balance
    from ledger_transfer where store = ${store} and (debit = ${account} or credit = ${account})`.execute(database);
  return rows[0]?.balance ?? 0;
}
