import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { MappedAccount } from "../../domain/accounting/account-map.ts";
import type { Dimension } from "../../domain/accounting/account-map.ts";
import type { Instant } from "../../domain/clock.ts";
import { json, type Database } from "../store/database.ts";
import { storesAsked, type OwnStores } from "../office/page.ts";

/** The map as it stands. */
export async function accountMapOf(database: Database): Promise<readonly MappedAccount[]> {
  const rows = await database.selectFrom("account_map").selectAll().orderBy("pattern").execute();
  return rows.map((row) => ({
    pattern: row.pattern,
    code: row.code,
    name: row.name,
    asks: row.asks as readonly Dimension[],
    department: row.department,
    customer: row.customer,
    cashFlow: row.cash_flow,
  }));
}

/** What the map is, in a few letters: another map has others. */
export function mapVersion(map: readonly MappedAccount[]): string {
  return createHash("sha256").update(JSON.stringify(map)).digest("hex").slice(0, 16);
}

/** Until the SQL transaction ends nobody else changes the map. */
export async function lockAccountMap(step: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('account map', 0))`.execute(step);
}

/** Maps these accounts; the others stay as they are. */
export async function mapAccounts(
  step: Database,
  accounts: readonly MappedAccount[],
  by: string,
  at: Instant,
): Promise<void> {
  for (const { cashFlow, asks, ...account } of accounts) {
    const set = { ...account, cash_flow: cashFlow, asks: json(asks), set_by: by, set_at: at };
    await step
      .insertInto("account_map")
      .values(set)
      .onConflict((conflict) => conflict.column("pattern").doUpdateSet(set))
      .execute();
  }
}

/** Takes entries away: their accounts go by their kind again. */
export async function unmapAccounts(step: Database, patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  await step.deleteFrom("account_map").where("pattern", "in", patterns).execute();
}

/** Every account that our books have ever used. */
export async function usedAccounts(database: Database, own: OwnStores = null): Promise<readonly string[]> {
  const stores = await storesAsked(database, undefined, own);
  const transfers = database.selectFrom("ledger_transfer").where("store", "in", stores);
  const rows = await transfers.select("debit as account").union(transfers.select("credit as account")).execute();
  return rows.map(({ account }) => account).toSorted();
}
