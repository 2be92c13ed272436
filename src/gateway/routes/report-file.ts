import { reportKind, splittingBys, type ReportFileQuery, type ReportRow } from "../../contract/reports.ts";
import { minorDigits } from "../../domain/money.ts";
import type { FigureName } from "../../domain/reports/figures.ts";
import type { Language } from "../../domain/item.ts";
import { keyWord, periodWord } from "../../i18n/report-keys.ts";
import { reportWords } from "../../i18n/report-words.ts";
import type { ReportTexts } from "../../i18n/report-texts.ts";
import type { EveryRow } from "../reports/every-row.ts";
import type { FileCell, FileColumn } from "../reports/files.ts";

type Column = FileColumn & { readonly cell: (row: ReportRow) => FileCell };

/** A report as a file's name, columns and cells, in the words of the language asked for. */
export function fileOf(query: ReportFileQuery, { rows, currency }: EveryRow) {
  const words = reportWords(query.language);
  const columns = columnsOf(query, words);
  async function* cells(): AsyncGenerator<readonly FileCell[]> {
    for await (const row of rows) yield columns.map(({ cell }) => cell(row));
  }
  const from = query.from === query.to ? query.from : `${query.from}_${query.to}`;
  return { name: `${query.by}-${query.grain}_${from}`, columns, rows: cells(), digits: minorDigits[currency] };
}

function columnsOf(query: ReportFileQuery, words: ReportTexts): readonly Column[] {
  const { by, grain, language } = query;
  const kind = reportKind(by, query);
  const text = (head: string, cell: Column["cell"]): Column => ({ head, kind: "text", cell });
  const figure = (head: string, form: FileColumn["kind"], name: FigureName): Column => ({
    head,
    kind: form,
    cell: (row) => row.figures[name],
  });
  const time = text(words.grain[grain], ({ period }) => (period === null ? "" : periodWord(period, words)));
  const splits = splittingBys.includes(by);
  const { figure: heads } = words;
  const isGoods = kind === "goods";
  // only whole receipts and what they were paid with have tips
  const isSplit = splits || query.product !== undefined || query.category !== undefined || query.tax !== undefined;
  return [
    ...(grain === "none" ? [] : [time]),
    ...(by === "none" ? [] : [text(words.by[by], (row) => nameIn(by, row, language, words))]),
    ...(by === "product" ? [text("ID", ({ key }) => key)] : []),
    figure(splits ? heads.times : heads.sales, "count", "sales"),
    figure(heads.returns, "count", "returns"),
    ...(isGoods ? [figure(heads.items, "count", "items"), figure(heads.itemsBack, "count", "itemsBack")] : []),
    ...(by === "product" ? [figure(heads.quantity, "quantity", "thousandths")] : []),
    ...(kind === "discount"
      ? [figure(heads.givenAway, "amount", "discounts")]
      : [
          figure(isGoods ? heads.gross : heads.taken, "amount", "gross"),
          ...(isGoods ? [figure(heads.discounts, "amount", "discounts")] : []),
          figure(isGoods ? heads.returned : heads.givenBack, "amount", "returned"),
          figure(heads.rounding, "amount", "rounding"),
          figure(heads.total, "amount", "total"),
          ...(isGoods ? [figure(heads.tax, "amount", "tax"), netColumn(words)] : []),
          ...(isSplit && kind !== "tender" ? [] : [figure(heads.tips, "amount", "tips")]),
        ]),
  ];
}

function netColumn(words: ReportTexts): Column {
  return { head: words.figure.net, kind: "amount", cell: ({ figures }) => figures.total - figures.tax };
}

/** What a row is called: the shop's own name, or the word for a key. */
function nameIn(by: string, { key, name }: ReportRow, language: Language, words: ReportTexts): string {
  const word = keyWord(by, key ?? "", words);
  if (word !== null) return word;
  if (name !== null) return typeof name === "string" ? name : name[language];
  if (key !== null && key !== "") return key;
  return by === "cashier" ? words.nobody : words.unknown;
}
