import {
  reportKind,
  splittingBys,
  type ReportBy,
  type ReportGrain,
  type ReportRow,
  type ReportSort,
} from "../../contract/reports.ts";
import type { Money } from "../../domain/money.ts";
import type { Figures } from "../../domain/reports/figures.ts";
import type { Formats } from "../../i18n/locale.ts";
import type { ReportFigureWord, ReportTexts } from "../../i18n/report-texts.ts";
import { keyWord } from "../../i18n/report-keys.ts";
import type { Filter } from "./report-state.ts";
import type { Language } from "../../domain/item.ts";

type Shown = { readonly [Name in keyof Figures]: number | null };

/** A column of figures: what it is called, by what it sorts, and when a narrow list leaves it out. */
export type FigureColumn = {
  readonly word: ReportFigureWord;
  readonly sort: ReportSort | null;
  readonly width: "always" | "wide" | "wider";
  readonly isAmount: boolean;
  /** Null where there is nothing to say, such as a sum that would count receipts twice. */
  readonly value: (figures: Shown) => number | null;
};

/** The figures that a report of `by` shows, in the order of its columns; the last is what it is about. */
export function columnsOf(by: ReportBy, filter: Filter): readonly FigureColumn[] {
  const kind = reportKind(by, filter);
  const plain = (
    word: ReportFigureWord,
    name: keyof Figures & ReportSort,
    width: FigureColumn["width"],
    isAmount = true,
  ): FigureColumn => ({ word, sort: name, width, isAmount, value: (figures) => figures[name] });
  const receipts = plain(splittingBys.includes(by) ? "times" : "sales", "sales", "always", false);
  if (kind === "discount") return [receipts, plain("givenAway", "discounts", "always")];
  if (kind === "tender")
    return [
      receipts,
      plain("taken", "gross", "wide"),
      plain("givenBack", "returned", "wide"),
      plain("rounding", "rounding", "wider"),
      plain("tips", "tips", "wider"),
      plain("total", "total", "always"),
    ];
  return [
    receipts,
    plain("items", "items", "wider", false),
    plain("gross", "gross", "wider"),
    plain("discounts", "discounts", "wide"),
    plain("returned", "returned", "wide"),
    plain("rounding", "rounding", "wider"),
    {
      word: "net",
      sort: "net",
      width: "wide",
      isAmount: true,
      value: ({ total, tax }) => (total === null || tax === null ? null : total - tax),
    },
    plain("tax", "tax", "wider"),
    plain("total", "total", "always"),
  ];
}

/** A figure as the table and the paper write it. */
export function figureText(
  column: FigureColumn,
  figures: Shown,
  currency: Money["currency"],
  formats: Formats,
): string {
  const value = column.value(figures);
  if (value === null) return "";
  if (column.isAmount) return formats.amount({ amount: value as Money["amount"], currency });
  return formats.quantity({ thousandths: (value * 1000) as never, unit: "piece" });
}

/** What a row is called. */
export function nameOfRow(
  by: ReportBy,
  { key, name }: Pick<ReportRow, "key" | "name">,
  language: Language,
  words: ReportTexts,
): string {
  const word = keyWord(by, key ?? "", words);
  if (word !== null) return word;
  if (name !== null) return typeof name === "string" ? name : name[language];
  if (key !== null && key !== "") return key;
  return by === "cashier" ? words.nobody : words.unknown;
}

/** Whether time has a column. */
export function hasTime(grain: ReportGrain): boolean {
  return grain !== "none";
}
