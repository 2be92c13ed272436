import { sql, type RawBuilder } from "kysely";
import { plusMs } from "../../domain/clock.ts";
import type { EntryEnvelope } from "../../domain/journal.ts";
import type { CompletedSale } from "../../domain/journal.ts";
import { localTime } from "../../domain/local-time.ts";
import { countedOf, type Counted } from "../../domain/reports/figures.ts";
import { monthOf } from "../../domain/reports/periods.ts";
import type { BusinessDate } from "../../domain/till-session.ts";
import type { ReportRollupRow } from "../store/report-tables.ts";
import type { Database } from "../store/database.ts";

/** Where a sale is counted. */
export type Place = {
  readonly store: string;
  readonly till: string;
  readonly staff: string | null;
  readonly businessDate: BusinessDate;
  /** 0 to 23 of the store's clock. */
  readonly hour: number;
};

/** In place of a cashier, and of a till, in rows that hold all of them. */
export const everyStaff = "*";
export const everyTill = "*";
/** In place of an hour in rows that hold all of a day or month. */
export const everyHour = -1;

/** The hour of the store's day at which an entry was made, the till's clock corrected. */
export async function hourOf(
  step: Database,
  { store, at, offsetMs }: Pick<EntryEnvelope, "store" | "at" | "offsetMs">,
): Promise<number> {
  const { zone } = await step.selectFrom("store").select("zone").where("id", "=", store).executeTakeFirstOrThrow();
  return Math.floor(localTime(plusMs(at, offsetMs), zone).minute / 60);
}

/** Adds a completed sale to the figures of the reports; once, in the SQL transaction that completes it. */
export async function keepFigures(
  step: Database,
  place: Place,
  completed: Pick<CompletedSale, "sale" | "tenders">,
): Promise<void> {
  const categories = await categoriesOf(
    step,
    completed.sale.lines.map((line) => line.product),
  );
  const counted = countedOf(completed, (product) => categories.get(product) ?? "");
  await addRows(
    step,
    counted.flatMap((each) => rowsOf(place, completed.sale.total.currency, each)),
  );
}

/** The categories that the catalogue has now, by product. */
export async function categoriesOf(step: Database, products: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (products.length === 0) return new Map();
  const rows = await step
    .selectFrom("product")
    .select(["id", sql<string>`coalesce(body->>'category', '')`.as("category")])
    .where("id", "in", [...new Set(products)])
    .execute();
  return new Map(rows.map(({ id, category }) => [id, category]));
}

/** The rows, one a level, that `counted` adds to. */
export function rowsOf(place: Place, currency: string, { dimension, key, unit, figures }: Counted): ReportRollupRow[] {
  const { store, till, businessDate, hour } = place;
  const staff = place.staff ?? "";
  const month = monthOf(businessDate);
  const { itemsBack, ...plain } = figures;
  const row = (
    level: string,
    period: string,
    of: { readonly hour: number; readonly staff: string },
  ): ReportRollupRow => ({
    store,
    slice: `${dimension}/${level}`,
    period,
    till,
    key,
    currency,
    unit,
    ...of,
    ...plain,
    items_back: itemsBack,
  });
  const daily = [row("h", businessDate, { hour, staff }), row("d", businessDate, { hour: everyHour, staff })];
  if (dimension !== "product") return [...daily, row("m", month, { hour, staff })];
  return [
    ...daily,
    row("m", month, { hour: everyHour, staff }),
    // what most reports of products ask: no cashier, and no till either once the period is over (`fold-work`)
    row("e", businessDate, { hour: everyHour, staff: everyStaff }),
    row("a", month, { hour: everyHour, staff: everyStaff }),
  ];
}

/** The columns of the figures, and those of the key. */
export const figureColumns = [
  "sales",
  "returns",
  "items",
  "items_back",
  "gross",
  "discounts",
  "returned",
  "rounding",
  "tax",
  "total",
  "tips",
  "thousandths",
] as const;
export const keyColumns = ["store", "slice", "period", "hour", "till", "staff", "key", "currency"] as const;

/** Adds `rows` to what is there, in the order of their keys: whoever else adds to the same ones takes them in the same order. */
async function addRows(step: Database, rows: readonly ReportRollupRow[]): Promise<void> {
  const keyOf = (row: ReportRollupRow): string => keyColumns.map((column) => row[column]).join("\n");
  const ordered = rows
    .map((row) => ({ row, key: keyOf(row) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
  await sql`insert into report_rollup
    select * from jsonb_populate_recordset(null::report_rollup, cast(${JSON.stringify(ordered)} as jsonb))
    ${onKnownRow()}`.execute(step);
}

/** Where a row is there already, its figures grow. */
export function onKnownRow(): RawBuilder<unknown> {
  const added = figureColumns.map(
    (column) => sql`${sql.id(column)} = report_rollup.${sql.id(column)} + excluded.${sql.id(column)}`,
  );
  return sql`on conflict (${sql.join(keyColumns.map((column) => sql.id(column)))}) do update set
    unit = least(report_rollup.unit, excluded.unit), ${sql.join(added)}`;
}
