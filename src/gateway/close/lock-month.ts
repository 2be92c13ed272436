import { sql } from "kysely";
import type { StoreMonth, StoreMonths } from "../../contract/store-close.ts";
import type { Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
import { daysOfMonth } from "../../domain/reports/periods.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { namesOf } from "../office/person.ts";
import type { Database } from "../store/database.ts";

/** Why a month is not locked: it is not over, nothing was ever posted up to it, or a day up to its end with postings is not closed. */
export type LockRefusal = "monthNotOver" | "beforeFirst" | "dayOpen";

type OfMonth = {
  readonly store: string;
  readonly month: string;
  /** The store's business day that runs now. */
  readonly today: string;
};
export type MonthLocking = OfMonth & { readonly by: string; readonly secondPerson: string | null };

/** Months in one answer: ten years. */
const monthsMax = 120;

/**
 * Locks a month that is over, with every one before it that is not locked: what would still be posted to one of those would change what
 * this one began with. All their days with postings are closed; what comes later posts to the month after. Which ones were locked now.
 */
export async function lockMonth(
  step: Database,
  { store, month, today, by, secondPerson }: MonthLocking,
  at: Instant,
): Promise<Result<readonly string[], LockRefusal>> {
  const why = await whyNotLocked(step, { store, month, today });
  if (why !== null) return refuse(why);
  const months = await unlockedUpTo(step, store, month);
  if (months.length === 0) return ok([]);
  const locked = await step
    .insertInto("locked_month")
    .values(months.map((each) => ({ store, month: each, locked_by: by, second_person: secondPerson, at })))
    .onConflict((conflict) => conflict.doNothing())
    .returning("month")
    .execute();
  return ok(locked.map((row) => row.month).toSorted());
}

/** Why a month cannot be locked as things stand; null where it can. */
export async function whyNotLocked(step: Database, { store, month, today }: OfMonth): Promise<LockRefusal | null> {
  if (month >= today.slice(0, 7)) return "monthNotOver";
  const first = await firstMonth(step, store);
  if (first === null || month < first) return "beforeFirst";
  const [unlocked] = await unlockedUpTo(step, store, month);
  if (unlocked === undefined) return null;
  const { rows } = await sql`
    select 1 from ledger_transfer t
    where t.store = ${store} and t.posting_date >= ${`${unlocked}-01`} and t.posting_date <= ${daysOfMonth(month).to}
      and not exists (select 1 from store_day d where d.store = t.store and d.day = t.posting_date and d.state = 'closed')
      and not exists (select 1 from locked_month l where l.store = t.store and l.month = left(t.posting_date, 7))
    limit 1
  `.execute(step);
  return rows.length > 0 ? "dayOpen" : null;
}

/** The months up to `month` that are not locked, from the first posting on, in order: those that are locked with it, and it. */
export async function unlockedUpTo(step: Database, store: string, month: string): Promise<readonly string[]> {
  const known = await lockedMonths(step, store);
  return monthsUpTo(month, (await firstMonth(step, store)) ?? month).filter((each) => !known.has(each));
}

/** Every month of a store that is over, from its first posting on, the newest first. */
export async function storeMonths(
  step: Database,
  { store, today }: { readonly store: string; readonly today: string },
): Promise<StoreMonths> {
  const first = await firstMonth(step, store);
  if (first === null) return { months: [] };
  const open = await openMonths(step, store);
  const earliestOpen = [...open].toSorted()[0] ?? null;
  const locked = await lockedMonths(step, store);
  const names = await namesOf(step);
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  const stateOf = (month: string): StoreMonth["state"] => {
    if (locked.has(month)) return "locked";
    if (open.has(month)) return "open";
    return earliestOpen !== null && earliestOpen < month ? "after" : "ready";
  };
  const months = monthsUpTo(monthBefore(today), first).toReversed().slice(0, monthsMax);
  return {
    months: months.map((month) => {
      const row = locked.get(month);
      return {
        month,
        state: stateOf(month),
        lockedBy: nameOf(row?.locked_by ?? null),
        secondPerson: nameOf(row?.second_person ?? null),
        lockedAt: (row?.at ?? null) as Instant | null,
      };
    }),
  };
}

/** The months from `first` to `last`, in order. */
function monthsUpTo(last: string, first: string): readonly string[] {
  const months: string[] = [];
  for (let month = last; month >= first; month = monthBefore(month)) months.push(month);
  return months.toReversed();
}

async function lockedMonths(step: Database, store: string) {
  const rows = await step.selectFrom("locked_month").selectAll().where("store", "=", store).execute();
  return new Map(rows.map((row) => [row.month, row]));
}

/** The month before the one that a day or month is in. */
function monthBefore(of: string): string {
  return plusDays(`${of.slice(0, 7)}-01`, -1).slice(0, 7);
}

async function firstMonth(step: Database, store: string): Promise<string | null> {
  const { rows } = await sql<{ readonly month: string | null }>`
    select substr(min(posting_date), 1, 7) as month from ledger_transfer where store = ${store} and posting_date <> ''
  `.execute(step);
  return rows[0]?.month ?? null;
}

/** Months with a day on which something was posted and whose voucher is not frozen: days close in order, so after the last closed one. */
async function openMonths(step: Database, store: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ readonly month: string }>`
    select distinct substr(posting_date, 1, 7) as month from ledger_transfer
    where store = ${store} and posting_date > (
      select coalesce(max(day), '') from store_day where store = ${store} and state = 'closed')
  `.execute(step);
  return new Set(rows.map(({ month }) => month));
}
