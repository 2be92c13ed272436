import type { BesideBills } from "../../../contract/beside-bills.ts";
import type { ItemName } from "../../../contract/reconciliation.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import { cashAccount } from "../../../contract/item-classes.ts";
import type { Database } from "../../store/database.ts";
import { namesOf } from "../person.ts";
import { nameOf } from "../cash/names.ts";
import { lineShown, linesThatBrought, statedThrough } from "./beside-lines.ts";

/** How a safe was counted: what the books had in it, and by whom. */
export async function safeBeside(database: Database, { store, number }: ItemName): Promise<BesideBills | null> {
  const row = await database
    .selectFrom("safe_count")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", number)
    .executeTakeFirst();
  if (row === undefined) return null;
  const names = await namesOf(database);
  return {
    kind: "safe",
    at: row.at as Instant,
    expected: money(row.expected, row.currency as CurrencyCode),
    counted: money(row.counted, row.currency as CurrencyCode),
    countedBy: nameOf(names, row.counted_by) ?? "",
    secondPerson: nameOf(names, row.second_person),
  };
}

/** What left the safe under which slip, and the bank's line that brought it. */
export async function depositBeside(database: Database, { store, number }: ItemName): Promise<BesideBills | null> {
  const row = await database
    .selectFrom("deposit")
    .leftJoin("bank_account", (join) =>
      join.onRef("bank_account.store", "=", "deposit.bank_store").onRef("bank_account.id", "=", "deposit.bank"),
    )
    .selectAll("deposit")
    .select("bank_account.name")
    .where("deposit.store", "=", store)
    .where("deposit.id", "=", number)
    .executeTakeFirst();
  if (row === undefined) return null;
  const names = await namesOf(database);
  const currency = row.currency as CurrencyCode;
  const lines = await linesThatBrought(database, cashAccount, number);
  return {
    kind: "deposit",
    slip: row.slip,
    bankName: row.name ?? row.bank,
    day: row.day,
    amount: money(row.amount, currency),
    takenBy: nameOf(names, row.taken_by) ?? "",
    madeBy: nameOf(names, row.made_by) ?? "",
    secondPerson: nameOf(names, row.second_person),
    lines: lines.map((line) => lineShown(line, currency)),
    through: await statedThrough(database, row.bank_store),
  };
}
