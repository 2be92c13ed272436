import { sql } from "kysely";
import type { BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";

/**
 * The stores whose payments go through an account or ever went, its home among them and `store`: one that takes another account now
 * still has what it took by this one.
 */
export async function storesOf(
  step: Database,
  { account, store }: Pick<BillStoredRow, "account" | "store">,
): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly store: string }>`
    select store from store_account where account = ${account}
    union
    select home_store from provider_account where id = ${account}
    union
    select s.id from store s where exists (select 1 from movement m where m.store = s.id and m.account = ${account})
    order by store
  `.execute(step);
  return [...new Set([store, ...rows.map((row) => row.store)])];
}
