import { sql, type RawBuilder } from "kysely";
import { officePageMax } from "../../contract/office.ts";
import type { ReportSales, ReportSalesQuery } from "../../contract/reports.ts";
import { plusDays } from "../../domain/local-time.ts";
import type { Range } from "../../domain/reports/periods.ts";
import type { BusinessDate } from "../../domain/till-session.ts";
import { completedSales, saleRowOf } from "../office/sales.ts";
import type { Database } from "../store/database.ts";
import type { Places } from "./question.ts";
import type { OwnStores } from "../office/page.ts";
import { placesOf } from "./report.ts";

const cursorPattern = /^(\d{4}-\d{2}-\d{2})\.(\d{1,16})\.([0-9A-Z]{26})$/;
type Cursor = { readonly date: BusinessDate; readonly at: number; readonly id: string };

/** The sales that `query` counts, newest first: 100 of them. */
export async function readReportSales(
  database: Database,
  query: ReportSalesQuery,
  own: OwnStores = null,
): Promise<ReportSales> {
  const places = await placesOf(database, query, own);
  const { stores } = places;
  const cursor = cursorOf(query.before);
  const to = cursor === null || cursor.date > query.to ? query.to : cursor.date;
  const found: FoundId[] = [];
  for await (const days of windows(database, query, stores, to)) {
    const limit = officePageMax + 1 - found.length;
    found.push(...(await idsWithin(database, query, stores, days, conditionsOf(query, days, places, cursor), limit)));
    if (found.length > officePageMax) break;
  }
  const page = found.slice(0, officePageMax);
  const last = page.at(-1);
  const isMore = found.length > page.length && last !== undefined;
  return {
    sales: await salesOf(database, stores, page),
    next: isMore ? `${last.date}.${last.at}.${last.id}` : null,
  };
}

type FoundId = { readonly store: string; readonly id: string; readonly date: string; readonly at: number };

/** The rows of `page`, in its order. */
async function salesOf(
  database: Database,
  stores: readonly string[],
  page: readonly FoundId[],
): Promise<ReportSales["sales"]> {
  if (page.length === 0) return [];
  const ids = page.map(({ id }) => id);
  const rows = await completedSales(database, stores).where("sale.id", "in", ids).execute();
  const byId = new Map(rows.map((row) => [`${row.store} ${row.id}`, row]));
  return page.flatMap(({ store, id }) => {
    const row = byId.get(`${store} ${id}`);
    return row === undefined ? [] : [saleRowOf(row)];
  });
}

