import { sql, type RawBuilder } from "kysely";
import {
  chartPointsMax,
  reportKind,
  reportPageRows,
  reportPrintRows,
  splittingBys,
  type Report,
  type ReportFilter,
  type ReportQuery,
  type ReportRow,
  type ReportSort,
} from "../../contract/reports.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import { figureNames, noFigures, type Dimension, type Figures } from "../../domain/reports/figures.ts";
import { ok, type Result } from "../../domain/result.ts";
import { storesAsked, type OwnStores } from "../office/page.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { namesOf } from "./names.ts";
import { adoptedReturns, shopCoupons } from "./ledger-gap.ts";
import {
  questionOf,
  sourceParts,
  sourceRows,
  type Places,
  type Question,
  type QuestionRefusal,
  type Shape,
  type Source,
} from "./question.ts";

/** A row as PostgreSQL gives it; figures by the names of their columns. */
export type GroupedRow = {
  readonly period: string;
  readonly key: string;
  readonly unit: ReportRow["unit"];
} & { readonly [Column in (typeof columns)[number][1]]: number };

type PartRow = GroupedRow & { readonly part: "row" | "total" | "point"; readonly count: number };

/** Memory for the groups of one report: a hundred thousand products and days fit. */
const groupsMemory = "64MB";

/** Each figure with its column. */
const columns = figureNames.map((name) => [name, name === "itemsBack" ? "items_back" : name] as const);

/** One page of a report, the totals of all its rows, and its course over time; in one statement, so that they agree. */
export async function readReport(
  database: Database,
  query: ReportQuery,
  own: OwnStores = null,
): Promise<Result<Report, QuestionRefusal>> {
  const question = questionOf(query, query);
  if (!question.ok) return question;
  const places = await placesOf(database, query, own);
  const { currency, currencies } = places;
  const limit = Math.min(Number(query.rows ?? reportPageRows), reportPrintRows);
  const offset = Number(query.page ?? 0) * limit;
  const rows = await spaciously<PartRow>(
    database,
    sql`with grouped as materialized (${grouped(question.value, query, query, places)}),
      points as materialized (select period, count(*) as rows, ${sumsOf()} from grouped group by period)
    select 'total' as part, '' as period, '' as key, '' as unit, coalesce(sum(rows), 0)::int as count, ${totalsOf()} from points
    union all
    (select 'row', period, key, unit, 0, ${plainColumns()} from grouped ${namesJoined(query)}
      order by ${orderOf(query)} limit ${limit} offset ${offset})
    union all
    (select 'point', period, '', '', 0, ${plainColumns()} from points
      where ${query.grain !== "none"} order by period limit ${chartPointsMax})`,
  );
  const total = rows.find(({ part }) => part === "total");
  const page = rows.filter(({ part }) => part === "row");
  const names = await namesOf(
    database,
    query.by,
    page.map(({ key }) => key),
  );
  const totals = total === undefined ? noFigures : figuresOf(total);
  return ok({
    currency,
    currencies: [...currencies],
    rows: page.map((row) => rowOf(row, query, names.get(row.key) ?? null)),
    count: total?.count ?? 0,
    shopCoupons: await shopCoupons(database, query, places),
    adoptedReturns: await adoptedReturns(database, query, places),
    totals: splittingBys.includes(query.by) ? { ...totals, sales: null, returns: null, thousandths: null } : totals,
    chart: rows
      .filter(({ part }) => part === "point")
      .map(({ period, total: amount, sales }) => ({ period: periodShown(query, period) ?? "", total: amount, sales })),
  });
}

/** The rows of `query`, whose groups need not go to disk. */
async function spaciously<Row>(database: Database, query: RawBuilder<unknown>): Promise<readonly Row[]> {
  return inTransaction(database, async (step) => {
    await sql`set local work_mem = ${sql.lit(groupsMemory)}`.execute(step);
    return (await sql<Row>`${query}`.execute(step)).rows;
  });
}

/** The stores asked about, and the one currency that is added up. */
export async function placesOf(database: Database, filter: ReportFilter, own: OwnStores = null) {
  const asked = await storesAsked(database, filter.store, own);
  const rows = await database
    .selectFrom("store")
    .select(["id", "currency"])
    .where("id", "in", asked)
    .orderBy("id")
    .execute();
  const currencies = [...new Set(rows.map((row) => row.currency as CurrencyCode))];
  const currency = filter.currency ?? currencies[0] ?? "CNY";
  return { stores: asked, currency, currencies, goods: await goodsOf(database, filter) };
}

/** The products of the category that narrows products, or, for the empty one, those that are in none of it; null where none narrows. */
async function goodsOf(database: Database, { category }: ReportFilter): Promise<Places["goods"]> {
  if (category === undefined) return null;
  const areOut = category === "";
  const rows = await database
    .selectFrom("product")
    .select("id")
    .where(sql<boolean>`coalesce(body->>'category', '') ${areOut ? sql`<> ''` : sql`= ${category}`}`)
    .execute();
  return { products: rows.map(({ id }) => id), areOut };
}

