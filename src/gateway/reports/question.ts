import { sql, type RawBuilder } from "kysely";
import {
  productDaysMax,
  productWeeksDaysMax,
  reportDaysMax,
  type ReportBy,
  type ReportFilter,
  type ReportGrain,
} from "../../contract/reports.ts";
import { isDate } from "../../domain/local-time.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { dimensions, type Dimension } from "../../domain/reports/figures.ts";
import { daysIn, daysOfMonth, monthOf, partsOf, spansOf, weekOf, type Range } from "../../domain/reports/periods.ts";
import type { BusinessDate } from "../../domain/till-session.ts";

/** What makes the rows of a report. */
export type Shape = { readonly by: ReportBy; readonly grain: ReportGrain };

/** Part of the kept rows that a report adds up: one slice, over these periods. */
export type Source = {
  readonly slice: string;
  readonly from: string;
  readonly to: string;
  /** Read only while there are, or are no, sales of the month of this day after it. */
  readonly later?: { readonly than: BusinessDate; readonly are: boolean };
};

export type Question = {
  readonly dimension: Dimension;
  readonly sources: readonly Source[];
};

/** Why a report cannot be made; told in English for the log. */
export type QuestionRefusal = "range" | "tooLong" | "twoKinds";

const keyFilters = ["product", "category", "tender", "tax", "discount"] as const;

/** How many days products may be told by week, and by day or hour. */
export type ProductLimits = { readonly weeks: number; readonly days: number };
const pageLimits: ProductLimits = { weeks: productWeeksDaysMax, days: productDaysMax };

/** Which kept rows answer a report: as few as hold all that it asks. */
export function questionOf(
  shape: Shape,
  filter: ReportFilter,
  limits: ProductLimits = pageLimits,
): Result<Question, QuestionRefusal> {
  const days = daysIn(filter.from, filter.to);
  if (days < 1) return refuse("range");
  const asked = dimensionOf(shape.by, filter);
  if (asked === null) return refuse("twoKinds");
  if (days > Math.min(reportDaysMax, productLimit(shape, filter, asked, limits))) return refuse("tooLong");
  return ok({ dimension: asked, sources: sourcesOf(asked, shape, filter) });
}

/** How many days may be told of products: they are many in each hour or day. */
function productLimit({ grain }: Shape, filter: ReportFilter, dimension: Dimension, limits: ProductLimits): number {
  if (dimension !== "product" || filter.product !== undefined) return reportDaysMax;
  if (grain === "hour" || grain === "day" || filter.hour !== undefined) return limits.days;
  return grain === "week" ? limits.weeks : reportDaysMax;
}

/** The dimension that holds both what the rows are and what they are narrowed to; null when none does. */
function dimensionOf(by: ReportBy, filter: ReportFilter): Dimension | null {
  const wanted = new Set<Dimension>(keyFilters.filter((each) => filter[each] !== undefined));
  const own = dimensions.find((each) => each === by);
  if (own !== undefined) wanted.add(own);
  // a category narrows products by what the catalogue says today
  if (wanted.has("product") && by !== "category") wanted.delete("category");
  const [first = "all", second] = [...wanted];
  return second === undefined ? first : null;
}

