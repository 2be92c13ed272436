import { Readable } from "node:stream";
import type { OfficeBills } from "../../contract/bills.ts";
import type { Instant } from "../../domain/clock.ts";
import { billSource } from "../bills/bill-store.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import type { OwnStores } from "./page.ts";
import { namesOf } from "./person.ts";
import { accountsAsked, accountsWithin } from "./reconciliation/scope.ts";

/** Bills in one answer. */
const billsMax = 200;

/** Bills of days, the newest day and version first; what was replaced and what could not be read among them. */
export async function officeBills(
  database: Database,
  accounts: Accounts,
  filter: { readonly from: string; readonly to: string; readonly account?: string | undefined },
  own: OwnStores = null,
): Promise<OfficeBills> {
  const known = await accountsWithin(database, await accountsAsked(database, accounts, filter.account), own, true);
  if (known.length === 0) return { bills: [] };
  const rows = await database
    .selectFrom("bill")
    .selectAll()
    .where("store", "in", database.selectFrom("provider_account").select("home_store"))
    .where("day", ">=", filter.from)
    .where("day", "<=", filter.to)
    .where(
      "account",
      "in",
      known.map(({ id }) => id),
    )
    .orderBy("day", "desc")
    .orderBy("account")
    .orderBy("kind")
    .orderBy("version", "desc")
    .limit(billsMax)
    .execute();
  const names = await namesOf(database);
  const channels = new Map<string, string>();
  for (const { account } of rows)
    if (!channels.has(account)) channels.set(account, (await accounts.byId(database, account)).provider.channel);
  return {
    bills: rows.map((row) => ({
      id: row.id,
      account: row.account,
      channel: channels.get(row.account) ?? "",
      kind: row.kind,
      day: row.day,
      version: row.version,
      state: row.state,
      origin: row.origin,
      name: row.name,
      size: row.size,
      rows: row.row_count,
      trouble: row.trouble,
      at: row.at as Instant,
      by: row.handed_by === null ? null : (names.get(row.handed_by) ?? row.handed_by),
    })),
  };
}

/** A stored bill by its id; null when there is none. */
export async function billById(database: Database, id: string): Promise<BillStoredRow | null> {
  const row = await database
    .selectFrom("bill")
    .selectAll()
    .where("store", "in", database.selectFrom("provider_account").select("home_store"))
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Its bytes as they came. */
export function billBytes(database: Database, bill: BillStoredRow): Readable {
  return Readable.from(billSource(database, bill).read(0, bill.size));
}