/** All rows of a report, unordered. */
export function grouped(
  { dimension, sources }: Question,
  shape: Shape,
  filter: ReportFilter,
  places: Places,
): RawBuilder<unknown> {
  const { by, grain } = shape;
  // one product is a few rows, found by an index of its own
  if (by === "product" && filter.product === undefined && (grain === "day" || grain === "week" || grain === "month"))
    return sql.join(
      sources.map((source) => groupedApart(source, grain, dimension, filter, places)),
      sql` union all `,
    );
  const period = periodOf(shape);
  const key = by === "none" ? sql`''` : sql.ref(keyColumns[by] ?? "key");
  const all = sql.join(
    sources.map((source) => sourceRows(source, dimension, places, filter)),
    sql` union all `,
  );
  return sql`select ${period} as period, ${key} as key, ${by === "product" ? sql`min(unit)` : sql`''`} as unit,
    ${sumsOf()} from (${all}) as kept ${grain === "week" ? weeksOf(filter) : sql``} group by 1, 2`;
}

/**
 * Products of a source, period after period: in one go they are so many groups that each kept row waits for memory, in one period
 * few enough for the processor's cache. No period is in two sources.
 */
function groupedApart(
  source: Source,
  grain: "day" | "week" | "month",
  dimension: Dimension,
  filter: ReportFilter,
  places: Places,
): RawBuilder<unknown> {
  const parts = sourceParts(source, grain);
  const rows = sourceRows(source, dimension, places, filter, sql`period between part.since and part.until`);
  return sql`select part.period, goods.* from unnest(${parts.map(({ name }) => name)}::text[],
      ${parts.map(({ from }) => from)}::text[], ${parts.map(({ to }) => to)}::text[]) as part (period, since, until)
    cross join lateral (select key, min(unit) as unit, ${sumsOf()} from (${rows}) as kept group by key) as goods`;
}

/** Each day of the range with its ISO week: worked out once a day, not once a row. */
function weeksOf({ from, to }: ReportFilter): RawBuilder<unknown> {
  return sql`join (select to_char(day, 'YYYY-MM-DD') as day, to_char(day, 'IYYY-"W"IW') as week
    from generate_series(${from}::timestamp, ${to}::timestamp, '1 day') as day) as weeks on weeks.day = kept.period`;
}

const keyColumns: Partial<Record<Shape["by"], string>> = { store: "store", till: "till", cashier: "staff" };

function periodOf({ grain }: Shape): RawBuilder<unknown> {
  if (grain === "none") return sql`''`;
  if (grain === "hour") return sql`lpad(hour::text, 2, '0')`;
  if (grain === "week") return sql`week`;
  return grain === "month" ? sql`left(period, 7)` : sql`period`;
}

function sumsOf(): RawBuilder<unknown> {
  // float8 is exact up to 2^53, and its sums need no memory of their own
  return sql.join(columns.map(([, column]) => sql`sum(${sql.ref(column)}::float8) as ${sql.ref(column)}`));
}

/** Sums of what are sums already; zero where there is no row. */
function totalsOf(): RawBuilder<unknown> {
  return sql.join(columns.map(([, column]) => sql`coalesce(sum(${sql.ref(column)}), 0) as ${sql.ref(column)}`));
}

function plainColumns(): RawBuilder<unknown> {
  return sql.join(columns.map(([, column]) => sql.ref(column)));
}

/** The order of rows: as asked, then time and key, so that pages never share a row. */
export function orderOf(query: Omit<ReportQuery, "page" | "rows">): RawBuilder<unknown> {
  const { by, grain, sort, order } = query;
  const largest: ReportSort = reportKind(by, query) === "discount" ? "discounts" : "total";
  const plain: ReportSort = grain === "none" ? largest : "period";
  const asked = sort ?? plain;
  const direction = sql.raw(
    (order ?? (asked === "period" || asked === "name" ? "up" : "down")) === "up" ? "asc" : "desc",
  );
  return sql`${sortColumn(asked, by)} ${direction}, period, key`;
}

/** Where rows get the names by which they are put in order. */
const named: Partial<Record<Shape["by"], RawBuilder<unknown>>> = {
  product: sql`select id, body->'names'->>'zh-CN' as name from product`,
  cashier: sql`select id, name from staff`,
  till: sql`select id, label as name from till`,
  store: sql`select id, name from store`,
  category: sql`select id, place as name from category`,
};

/** Joined to `grouped` when it is sorted by name: places in order, because text compares slowly and a name stands in many rows. */
export function namesJoined({ by, sort }: Pick<ReportQuery, "by" | "sort">): RawBuilder<unknown> {
  const names = named[by];
  return sort !== "name" || names === undefined
    ? sql``
    : sql`left join (select id, rank() over (order by name) as place from (${names}) as known) as called
        on called.id = grouped.key`;
}

function sortColumn(sort: ReportSort, by: Shape["by"]): RawBuilder<unknown> {
  if (sort === "net") return sql`total - tax`;
  if (sort === "itemsBack") return sql`items_back`;
  if (sort !== "name") return sql.ref(sort);
  if (named[by] !== undefined) return sql`called.place`;
  return by === "tax" ? sql`nullif(key, '')::int` : sql`key`;
}

export function rowOf(row: GroupedRow, shape: Shape, name: ReportRow["name"]): ReportRow {
  return {
    period: periodShown(shape, row.period),
    key: shape.by === "none" ? null : row.key,
    name,
    unit: row.unit,
    figures: figuresOf(row),
  };
}

function periodShown({ grain }: Shape, period: string): string | null {
  if (grain === "none") return null;
  return grain === "hour" ? String(Number(period)) : period;
}

function figuresOf(row: GroupedRow): Figures {
  return Object.fromEntries(columns.map(([name, column]) => [name, row[column]])) as Figures;
}