function sourcesOf(dimension: Dimension, { by, grain }: Shape, filter: ReportFilter): readonly Source[] {
  const range: Range = { from: filter.from, to: filter.to };
  const ofHours = grain === "hour" || filter.hour !== undefined;
  const source = (level: string, { from, to }: { readonly from: string; readonly to: string }): Source => ({
    slice: `${dimension}/${level}`,
    from,
    to,
  });
  const isOfTill = by === "till" || filter.till !== undefined;
  const isOfCashier = by === "cashier" || filter.cashier !== undefined;
  // one product is found by the index of its days, all of them in the rows of every till
  const isFolded = dimension === "product" && !isOfTill && !isOfCashier && filter.product === undefined;
  const daily = ofHours ? "h" : isFolded ? "e" : "d";
  const isByDate = grain === "day" || grain === "week";
  if (isByDate || (ofHours && dimension === "product")) return [source(daily, range)];
  const { months, days } = spansOf(range);
  const monthly = dimension === "product" && !isOfTill && !isOfCashier ? "a" : "m";
  return [
    ...(months === null ? [] : [source(monthly, months)]),
    ...days.flatMap((each) => {
      if (each.from !== daysOfMonth(monthOf(each.to)).from) return [source(daily, each)];
      // a month up to today is the whole of it as long as nothing came later
      const month = monthOf(each.to);
      return [
        { ...source(daily, each), later: { than: each.to, are: true } },
        { ...source(monthly, { from: month, to: month }), later: { than: each.to, are: false } },
      ];
    }),
  ];
}

/** What one period of a report counts of a source: rows kept for `from` to `to`. */
export type SourcePart = { readonly name: string; readonly from: string; readonly to: string };

/** A source by the days, weeks or months that a report tells. */
export function sourceParts({ from, to }: Source, grain: "day" | "week" | "month"): readonly SourcePart[] {
  if (!isDate(from)) {
    const months = { from: daysOfMonth(from).from, to: daysOfMonth(to).to };
    return partsOf(months, monthOf).map(({ name }) => ({ name, from: name, to: name }));
  }
  const nameOf = { day: (day: BusinessDate) => day, week: weekOf, month: monthOf }[grain];
  return partsOf({ from: from as BusinessDate, to: to as BusinessDate }, nameOf);
}

/** What rows are read for: the stores and the currency asked about, and the products of a category where that narrows them. */
export type Places = {
  readonly stores: readonly string[];
  readonly currency: string;
  readonly goods: { readonly products: readonly string[]; readonly areOut: boolean } | null;
};

/** The rows of `source` that the filter counts, of the periods that `within` says. */
export function sourceRows(
  source: Source,
  dimension: Dimension,
  { stores, currency, goods }: Places,
  filter: ReportFilter,
  within: RawBuilder<unknown> = sql`period between ${source.from} and ${source.to}`,
): RawBuilder<unknown> {
  const { till, cashier, hour } = filter;
  const keyed = keyFilters.find((each) => each === dimension);
  const wantedKey = keyed === undefined ? undefined : filter[keyed];
  const conditions = [
    sql`store in (${sql.join(stores)})`,
    // written out, so that an index of this slice alone is found
    sql`slice = ${sql.lit(source.slice)}`,
    within,
    sql`currency = ${currency}`,
    ...(till === undefined ? [] : [sql`till = ${till}`]),
    ...(cashier === undefined ? [] : [sql`staff = ${cashier}`]),
    ...(hour === undefined ? [] : [sql`hour = ${Number(hour)}`]),
    ...(wantedKey === undefined ? [] : [sql`key = ${wantedKey}`]),
    // a list of values, which PostgreSQL hashes: a subquery would be asked for each row
    ...(dimension === "product" && goods !== null ? [goodsIn(goods)] : []),
    ...(source.later === undefined ? [] : [laterIs(source.later, stores)]),
  ];
  return sql`select * from report_rollup where ${sql.join(conditions, sql` and `)}`;
}

/** Asked once a statement, of what is there while it runs: never both of a pair of sources, nor neither. */
function laterIs({ than, are }: NonNullable<Source["later"]>, stores: readonly string[]): RawBuilder<unknown> {
  const later = sql`exists (select from report_rollup where store in (${sql.join(stores)}) and slice = 'all/d'
    and period > ${than} and period <= ${daysOfMonth(monthOf(than)).to})`;
  return are ? later : sql`not ${later}`;
}

function goodsIn({ products, areOut }: NonNullable<Places["goods"]>): RawBuilder<unknown> {
  return areOut ? sql`key <> all(${products}::text[])` : sql`key = any(${products}::text[])`;
}
