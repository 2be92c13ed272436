import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
import type { Database } from "../store/database.ts";
import { isRealDay } from "./real-days.ts";

/** A bank whose last line is so many days older than the newest of all is one that nobody hands in any more. */
const staleAfterDays = 45;

/**
 * Up to which day the lines are here of the bank that brought each account's last payout; before there was one, of every bank, since any
 * may bring it. A bank that has become stale beside others says nothing.
 */
export async function throughDays(
  step: Database,
  paying: readonly { readonly id: string }[],
  at: Instant,
): Promise<ReadonlyMap<string, string>> {
  const { rows: all } = await sql<{ store: string; bank: string; day: string }>`
    select b.store, b.id as bank, l.day from bank_account b
    join lateral (
      select max(day) as day from bank_line where store = b.store and bank = b.id and ${isRealDay(sql`day`, at)}
    ) l on l.day is not null
  `.execute(step);
  const newest = all.map(({ day }) => day).reduce((a, b) => (a > b ? a : b), "");
  const banks = all.filter(({ day }) => plusDays(day, staleAfterDays) >= newest);
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
