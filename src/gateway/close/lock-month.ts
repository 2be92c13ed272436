import { sql } from "kysely";
import type { StoreMonth, StoreMonths } from "../../contract/store-close.ts";
import type { Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { namesOf } from "../office/person.ts";
import type { Database } from "../store/database.ts";

/** Why a month is not locked: it is not over, nothing was ever posted up to it, or a day of it with postings is not closed. */
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

/** Locks a month that is over and whose days with postings are all closed: what comes later posts to the month after. */
export async function lockMonth(
  step: Database,
  { store, month, today, by, secondPerson }: MonthLocking,
  at: Instant,
): Promise<Result<null, LockRefusal>> {
  const why = await whyNotLocked(step, { store, month, today });
  if (why !== null) return refuse(why);
  await step
    .insertInto("locked_month")
    .values({ store, month, locked_by: by, second_person: secondPerson, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return ok(null);
}

/** Why a month cannot be locked as things stand; null where it can. */
export async function whyNotLocked(step: Database, { store, month, today }: OfMonth): Promise<LockRefusal | null> {
  if (month >= today.slice(0, 7)) return "monthNotOver";
  const first = await firstMonth(step, store);
  if (first === null || month < first) return "beforeFirst";
  const { rows } = await sql`
    select 1 from ledger_transfer t
    where t.store = ${store} and t.posting_date like ${`${month}-%`}
      and not exists (select 1 from store_day d where d.store = t.store and d.day = t.posting_date and d.state = 'closed')
    limit 1
  `.execute(step);
  return rows.length > 0 ? "dayOpen" : null;
}

/** Every month of a store that is over, from its first posting on, the newest first. */
export async function storeMonths(
  step: Database,
  { store, today }: { readonly store: string; readonly today: string },
): Promise<StoreMonths> {
  const first = await firstMonth(step, store);
  if (first === null) return { months: [] };
  const open = await openMonths(step, store);
  const locked = await step.selectFrom("locked_month").selectAll().where("store", "=", store).execute();
  const names = await namesOf(step);
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  const months: StoreMonth[] = [];
  for (let month = monthBefore(today); month >= first; month = monthBefore(month)) {
    if (months.length >= monthsMax) break;
    const row = locked.find((each) => each.month === month);
    months.push({
      month,
      state: row === undefined ? (open.has(month) ? "open" : "ready") : "locked",
      lockedBy: nameOf(row?.locked_by ?? null),
      secondPerson: nameOf(row?.second_person ?? null),
      lockedAt: (row?.at ?? null) as Instant | null,
    });
  }
  return { months };
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
