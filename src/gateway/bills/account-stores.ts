import type { BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";

/** The stores whose payments go through an account, its home among them. */
export async function storesOf(
  step: Database,
  { account, store }: Pick<BillStoredRow, "account" | "store">,
): Promise<readonly string[]> {
  const rows = await step
    .selectFrom("store_account")
    .select("store")
    .where("account", "=", account)
    .distinct()
    .execute();
  return [...new Set([store, ...rows.map((row) => row.store)])];
}
