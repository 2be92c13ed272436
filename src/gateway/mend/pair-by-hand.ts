import { ok, refuse, type Result } from "../../domain/result.ts";
import { storesOf } from "../bills/account-stores.ts";
import { pairRow } from "../reconcile/pair-tenders.ts";
import type { Database } from "../store/database.ts";
import type { MendRefusal } from "./adopt.ts";
import { sayMended, type MendBy, type MendItem } from "./mend-item.ts";

/** A person says which row of theirs an unproved tender is: same amount, nobody else's. */
export async function pairByHand(
  step: Database,
  item: MendItem,
  number: string,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const { row } = item;
  const tender = await step
    .selectFrom("movement")
    .selectAll()
    .where("store", "=", row.store)
    .where("account", "=", row.account)
    .where("side", "=", "unverified")
    .where("number", "=", row.number)
    .forUpdate()
    .executeTakeFirst();
  const stores = await storesOf(step, row);
  const theirs = await step
    .selectFrom("bill_row")
    .selectAll()
    .where("store", "in", stores)
    .where("account", "=", row.account)
    .where("side", "=", "payment")
    .where("number", "=", number)
    .where("own", "=", false)
    .where("gone_with", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (tender === undefined || theirs === undefined) return refuse("nothingToGoBy");
  if (theirs.amount !== tender.amount) return refuse("badParameters");
  const taken = await step
    .selectFrom("pairing")
    .select("tender")
    .where("store", "in", stores)
    .where("account", "=", row.account)
    .where("row_number", "=", number)
    .where("undone_at", "is", null)
    .executeTakeFirst();
  if (taken !== undefined) return refuse("changed");
  const found = { store: theirs.store, key: theirs.number, day: theirs.day };
  await pairRow(step, { id: row.account, homeStore: theirs.store }, tender, found, by.person, by.at);
  await sayMended(step, item, by);
  return ok(null);
}
