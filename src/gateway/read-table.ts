import iconv from "iconv-lite";
import { parseCsv } from "hucre/csv";
import { streamXlsxRows } from "hucre/xlsx";
import { ok, refuse, type Result } from "../domain/result.ts";

/** Why a file is no table of ours. */
export type TableRefusal =
  | "unreadable"
  | "tooLong"
  /** A page or XML, whatever it is called: many banks write one and call it `.xls`. */
  | "markup"
  /** Excel's own form of before 2007. */
  | "oldSheet";

/** A zip begins so, and an XLSX is one. */
const zipMark = Buffer.from("PK\u0003\u0004");
const oldSheetMark = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
/** A sheet's numbers are kept to so many decimals: what is behind them came in by binary fractions. */
const decimalsMax = 6;

/**
 * A file's cells as text, whether it is CSV (UTF-8, or GB18030 as Chinese programs write it) or XLSX (its first sheet, read row by row,
 * so that others are served meanwhile). The first line of the file is the first one here, empty lines too.
 *
 * @param linesMax a longer one is refused
 */
export async function readTable(
  bytes: Uint8Array,
  linesMax: number,
): Promise<Result<readonly (readonly string[])[], TableRefusal>> {
  try {
    const mark = Buffer.from(bytes.subarray(0, zipMark.length));
    if (mark.equals(oldSheetMark)) return refuse("oldSheet");
    const text = mark.equals(zipMark) ? null : plainText(bytes);
    if (text !== null && isMarkup.test(text)) return refuse("markup");
    const rows = text === null ? await sheetCells(bytes, linesMax) : csvCells(text);
    return rows === null || rows.length > linesMax ? refuse("tooLong") : ok(rows);
  } catch {
    // whatever the reader stumbled over: it is no table that we know
    return refuse("unreadable");
  }
}

/** Null when it has more lines. */
async function sheetCells(bytes: Uint8Array, linesMax: number): Promise<string[][] | null> {
  const rows: string[][] = [];
  for await (const { index, values } of streamXlsxRows(bytes)) {
    if (index >= linesMax) return null;
    // a sheet leaves lines out that hold nothing
    while (rows.length < index) rows.push([]);
    rows.push(values.map(cellText));
  }
  return rows;
}

/** No text has these: a file that does is no table, whatever it is called. */
const neverInText = /[^\P{Cc}\t\n\r\v\f]/u;

const isMarkup = /^\s*<(?:!doctype|\?xml|html|head|meta|table)/iu;

function csvCells(text: string): string[][] {
  return parseCsv(text, { typeInference: false } as never).map((row) => row.map((cell) => cellText(cell)));
}

function plainText(bytes: Uint8Array): string {
  const text = textOf(bytes);
  if (neverInText.test(text)) throw new TypeError("the file holds no text");
  return text;
}

/** UTF-8 when it is, else GB18030. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // not UTF-8
    return iconv.decode(Buffer.from(bytes), "gb18030");
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace("T", " ");
  if (typeof cell === "number")
    return Number.isInteger(cell) ? String(cell) : String(Number(cell.toFixed(decimalsMax)));
  return String(cell);
}
