import {
  report,
  reportChoices,
  reportReceipt,
  reportSales,
  savedViews,
  type Report,
  type ReportChoices,
  type ReportReceipt,
  type ReportSales,
  type SavedReport,
  type SavedViews,
} from "../../contract/reports.ts";
import type { Language } from "../../domain/item.ts";
import { call, type Answer } from "../office-client.ts";

/** What a report is asked with, as the address holds it. */
export type Asked = Readonly<Record<string, string>>;

/** The reports' part of the office's one way out. */
export const reportClient = {
  report: (asked: Asked): Answer<Report> => call("GET", `reports?${new URLSearchParams(asked)}`, report),
  sales: (asked: Asked): Answer<ReportSales> => call("GET", `reports/sales?${new URLSearchParams(asked)}`, reportSales),
  receipt: (id: string): Answer<ReportReceipt> => call("GET", `reports/sales/${encodeURIComponent(id)}`, reportReceipt),
  choices: (): Answer<ReportChoices> => call("GET", "reports/choices", reportChoices),
  views: (): Answer<SavedViews> => call("GET", "reports/views", savedViews),
  saveView: (name: string, view: SavedReport): Answer<SavedViews> =>
    call("PUT", `reports/views/${encodeURIComponent(name)}`, savedViews, { v: 1, view }),
  removeView: (name: string): Answer<SavedViews> =>
    call("DELETE", `reports/views/${encodeURIComponent(name)}`, savedViews),
};

/** Where the whole report is as a file. */
export function fileAddress(asked: Asked, format: "csv" | "xlsx", language: Language): string {
  const { page: _, rows: __, ...rest } = asked;
  return `/v1/office/reports/file?${new URLSearchParams({ ...rest, format, language })}`;
}
