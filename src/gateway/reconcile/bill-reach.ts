import { sql } from "kysely";
import { instantOfLocal, plusDays } from "../../domain/local-time.ts";
import type { Database } from "../store/database.ts";

/** A day's trade bill as it counts: whether it says that nothing happened, and up to when it knows. */
export type BillReach = {
  readonly account: string;
  readonly day: string;
  readonly state: "current" | "empty";
  /** What moved later cannot stand in it: an instant of its day where it came before that day was over. */
  readonly until: number;
};

/** An instant after all others. */
export const forever = Number.MAX_SAFE_INTEGER;

/**
 * How far the trade bills of accounts reach. One that was asked for while its day still went on knows what had happened by then, one
 * handed in so early what its last row tells.
 */
export async function billReaches(
  step: Database,
  of: { readonly accounts: readonly string[]; readonly stores: readonly string[]; readonly days: Days },
  zone: string,
): Promise<readonly BillReach[]> {
  const { from, to } = of.days;
  const { rows } = await sql<Omit<BillReach, "until"> & { origin: string; at: number; confirmed_at: number | null }>`
    select account, day, state, origin, at, confirmed_at from bill
    where store = any(${of.stores}) and account = any(${of.accounts}) and kind = 'trade' and state in ('current', 'empty')
      and day >= ${from} and day <= ${to}
  `.execute(step);
  const reaches: BillReach[] = [];
  for (const { account, day, state, origin, ...bill } of rows) {
    const isAsked = origin === "fetched" || (bill.confirmed_at ?? 0) > bill.at;
    const until = isWholeDay({ day, ...bill }, zone)
      ? forever
      : isAsked
        ? knownUntil(bill)
        : await lastRowOf(step, of.stores, account, day);
    reaches.push({ account, day, state, until });
  }
  return reaches;
}

type Dated = { readonly day: string; readonly at: number; readonly confirmed_at: number | null };

/** Whether a bill came, or came again unchanged, after its day was over. */
export function isWholeDay(bill: Dated, zone: string): boolean {
  return knownUntil(bill) >= instantOfLocal(plusDays(bill.day, 1), 0, zone);
}

function knownUntil({ at, confirmed_at: confirmedAt }: Omit<Dated, "day">): number {
  return Math.max(at, confirmedAt ?? at);
}

/** The days between which bills are looked at, both of them too. */
export type Days = { readonly from: string; readonly to: string };
export const allDays: Days = { from: "", to: "9999" };

/** Whether any bill of the day came before it was over: what the next one has anew is then not all that may have changed. */
export async function cameEarly(
  step: Database,
  { account, homeStore }: { readonly account: string; readonly homeStore: string },
  day: string,
  zone: string,
): Promise<boolean> {
  const row = await step
    .selectFrom("bill")
    .select("id")
    .where("store", "=", homeStore)
    .where("account", "=", account)
    .where("kind", "=", "trade")
    .where("day", "=", day)
    .where("taken_at", "is not", null)
    .where("at", "<", instantOfLocal(plusDays(day, 1), 0, zone))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function lastRowOf(step: Database, stores: readonly string[], account: string, day: string): Promise<number> {
  const { rows } = await sql<{ at: number | null }>`
    select max(at) as at from bill_row
    where account = ${account} and day = ${day} and gone_with is null and kind = 'trade'
      and store in (select store from store_account where account = ${account} union select unnest(${stores}::text[]))
  `.execute(step);
  return rows[0]?.at ?? 0;
}
