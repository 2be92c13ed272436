import type { DiscountRule } from "../domain/discount.ts";
import type { Preset } from "../domain/reports/periods.ts";
import type { OverrideReason } from "../domain/sale-line.ts";
import type { PaymentChannel } from "../domain/tender.ts";

/** What rows are, and what a filter narrows to. */
export type ReportByWord =
  | "none"
  | "store"
  | "till"
  | "cashier"
  | "product"
  | "category"
  | "tender"
  | "tax"
  | "discount";
export type ReportGrainWord = "none" | "hour" | "day" | "week" | "month";
export type ReportFigureWord =
  | "sales"
  | "returns"
  | "items"
  | "itemsBack"
  | "quantity"
  | "gross"
  | "discounts"
  | "returned"
  | "rounding"
  | "tax"
  | "total"
  | "net"
  | "tips"
  | "taken"
  | "givenBack"
  | "times"
  | "givenAway";

type Told = { readonly title: string; readonly text: string };

/** Sentences of the reports, on the page, on paper and in files. */
export type ReportTexts = {
  readonly by: { readonly [By in ReportByWord]: string };
  readonly grain: { readonly [Grain in ReportGrainWord]: string };
  readonly figure: { readonly [Figure in ReportFigureWord]: string };
  readonly preset: { readonly [P in Preset]: string };
  readonly rows: string;
  readonly time: string;
  readonly range: string;
  readonly ownRange: string;
  readonly from: string;
  readonly to: string;
  readonly hour: (hour: number) => string;
  readonly week: (year: string, nth: number) => string;
  readonly month: (year: string, month: number) => string;
  readonly unknown: string;
  readonly nobody: string;
  readonly channels: { readonly [C in PaymentChannel]: string };
  readonly cash: string;
  readonly unverified: (channel: string) => string;
  readonly taxRate: (percent: string) => string;
  readonly lineDiscount: (how: string) => string;
  readonly saleDiscount: (how: string) => string;
  /** What stands below a report when coupons took money that the shop pays for. */
  readonly shopCoupons: (amount: string) => string;
  readonly adoptedReturns: (amount: string) => string;
  readonly discountKinds: { readonly [K in DiscountRule["kind"]]: string };
  readonly priceChanged: (why: string) => string;
  readonly reasons: { readonly [R in OverrideReason]: string };
  readonly offer: string;
  readonly roundingRow: string;
  readonly filters: string;
  readonly any: string;
  /** Takes one filter away. */
  readonly without: (what: string) => string;
  readonly onlyThis: string;
  readonly currency: string;
  readonly total: string;
  /** Rows shown of all, and of what. */
  readonly shown: (first: number, last: number, count: number) => string;
  readonly previous: string;
  readonly next: string;
  readonly chart: (figure: string) => string;
  readonly chartText: (points: number, largest: string, when: string) => string;
  readonly print: string;
  readonly printing: string;
  readonly cutOff: (shown: number, count: number) => string;
  readonly printedAt: (time: string) => string;
  readonly openSales: string;
  readonly salesOf: (what: string) => string;
  readonly number: string;
  readonly least: string;
  readonly most: string;
  readonly backToSales: string;
  readonly asPrinted: string;
  readonly noSales: string;
  readonly views: string;
  readonly chooseView: string;
  readonly saveAs: string;
  readonly viewName: string;
  readonly save: string;
  readonly remove: (name: string) => string;
  readonly tooManyViews: (max: number) => string;
  readonly empty: Told;
  readonly tooLong: (days: number) => Told;
  readonly wrongRange: Told;
  readonly twoKinds: Told;
};