/** The newest of each store by its own index, then of all: no list of every sale is ever put in order. */
async function idsWithin(
  database: Database,
  query: ReportSalesQuery,
  stores: readonly string[],
  { from, to }: Range,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<readonly FoundId[]> {
  const dimension = keyedBy(query);
  const order = sql`order by business_date desc, at desc, id desc limit ${limit}`;
  // the kept rows of an hour say in which till's hours such a sale is: only those are read
  const hours =
    dimension === null
      ? sql``
      : sql`join (select distinct period, hour, till from report_rollup where store = asked.store
          and slice = ${sql.lit(`${dimension}/h`)} and key = ${query[dimension]} and period between ${from} and ${to}) as kept
          on kept.period = sale.business_date and kept.till = sale.till and kept.hour = sale.hour`;
  const { rows } = await sql<FoundId>`
    select store, id, business_date as date, at from unnest(${stores}::text[]) as asked (store)
    cross join lateral (select sale.id, sale.business_date, sale.at from sale ${hours}
      where sale.store = asked.store and sale.state = 'completed' and ${sql.join(conditions, sql` and `)} ${order}) as newest
    ${order}`.execute(database);
  return rows;
}

function conditionsOf(
  query: ReportSalesQuery,
  { from, to }: Range,
  { currency, goods }: Places,
  cursor: Cursor | null,
): readonly RawBuilder<unknown>[] {
  const { till, cashier, hour, number, least, most } = query;
  return [
    sql`sale.business_date between ${from} and ${to}`,
    sql`sale.currency = ${currency}`,
    ...(cursor === null
      ? []
      : [sql`(sale.business_date, sale.at, sale.id) < (${cursor.date}, ${cursor.at}::bigint, ${cursor.id})`]),
    ...(till === undefined ? [] : [sql`sale.till = ${till}`]),
    ...(cashier === undefined ? [] : [sql`coalesce(sale.staff, '') = ${cashier}`]),
    ...(hour === undefined ? [] : [sql`sale.hour = ${Number(hour)}`]),
    ...(number === undefined || number.trim() === ""
      ? []
      : [sql`starts_with(sale.receipt_number, ${number.trim().toUpperCase()})`]),
    ...(least === undefined ? [] : [sql`sale.total >= ${Number(least)}::bigint`]),
    ...(most === undefined ? [] : [sql`sale.total <= ${Number(most)}::bigint`]),
    ...bodyConditions(query, goods),
  ];
}

/** Kept rows looked through for the first window of days, and by how much more for each after it. */
const firstWindowRows = 2 * officePageMax;
const windowGrowth = 4;
const keyed = ["product", "category", "tender", "tax", "discount"] as const;
type Keyed = (typeof keyed)[number];

function keyedBy(query: ReportSalesQuery): Keyed | null {
  return keyed.find((each) => query[each] !== undefined) ?? null;
}

/**
 * The range in parts, newest first. What only a sale's text tells may be rare: the kept rows that have it say how many days hold
 * about a page of such sales, so that not every sale of years is read.
 */
async function* windows(
  database: Database,
  query: ReportSalesQuery,
  stores: readonly string[],
  last: BusinessDate,
): AsyncGenerator<Range> {
  const dimension = keyedBy(query);
  let to = last;
  let rows = firstWindowRows;
  while (to >= query.from) {
    const from = dimension === null ? query.from : await firstDay(database, query, dimension, stores, to, rows);
    yield { from, to };
    to = plusDays(from, -1) as BusinessDate;
    rows *= windowGrowth;
  }
}

/** The first of the newest business dates that have `rows` kept rows of what is asked; the range's own when fewer do. */
async function firstDay(
  database: Database,
  query: ReportSalesQuery,
  dimension: Keyed,
  stores: readonly string[],
  to: BusinessDate,
  rows: number,
): Promise<BusinessDate> {
  const { from, till, cashier } = query;
  const conditions = [
    sql`store in (${sql.join(stores)})`,
    sql`slice = ${sql.lit(`${dimension}/d`)}`,
    sql`key = ${query[dimension]}`,
    sql`period between ${from} and ${to}`,
    ...(till === undefined ? [] : [sql`till = ${till}`]),
    ...(cashier === undefined ? [] : [sql`staff = ${cashier}`]),
  ];
  const found = await sql<{ period: BusinessDate }>`select period from report_rollup
    where ${sql.join(conditions, sql` and `)} order by period desc limit 1 offset ${rows - 1}`.execute(database);
  return found.rows[0]?.period ?? from;
}

/** What only the sale's own text says. */
function bodyConditions(query: ReportSalesQuery, goods: Places["goods"]): RawBuilder<unknown>[] {
  const { product, tender, tax, discount } = query;
  return [
    ...(product === undefined ? [] : [sql`sale.body->'sale'->'lines' @> ${JSON.stringify([{ product }])}::jsonb`]),
    ...(tax === undefined
      ? []
      : [sql`sale.body->'sale'->'lines' @> ${JSON.stringify([{ taxRate: Number(tax) }])}::jsonb`]),
    ...(goods === null ? [] : [ofGoods(goods)]),
    ...(tender === undefined ? [] : [paidBy(tender)]),
    ...(discount === undefined ? [] : [givenBy(discount)]),
  ];
}

/** A line of a product that is in the category today; the empty one is of what the catalogue does not know. */
function ofGoods({ products, areOut }: NonNullable<Places["goods"]>): RawBuilder<unknown> {
  const lines = sql`jsonb_array_elements(sale.body->'sale'->'lines') as line`;
  const isOne = areOut ? sql`<> all(${products}::text[])` : sql`= any(${products}::text[])`;
  return sql`exists (select 1 from ${lines} where line->>'product' ${isOne})`;
}

function paidBy(tender: string): RawBuilder<unknown> {
  if (tender === "cash") return sql`sale.body->'tenders' @> '[{"kind":"cash"}]'::jsonb`;
  const [first, second] = tender.split("/");
  if (second !== undefined)
    return sql`sale.body->'tenders' @> ${JSON.stringify([{ kind: "unverified", channel: second }])}::jsonb`;
  return sql`(sale.body->'tenders' @> ${JSON.stringify([{ kind: "payment", channel: first }])}::jsonb
    or sale.body->'tenders' @> ${JSON.stringify([{ kind: "refund", channel: first }])}::jsonb)`;
}

function givenBy(discount: string): RawBuilder<unknown> {
  const [kind, reason = ""] = discount.split("/");
  const lines = sql`jsonb_array_elements(sale.body->'sale'->'lines') as line`;
  switch (kind) {
    case "rounding":
      return sql`coalesce((sale.body->'sale'->'rounding'->>'amount')::bigint, 0) <> 0`;
    case "sale":
      return sql`(sale.body->'sale'->'discount'->>'kind' = ${reason}
        and sale.body->'sale'->'lines' @> '[{"reductions":[{"scope":"sale"}]}]'::jsonb)`;
    case "line":
      return sql`exists (select 1 from ${lines} where line->'discount'->>'kind' = ${reason}
        and line->'reductions' @> '[{"scope":"line"}]'::jsonb)`;
    case "price":
      return sql`exists (select 1 from ${lines} where line->'override'->>'reason' = ${reason})`;
    default:
      return sql`exists (select 1 from ${lines} where jsonb_typeof(line->'returnOf') is distinct from 'object'
        and jsonb_typeof(line->'override') is distinct from 'object'
        and (line->'listPrice'->>'amount')::bigint > (line->'unitPrice'->>'amount')::bigint)`;
  }
}

function cursorOf(text: string | undefined): Cursor | null {
  const [, date, at, id] = cursorPattern.exec(text ?? "") ?? [];
  return date === undefined || at === undefined || id === undefined
    ? null
    : { date: date as BusinessDate, at: Number(at), id };
}
