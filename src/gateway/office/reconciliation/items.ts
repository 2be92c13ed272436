import { sql } from "kysely";
import { mendedAtOnceMax } from "../../../contract/mending.ts";
import { officePageMax } from "../../../contract/office.ts";
import { breakClasses, waitingReasons } from "../../../contract/item-classes.ts";
import {
  type ItemFilter,
  type ItemResult,
  type ReconciliationItem,
  type ReconciliationItems,
  type ReconciliationNames,
} from "../../../contract/reconciliation.ts";
import type { Instant } from "../../../domain/clock.ts";
import type { StoreId } from "../../../domain/identifier.ts";
import { money, type CurrencyCode, type Money } from "../../../domain/money.ts";
import type { Accounts } from "../../payments/accounts.ts";
import { cashAccount } from "../../../contract/item-classes.ts";
import { billReaches } from "../../reconcile/bill-reach.ts";
import { smallDifference } from "../../books/small-difference.ts";
import type { Database } from "../../store/database.ts";
import { asLines, dayItems, differences, wanted, type ItemRow, type ItemScope } from "./item-sql.ts";
import { accountsAsked, dayInstants, scopeStores, type OfficeAccount } from "./scope.ts";
import type { OwnStores } from "../page.ts";

type Totals = {
  readonly count: number;
  readonly ours: number;
  readonly theirs: number;
  readonly fee: number;
  readonly breaks: number;
  readonly broken: number;
  readonly waits: number;
  readonly waiting: number;
  readonly currency: CurrencyCode;
};

/** Items of the filter, newest first, 100 of them; totals over all of the filter. */
export async function reconciliationItems(
  database: Database,
  accounts: Accounts,
  filter: ItemFilter,
  own: OwnStores = null,
): Promise<ReconciliationItems> {
  const known = await accountsAsked(database, accounts, filter.account);
  const scope = await scopeOf(database, known, filter, own);
  const found = foundBy(scope, filter);
  const lines =
    filter.cause === undefined ? asLines(found) : sql`select f.*, 1 as alike, abs(amount) as broken from (${found}) f`;
  const { rows } = await sql<ItemRow>`
    select * from (${lines}) f where ${after(filter.before)}
    order by at desc, store desc, account desc, side desc, number desc, class desc limit ${officePageMax + 1}
  `.execute(database);
  const { rows: sums } = await sql<Totals>`
    select count(*)::integer as count, coalesce(sum(ours), 0)::bigint as ours, coalesce(sum(theirs), 0)::bigint as theirs,
      coalesce(sum(fee), 0)::bigint as fee, (count(*) filter (where state = 'break'))::integer as breaks,
      coalesce(sum(broken) filter (where state = 'break'), 0)::bigint as broken,
      (count(*) filter (where state = 'waiting'))::integer as waits,
      coalesce(sum(abs(coalesce(nullif(amount, 0), ours))) filter (where state = 'waiting'), 0)::bigint as waiting,
      coalesce(max(currency) filter (where currency <> ''), 'CNY') as currency
    from (${lines}) f
  `.execute(database);
  const totals = sums[0];
  const currency = totals?.currency ?? "CNY";
  const of = (amount: number | undefined): Money => money(amount ?? 0, currency);
  const page = rows.slice(0, officePageMax);
  return {
    items: page.map(itemOf),
    next: rows.length > page.length ? cursorOf(page.at(-1)) : null,
    count: totals?.count ?? 0,
    ours: of(totals?.ours),
    theirs: of(totals?.theirs),
    fee: of(totals?.fee),
    breaks: { count: totals?.breaks ?? 0, amount: of(totals?.broken) },
    waiting: { count: totals?.waits ?? 0, amount: of(totals?.waiting) },
  };
}

/** The breaks of the filter by name, for mending them together. */
export async function reconciliationNames(
  database: Database,
  accounts: Accounts,
  filter: ItemFilter,
  own: OwnStores = null,
): Promise<ReconciliationNames> {
  const known = await accountsAsked(database, accounts, filter.account);
  const scope = await scopeOf(database, known, { ...filter, result: "break" }, own);
  const found = foundBy(scope, { ...filter, result: "break" });
  const { rows } = await sql<ItemRow>`
    select * from (${found}) f order by store, account, side, number, class limit ${mendedAtOnceMax + 1}
  `.execute(database);
  const { rows: sums } = await sql<{
    readonly count: number;
    readonly amount: number;
    readonly currency: CurrencyCode;
  }>`
    select count(*)::integer as count, coalesce(sum(abs(amount)), 0)::bigint as amount,
      coalesce(max(currency) filter (where currency <> ''), 'CNY') as currency
    from (${found}) f
  `.execute(database);
  const [sum] = sums;
  return {
    names: rows.slice(0, mendedAtOnceMax).map((row) => ({ store: row.store, id: itemOf(row).id })),
    count: sum?.count ?? 0,
    amount: money(sum?.amount ?? 0, sum?.currency ?? "CNY"),
  };
}

