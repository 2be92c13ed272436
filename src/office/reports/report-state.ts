import { createMemo, createSignal } from "solid-js";
import {
  productDaysMax,
  productWeeksDaysMax,
  reportDaysMax,
  type ReportBy,
  type ReportGrain,
  type ReportRow,
  type ReportSort,
  type SavedReport,
} from "../../contract/reports.ts";
import {
  daysIn,
  daysOfMonth,
  daysOfWeek,
  presets,
  rangeOf,
  type Preset,
  type Range,
} from "../../domain/reports/periods.ts";
import type { BusinessDate } from "../../domain/till-session.ts";
import type { Asked } from "./report-client.ts";

export type FilterName = keyof SavedReport["filter"];
export type Filter = { readonly [Name in FilterName]?: string | undefined };
export type AskedRange = SavedReport["range"];

/** Filters that split a receipt, and rows that do: one kind of them at a time, but that a category narrows products. */
const splitting: readonly FilterName[] = ["product", "category", "tender", "tax", "discount"];

/** Why a report is not asked for. */
export type Misfit = "tooLong" | "wrongRange";

export type ReportState = ReturnType<typeof createReportState>;

/** What one looks at: rows, time, range, filters, order, page. Today moves on with the stores' business date. */
export function createReportState(today: () => string) {
  const [by, setBy] = createSignal<ReportBy>("none");
  const [grain, setGrain] = createSignal<ReportGrain>("hour");
  const [asked, setAsked] = createSignal<AskedRange>("today");
  const [filter, setFilter] = createSignal<Filter>({});
  const [sorted, setSort] = createSignal<Sorted | null>(null);
  const [page, setPage] = createSignal(0);
  const range = createMemo((): Range => rangeIn(asked(), today()));
  const anew = (): void => void setPage(0);
  const narrow = (next: Filter): void => {
    setFilter(next);
    anew();
  };
  const asking = { by, grain, asked, range, filter, sorted, page };

  return {
    ...asking,
    ...derivedFrom(asking),
    setPage,
    setBy(next: ReportBy) {
      setBy(next);
      setSort(null);
      narrow(keptWith(next, filter()));
    },
    setGrain(next: ReportGrain) {
      setGrain(next);
      setSort(null);
      anew();
    },
    setRange(next: AskedRange) {
      setAsked(next);
      anew();
    },
    setFilter: (name: FilterName, value: string | undefined) => narrow(keptWith(by(), { ...filter(), [name]: value })),
    sortBy(column: ReportSort) {
      const before = sorted();
      const isText = column === "period" || column === "name";
      const first = isText ? "up" : "down";
      const other = isText ? "down" : "up";
      setSort({ by: column, order: before?.by === column && before.order === first ? other : first });
      anew();
    },
    takeUp(view: SavedReport) {
      setBy(view.by);
      setGrain(view.grain);
      setAsked(view.range);
      setSort(view.sort === undefined ? null : { by: view.sort, order: view.order ?? "down" });
      narrow(keptWith(view.by, view.filter));
    },
  };
}

type Sorted = { readonly by: ReportSort; readonly order: "up" | "down" };
type Asking = {
  readonly by: () => ReportBy;
  readonly grain: () => ReportGrain;
  readonly asked: () => AskedRange;
  readonly range: () => Range;
  readonly filter: () => Filter;
  /** By which column, and which way; null as it comes. */
  readonly sorted: () => Sorted | null;
  readonly page: () => number;
};

/** What follows from what one looks at: whether it can be asked, how it is asked, and what of it can be kept. */
function derivedFrom({ by, grain, asked, range, filter, sorted, page }: Asking) {
  return {
    misfit: createMemo((): Misfit | null => misfitOf(by(), grain(), range(), filter())),
    /** As the gateway is asked, in one text each. */
    query: createMemo(
      (): Asked => ({
        ...range(),
        ...given(filter()),
        by: by(),
        grain: grain(),
        ...orderAsked(sorted()),
        page: String(page()),
      }),
      {},
      { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
    ),
    /** What can be saved under a name, and taken up again. */
    saved: (): SavedReport => ({
      by: by(),
      grain: grain(),
      range: asked(),
      filter: given(filter()),
      ...(sorted() === null ? {} : { sort: sorted()?.by, order: sorted()?.order }),
    }),
  };
}

/** Whether `name` can narrow rows of `by` beside what is narrowed already. */
export function fits(by: ReportBy, filter: Filter, name: FilterName): boolean {
  return keptWith(by, { ...filter, [name]: "x" })[name] !== undefined && kindsIn(by, { ...filter, [name]: "x" }) <= 1;
}

/** The filter that asks for what one row counts. */
export function filterOfRow(by: ReportBy, row: Pick<ReportRow, "key" | "period">, filter: Filter): Filter {
  const name: FilterName | null = by === "none" ? null : by;
  const keyed = name === null ? filter : { ...filter, [name]: row.key ?? "" };
  return row.period !== null && /^\d{1,2}$/.test(row.period) ? { ...keyed, hour: row.period } : keyed;
}

/** The days of `range` that a row's period has. */
export function rangeOfRow(range: Range, period: string | null): Range {
  if (period === null || /^\d{1,2}$/.test(period)) return range;
  const own = period.includes("W")
    ? daysOfWeek(period)
    : period.length === 7
      ? daysOfMonth(period)
      : { from: period as BusinessDate, to: period as BusinessDate };
  return { from: own.from < range.from ? range.from : own.from, to: own.to > range.to ? range.to : own.to };
}

/** A filter without what is not set. */
export function given(filter: Filter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function rangeIn(asked: AskedRange, today: string): Range {
  const preset = presets.find((each): each is Preset => each === asked);
  if (preset !== undefined) return rangeOf(preset, today as BusinessDate);
  return typeof asked === "string" ? rangeOf("today", today as BusinessDate) : asked;
}

function orderAsked(sort: Sorted | null): Record<string, string> {
  return sort === null ? {} : { sort: sort.by, order: sort.order };
}

function kindsIn(by: ReportBy, filter: Filter): number {
  const kinds = new Set<string>(splitting.filter((each) => filter[each] !== undefined));
  if (splitting.some((each) => each === by)) kinds.add(by);
  if (kinds.has("product") && by !== "category") kinds.delete("category");
  return kinds.size;
}

/** The filters that can stand beside rows of `by`: others would tell a receipt in two ways at once. */
function keptWith(by: ReportBy, filter: Filter): Filter {
  if (kindsIn(by, filter) <= 1) return filter;
  const dropped = splitting.filter((each) => each !== by && !(by === "product" && each === "category"));
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !dropped.includes(name as FilterName)));
}

function misfitOf(by: ReportBy, grain: ReportGrain, { from, to }: Range, filter: Filter): Misfit | null {
  const days = daysIn(from, to);
  if (days < 1) return "wrongRange";
  return days > daysMax(by, grain, filter) ? "tooLong" : null;
}

/** How many days the report may have: products are many in each hour or day. */
export function daysMax(by: ReportBy, grain: ReportGrain, filter: Filter): number {
  if (by !== "product" || filter.product !== undefined) return reportDaysMax;
  if (grain === "hour" || grain === "day" || filter.hour !== undefined) return productDaysMax;
  return grain === "week" ? productWeeksDaysMax : reportDaysMax;
}
