import * as z from "zod/mini";
import { isDate } from "../domain/local-time.ts";
import type { Figures } from "../domain/reports/figures.ts";
import type { BusinessDate } from "../domain/till-session.ts";
import {
  currencyField,
  instantField,
  moneyField,
  namesField,
  paymentIdField,
  saleIdField,
  storeIdField,
  taxRateField,
} from "./fields.ts";
import { officeSaleRow } from "./office.ts";
import { completedSale } from "./sale.ts";

/** What the rows of a report are: one for each of these; `none` for time alone. */
export const reportBys = [
  "none",
  "store",
  "till",
  "cashier",
  "product",
  "category",
  "tender",
  "tax",
  "discount",
] as const;
export type ReportBy = (typeof reportBys)[number];
/** Of these, the ones that split a receipt: their rows' receipts have no sum. */
export const splittingBys: readonly ReportBy[] = ["product", "category", "tender", "tax", "discount"];

/** What the figures of a report are about: receipts and goods, money taken and given back, or what was given away. */
export type ReportKind = "goods" | "tender" | "discount";

/** The kind of figures that rows of `by` have under a filter. */
export function reportKind(
  by: ReportBy,
  filter: { readonly tender?: unknown; readonly discount?: unknown },
): ReportKind {
  if (by === "tender" || filter.tender !== undefined) return "tender";
  return by === "discount" || filter.discount !== undefined ? "discount" : "goods";
}

/** By which time rows stand apart. `hour` is the hour of the day, over all days of the range. */
export const reportGrains = ["none", "hour", "day", "week", "month"] as const;
export type ReportGrain = (typeof reportGrains)[number];

/** Columns a report can be sorted by: time, what the rows are, or a figure. */
export const reportSorts = [
  "period",
  "name",
  "sales",
  "returns",
  "items",
  "itemsBack",
  "gross",
  "discounts",
  "returned",
  "rounding",
  "tax",
  "total",
  "net",
  "tips",
] as const;
export type ReportSort = (typeof reportSorts)[number];

/** Rows of a page, and what may be asked for at once (a printed report). */
export const reportPageRows = 100;
export const reportPrintRows = 1_000;
/**
 * A range is no longer; and by product with weeks no longer than the second, with days or hours no longer than the third, unless one
 * product is asked about: there are many products in each.
 */
export const reportDaysMax = 3_660;
export const productWeeksDaysMax = 35;
export const productDaysMax = 14;
/** The same in a file, which may take longer than a page. */
export const productFileDaysMax = 366;
/** Points of time in a chart. */
export const chartPointsMax = 400;
/** Views one owner keeps, and the length of their names. */
export const savedViewsMax = 50;
export const viewNameMax = 60;

const name = z.string().check(z.minLength(1), z.maxLength(64));
const key = z.string().check(z.maxLength(64));
const dateField = z.string().check(z.refine((text) => isDate(text))) as unknown as z.ZodMiniType<BusinessDate>;
const wholeText = z.string().check(z.regex(/^\d{1,9}$/));
const amountText = z.string().check(z.regex(/^-?\d{1,12}$/));

const filterFields = {
  from: dateField,
  to: dateField,
  store: z.optional(storeIdField),
  till: z.optional(name),
  /** Empty: sales that nobody is named for. */
  cashier: z.optional(key),
  product: z.optional(name),
  /** Empty: products that the catalogue does not know. */
  category: z.optional(key),
  tender: z.optional(name),
  tax: z.optional(wholeText),
  discount: z.optional(name),
  /** Hour of the store's day, 0 to 23. */
  hour: z.optional(z.string().check(z.regex(/^(?:1?\d|2[0-3])$/))),
  /** Reports never add two currencies; without one, that of the first store. */
  currency: z.optional(currencyField),
};
/** What is counted. One of product, category, tender, tax and discount at most, but that a category narrows products. */
export const reportFilter = z.object(filterFields);
export type ReportFilter = z.infer<typeof reportFilter>;

const shapeFields = {
  by: z.enum(reportBys),
  grain: z.enum(reportGrains),
  sort: z.optional(z.enum(reportSorts)),
  order: z.optional(z.enum(["up", "down"])),
};
/** GET /v1/office/reports: which rows, in which order; `page` 0 is the first. */
export const reportQuery = z.object({
  ...filterFields,
  ...shapeFields,
  page: z.optional(wholeText),
  rows: z.optional(wholeText),
});
export type ReportQuery = z.infer<typeof reportQuery>;

/** GET /v1/office/reports/file: the whole report, every row. */
export const reportFileQuery = z.object({
  ...filterFields,
  ...shapeFields,
  format: z.enum(["csv", "xlsx"]),
  language: z.enum(["zh-CN", "en", "ja"]),
});
export type ReportFileQuery = z.infer<typeof reportFileQuery>;