function foundBy(scope: ItemScope, filter: ItemFilter) {
  const { result } = filter;
  const states =
    result === "mended" ? ["mended", "gone"] : result === "break" || result === "waiting" ? [result] : null;
  // waiting for a whole bill has no difference of its own: it is seen in the day alone
  const ofDay = filter.day !== undefined && result !== "mended" && result !== "break";
  const items = states === null || ofDay ? dayItems(scope) : differences(scope, states);
  return sql`select * from (${items}) q where ${wanted(filter)}`;
}

async function scopeOf(
  database: Database,
  known: readonly OfficeAccount[],
  filter: ItemFilter,
  own: OwnStores,
): Promise<ItemScope> {
  const stores = await scopeStores(database, filter.store, own);
  // drawers have no provider: they are shown where no account is asked for
  const accounts = [...known.map(({ id }) => id), ...(filter.account === undefined ? [cashAccount] : [])];
  const zone = known[0]?.bills.zone ?? "UTC";
  if (filter.day === undefined) return { stores, accounts, day: null, from: 0, to: 0, reaches: [] };
  const { from, to } = dayInstants(filter.day, zone);
  const days = { from: filter.day, to: filter.day };
  const of = { accounts: known.map(({ id }) => id), stores: known.map(({ homeStore }) => homeStore), days };
  return { stores, accounts, day: filter.day, from, to, reaches: await billReaches(database, of, zone) };
}

const separator = "|";

function cursorOf(row: ItemRow | undefined): string | null {
  return row === undefined
    ? null
    : [row.at ?? 0, row.store, row.account, row.side, row.number, row.class ?? ""].join(separator);
}

/** Items after the last one of the page before; a cursor that is not ours begins anew. */
function after(cursor: string | undefined) {
  const [at, store, account, side, number, type] = cursor?.split(separator) ?? [];
  if (at === undefined || store === undefined || account === undefined || side === undefined || number === undefined)
    return sql<boolean>`true`;
  return sql<boolean>`(coalesce(at, 0), store, account, side, number, coalesce(class, '')) <
    (${Number(at) || 0}::bigint, ${store}, ${account}, ${side}, ${number}, ${type ?? ""})`;
}

/** The item as it travels. */
export function itemOf(row: ItemRow): ReconciliationItem {
  const currency = (row.currency === "" ? "CNY" : row.currency) as CurrencyCode;
  const of = (amount: number | null): Money | null => (amount === null ? null : money(amount, currency));
  return {
    id: [row.account, row.side, row.number, ...(row.class === null ? [] : [row.class])].join("/"),
    store: row.store as StoreId,
    account: row.account,
    channel: row.channel,
    side: row.side as ReconciliationItem["side"],
    number: row.number,
    at: row.at as Instant | null,
    day: row.day,
    tillLabel: row.label,
    staffName: row.staff_name ?? null,
    receipt: row.receipt,
    ours: of(row.ours),
    theirs: of(row.theirs),
    fee: of(row.fee),
    result: resultOf(row, money(row.amount, currency)),
    alike: row.alike === undefined || row.alike === 1 ? null : { cause: row.cause ?? "", count: row.alike },
  };
}

function resultOf(row: ItemRow, amount: Money): ItemResult {
  const { state } = row;
  if (state === null) return { kind: "matched" };
  if (state === "waiting") return waitingOf(row, amount);
  if (state === "break")
    return {
      kind: "break",
      class: row.class as Extract<ItemResult, { kind: "break" }>["class"],
      amount,
      since: (row.opened_at ?? 0) as Instant,
    };
  if (state === "other") return { kind: "other" };
  const at = row.closed_at as Instant | null;
  if (state !== "mended") return { kind: "gone", class: row.class ?? "", at };
  return { kind: "mended", class: row.class ?? "", at, ...(row.closed_by === smallDifference ? { bySelf: true } : {}) };
}

/** Waiting for a fact, under its reason; or a break, under its class, that a person lets wait. */
function waitingOf(row: ItemRow, amount: Money): ItemResult {
  const until = row.until as Instant | null;
  const type = breakClasses.find((each) => each === row.class);
  if (type !== undefined) return { kind: "waiting", reason: "letWait", until, letWait: { class: type, amount } };
  const reason = waitingReasons.find((each) => each === row.class) ?? "billNotHere";
  return { kind: "waiting", reason, until, letWait: null };
}
