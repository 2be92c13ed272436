import type { FigureName } from "../../domain/reports/figures.ts";

export type ReportRollupRow = {
  store: string;
  slice: string;
  period: string;
  hour: number;
  till: string;
  staff: string;
  key: string;
  currency: string;
  unit: string;
} & { [Name in Exclude<FigureName, "itemsBack">]: number } & { items_back: number };
export type SavedViewRow = { owner: string; name: string; view: unknown; saved_at: number };