const whole = z.number().check(z.int());
const figureFields = {
  sales: whole,
  returns: whole,
  items: whole,
  itemsBack: whole,
  gross: whole,
  discounts: whole,
  returned: whole,
  rounding: whole,
  tax: whole,
  total: whole,
  tips: whole,
  thousandths: whole,
};
const figures = z.object(figureFields) satisfies z.ZodMiniType<Figures>;
/** Null where rows have no sum: a receipt with two products stands in two rows. */
const totals = z.object({
  ...figureFields,
  sales: z.nullable(whole),
  returns: z.nullable(whole),
  thousandths: z.nullable(whole),
});

export const reportRow = z.object({
  /** An hour 0 to 23, YYYY-MM-DD, YYYY-Www or YYYY-MM; null in a report without time. */
  period: z.nullable(z.string()),
  /** An id, a rate in basis points, or a way to pay or to give away; null in a report of time alone. */
  key: z.nullable(z.string()),
  /** Of a store, till, person, product or category, in its languages where it has them; null where the key says it. */
  name: z.nullable(z.union([z.string(), namesField])),
  /** Of a product's `thousandths`: sold less what came back. */
  unit: z.enum(["", "piece", "kg"]),
  figures,
});
export type ReportRow = z.infer<typeof reportRow>;

/** Totals are over all rows, not over those of the page; `count` is how many rows there are. */
export const report = z.object({
  currency: currencyField,
  /** More than one where stores differ. */
  currencies: z.array(currencyField),
  rows: z.array(reportRow),
  count: whole,
  totals,
  /** What coupons took that the shop pays for: revenue and tax in the books are less by it. Null where it cannot be told. */
  shopCoupons: z.nullable(whole),
  /** What refunds made at the provider gave back that were taken in as returns: the books have them. Null where it cannot be told. */
  adoptedReturns: z.nullable(whole),
  /** The whole report over time; empty without time. */
  chart: z.array(z.object({ period: z.string(), total: whole, sales: whole })),
});
export type Report = z.infer<typeof report>;

/** GET /v1/office/reports/sales: the sales that a filter counts, newest first; `before` is the cursor of the page before. */
export const reportSalesQuery = z.object({
  ...filterFields,
  /** A receipt's number, or its beginning. */
  number: z.optional(z.string().check(z.maxLength(64))),
  /** Totals in minor units, both included. */
  least: z.optional(amountText),
  most: z.optional(amountText),
  before: z.optional(z.string().check(z.maxLength(96))),
});
export type ReportSalesQuery = z.infer<typeof reportSalesQuery>;
export const reportSales = z.object({ sales: z.array(officeSaleRow), next: z.nullable(z.string()) });
export type ReportSales = z.infer<typeof reportSales>;

/** GET /v1/office/reports/sales/{id}: all that stands on its paper. */
export const reportReceipt = z.object({
  shop: z.object({
    name: z.string(),
    address: z.string(),
    phone: z.string(),
    zone: z.string(),
    /** The language it was printed in. */
    language: z.enum(["zh-CN", "en", "ja"]),
  }),
  tillLabel: z.string(),
  cashier: z.string(),
  id: saleIdField,
  at: instantField,
  sold: completedSale,
  promised: z.array(z.object({ attempt: paymentIdField, amount: moneyField })),
});
export type ReportReceipt = z.infer<typeof reportReceipt>;

/** GET /v1/office/reports/choices: what a filter can be set to. */
export const reportChoices = z.object({
  tills: z.array(z.object({ id: z.string(), label: z.string(), store: storeIdField })),
  cashiers: z.array(z.object({ id: z.string(), name: z.string() })),
  categories: z.array(z.object({ id: z.string(), names: namesField })),
  taxes: z.array(taxRateField),
});
export type ReportChoices = z.infer<typeof reportChoices>;

/** A report to come back to: a named range moves on with the day. */
export const savedReport = z.object({
  ...shapeFields,
  range: z.union([
    z.enum(["today", "yesterday", "thisWeek", "lastWeek", "thisMonth", "lastMonth"]),
    z.object({ from: dateField, to: dateField }),
  ]),
  filter: z.object(
    Object.fromEntries(
      (["store", "till", "cashier", "product", "category", "tender", "tax", "discount", "hour"] as const).map(
        (each) => [each, z.optional(key)],
      ),
    ) as Record<SavedFilterName, z.ZodMiniOptional<z.ZodMiniString>>,
  ),
});
type SavedFilterName = "store" | "till" | "cashier" | "product" | "category" | "tender" | "tax" | "discount" | "hour";
export type SavedReport = z.infer<typeof savedReport>;

/** PUT and DELETE /v1/office/reports/views/{name}; GET /v1/office/reports/views: the owner's own, by name. */
export const savedViewBody = z.object({ v: z.literal(1), view: savedReport });
export const savedViews = z.object({ views: z.array(z.object({ name: z.string(), view: savedReport })) });
export type SavedViews = z.infer<typeof savedViews>;
