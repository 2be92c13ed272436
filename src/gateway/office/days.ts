import { sql } from "kysely";
import type { LeftOpen, OfficeShift, StoreDay, StoreDays } from "../../contract/store-close.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { instantOfLocal, plusDays } from "../../domain/local-time.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { accounts } from "../books/ledger.ts";
import { leftOpenOf } from "../close/left-open.ts";
import type { Database } from "../store/database.ts";
import { namesOf } from "./person.ts";

/** Days in one answer. */
const daysMax = 31;

/** More than a transaction can have been under way. */
const lookedBackDays = 40;

/** What days that were closed before it was counted apart do not say. */
const notCounted = { letWait: 0 };

/** A store's business days, the newest first: what was posted, what is open, how its shifts were counted, who closed it. */
export async function storeDays(
  database: Database,
  { store, from, to }: { readonly store: StoreId; readonly from: string; readonly to: string },
): Promise<StoreDays> {
  const { zone, cut } = await database
    .selectFrom("store")
    .select(["zone", "cut_minute as cut"])
    .where("id", "=", store)
    .executeTakeFirstOrThrow();
  const posted = await postedOn(database, store, from, to);
  const closed = await database
    .selectFrom("store_day")
    .selectAll()
    .where("store", "=", store)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .execute();
  const vouchers = await database
    .selectFrom("voucher")
    .select(["day", "number"])
    .where("store", "=", store)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .execute();
  const locked = await database.selectFrom("locked_month").select("month").where("store", "=", store).execute();
  const shifts = await shiftsOf(database, store, from, to);
  const names = await namesOf(database);
  const days: StoreDay[] = [];
  for (let day = to; day >= from && days.length < daysMax; day = plusDays(day, -1)) {
    const row = closed.find((each) => each.day === day);
    const sums = posted.find((each) => each.day === day);
    const own = shifts.filter((each) => each.businessDate === day);
    if (row === undefined && sums === undefined && own.length === 0) continue;
    days.push({
      store,
      day,
      state: row?.state ?? "open",
      debits: money(sums?.debits ?? 0, (sums?.currency ?? "CNY") as CurrencyCode),
      opening: money(sums?.opening ?? 0, (sums?.currency ?? "CNY") as CurrencyCode),
      transfers: sums?.transfers ?? 0,
      voucher: vouchers.find((each) => each.day === day)?.number ?? null,
      closedBy: nameOf(names, row?.closed_by ?? null),
      secondPerson: nameOf(names, row?.second_person ?? null),
      closedAt: (row?.closed_at ?? null) as Instant | null,
      reason: row?.reason ?? "",
      leftOpen:
        row === undefined ? await leftOpenOf(database, store, day) : { ...notCounted, ...(row.left_open as LeftOpen) },
      shifts: own,
      // what stands in an open day must be closed all the same
      isMonthLocked: (row !== undefined || sums === undefined) && locked.some(({ month }) => day.startsWith(month)),
      closesFrom: instantOfLocal(plusDays(day, 1), cut, zone),
    });
  }
  return { days, firstOpen: await firstOpenOf(database, store) };
}

/**
 * The earliest day with postings that is not closed. What comes late is posted behind the last closed day (`books/post.ts`), but for what was
 * under way while that one was closed: some days before it are looked at too.
 */
async function firstOpenOf(database: Database, store: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    with recursive closed as (
      select coalesce(to_char(max(day)::date - ${lookedBackDays}::integer, 'YYYY-MM-DD'), '0') as last from store_day where store = ${store}
    ), posted as (
      select (select min(posting_date) from ledger_transfer where store = ${store} and posting_date > c.last) as day from closed c
      union all
      select (select min(posting_date) from ledger_transfer where store = ${store} and posting_date > p.day) from posted p
      where exists (select 1 from store_day d where d.store = ${store} and d.day = p.day)
    )
    select day from posted p where not exists (select 1 from store_day d where d.store = ${store} and d.day = p.day)
  `.execute(database);
  return rows[0]?.day ?? null;
}

/** A transfer that says what was there before the books began. */
const isOpening = sql`${accounts.openingBalance} in (debit, credit)`;

async function postedOn(database: Database, store: string, from: string, to: string) {
  return database
    .selectFrom("ledger_transfer")
    .select([
      "posting_date as day",
      sql<number>`coalesce(sum(amount) filter (where not ${isOpening}), 0)::bigint`.as("debits"),
      sql<number>`coalesce(sum(amount) filter (where ${isOpening}), 0)::bigint`.as("opening"),
      sql<number>`count(*)::integer`.as("transfers"),
      sql<string>`max(currency)`.as("currency"),
    ])
    .where("store", "=", store)
    .where("posting_date", ">=", from)
    .where("posting_date", "<=", to)
    .groupBy("posting_date")
    .execute();
}

async function shiftsOf(database: Database, store: string, from: string, to: string): Promise<OfficeShift[]> {
  const names = await namesOf(database);
  const rows = await database
    .selectFrom("shift")
    .leftJoin("till", "till.id", "shift.till")
    .selectAll("shift")
    .select("till.label")
    .where("shift.store", "=", store)
    .where("shift.business_date", ">=", from)
    .where("shift.business_date", "<=", to)
    .orderBy("shift.opened_at")
    .execute();
  return rows.map((row) => {
    const of = (amount: number | null) => (amount === null ? null : money(amount, row.currency as CurrencyCode));
    return {
      session: row.session,
      till: row.till,
      tillLabel: row.label ?? row.till,
      businessDate: row.business_date,
      openedBy: nameOf(names, row.opened_by),
      openedAt: row.opened_at as Instant,
      closedBy: nameOf(names, row.closed_by),
      closedAt: row.closed_at as Instant | null,
      expected: of(row.expected),
      counted: of(row.counted),
      difference: row.expected === null || row.counted === null ? null : of(row.counted - row.expected),
    };
  });
}

function nameOf(names: ReadonlyMap<string, string>, person: string | null): string | null {
  return person === null ? null : (names.get(person) ?? person);
}
