import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/**
 * Up to which day the lines are here of the bank that brought each account's last payout; before there was one, of every bank, since any
 * may bring it.
 */
export async function throughDays(
  step: Database,
  paying: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const { rows: banks } = await sql<{ store: string; bank: string; day: string }>`
    select b.store, b.id as bank, l.day from bank_account b
    join lateral (select max(day) as day from bank_line where store = b.store and bank = b.id) l on l.day is not null
  `.execute(step);
  const earliest = banks.map(({ day }) => day).toSorted()[0];
  const days = new Map<string, string>();
  for (const { id } of paying) {
    const last = await step
      .selectFrom("bank_match")
      .select(["store", "bank"])
      .where("store", "in", [...new Set(banks.map(({ store }) => store)), ""])
      .where("account", "=", id)
      .orderBy("at", "desc")
      .limit(1)
      .executeTakeFirst();
    const own = banks.find(({ store, bank }) => store === last?.store && bank === last.bank);
    const day = own?.day ?? earliest;
    if (day !== undefined) days.set(id, day);
  }
  return days;
}
