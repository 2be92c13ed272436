import type { Report, ReportBy, ReportFilter, ReportQuery, ReportSort } from "../../../src/contract/reports.ts";
import { reportKind, splittingBys } from "../../../src/contract/reports.ts";
import {
  addFigures,
  dimensions,
  noFigures,
  type Counted,
  type Dimension,
  type Figures,
} from "../../../src/domain/reports/figures.ts";
import { monthOf, weekOf } from "../../../src/domain/reports/periods.ts";
import type { Place } from "../../../src/gateway/reports/keep.ts";

/** One thing that was counted, and where. */
export type Atom = { readonly place: Place; readonly counted: Counted };
/** What a report looks up: a product's category of today, and by what rows sort by name; null for what is not known. */
export type Catalogue = {
  categoryOf(product: string): string;
  nameOf(by: ReportBy, key: string): string | number | null;
};

type Row = { period: string; key: string; unit: Report["rows"][number]["unit"]; figures: Figures };
export type Recounted = Pick<Report, "count" | "totals" | "chart"> & { readonly rows: readonly Row[] };

const keyFilters = ["product", "category", "tender", "tax", "discount"] as const;

/** What a report of `atoms` says, worked out from each of them, one by one. */
export function recount(atoms: readonly Atom[], query: ReportQuery, catalogue: Catalogue): Recounted {
  const groups = new Map<string, Row>();
  for (const atom of atoms.filter((each) => counts(each, query, catalogue))) {
    const { counted } = atom;
    const period = periodOf(atom, query);
    const key = keyOf(atom, query.by);
    const known = groups.get(`${period}\n${key}`);
    const unit = query.by === "product" ? (counted.unit as Row["unit"]) : "";
    groups.set(`${period}\n${key}`, {
      period,
      key,
      unit: known === undefined || unit < known.unit ? unit : known.unit,
      figures: addFigures(known?.figures ?? noFigures, counted.figures),
    });
  }
  const rows = [...groups.values()].toSorted(orderOf(query, catalogue));
  const all = rows.reduce((sum, { figures }) => addFigures(sum, figures), noFigures);
  const size = Number(query.rows ?? 100);
  const first = Number(query.page ?? 0) * size;
  return {
    rows: rows.slice(first, first + size),
    count: rows.length,
    totals: splittingBys.includes(query.by) ? { ...all, sales: null, returns: null, thousandths: null } : all,
    chart: query.grain === "none" ? [] : chartOf(rows),
  };
}

function chartOf(rows: readonly Row[]): Report["chart"] {
  const periods = [...new Set(rows.map(({ period }) => period))].toSorted(byText);
  return periods.map((period) => {
    const of = rows.filter((row) => row.period === period).map(({ figures }) => figures);
    const { total, sales } = of.reduce(addFigures, noFigures);
    return { period, total, sales };
  });
}

function counts({ place, counted }: Atom, { by, ...filter }: ReportQuery, { categoryOf }: Catalogue): boolean {
  const { key } = counted;
  const isOf = (name: keyof ReportFilter, value: string): boolean =>
    filter[name] === undefined || filter[name] === value;
  return (
    counted.dimension === dimensionOf(by, filter) &&
    place.businessDate >= filter.from &&
    place.businessDate <= filter.to &&
    isOf("store", place.store) &&
    isOf("till", place.till) &&
    isOf("cashier", place.staff ?? "") &&
    isOf("hour", String(place.hour)) &&
    keyFilters.every((name) => isOf(name, name === "category" && by === "product" ? categoryOf(key) : key))
  );
}

function dimensionOf(by: ReportBy, filter: ReportFilter): Dimension {
  return dimensions.find((each) => each === by) ?? keyFilters.find((name) => filter[name] !== undefined) ?? "all";
}

/** Hours with two digits, so that their text sorts as they do. */
function periodOf({ place: { businessDate, hour } }: Atom, { grain }: ReportQuery): string {
  const names = { none: "", hour: String(hour).padStart(2, "0"), day: businessDate, month: monthOf(businessDate) };
  return grain === "week" ? weekOf(businessDate) : names[grain];
}

function keyOf({ place, counted }: Atom, by: ReportBy): string {
  if (by === "none") return "";
  if (by === "store" || by === "till") return place[by];
  return by === "cashier" ? (place.staff ?? "") : counted.key;
}

function orderOf(query: ReportQuery, catalogue: Catalogue): (a: Row, b: Row) => number {
  const { by, grain, order } = query;
  const largest: ReportSort = reportKind(by, query) === "discount" ? "discounts" : "total";
  const sort = query.sort ?? (grain === "none" ? largest : "period");
  const isUp = (order ?? (sort === "period" || sort === "name" ? "up" : "down")) === "up";
  const valueOf = ({ period, key, figures }: Row): string | number | null => {
    if (sort === "period") return period;
    if (sort === "name") return catalogue.nameOf(by, key);
    return sort === "net" ? figures.total - figures.tax : figures[sort];
  };
  return (a, b) =>
    (isUp ? 1 : -1) * byValue(valueOf(a), valueOf(b)) || byText(a.period, b.period) || byText(a.key, b.key);
}

/** What is not known comes after all else. */
function byValue(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return typeof a === "number" && typeof b === "number" ? a - b : byText(String(a), String(b));
}

/** By code point, as the database compares. */
function byText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
