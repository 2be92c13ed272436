import { Readable } from "node:stream";
import { writeXlsxStream } from "hucre";

/** A column of a file: its head, and what it holds. Amounts come in minor units and are written with their decimals. */
export type FileColumn = {
  readonly head: string;
  readonly kind: "text" | "count" | "amount" | "quantity";
};
export type FileCell = string | number | null;

/** Rows are joined to pieces of at least this many characters: one write a row would cost more than the row. */
const pieceChars = 16_384;
const thousandthsDigits = 3;
const byteOrderMark = "\uFEFF";

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark, CRLF). A text that a sheet would run as a formula, because it begins with
 * = + - @ or a tab or return, gets an apostrophe in front; numbers keep their minus.
 */
export function csvStream(
  columns: readonly FileColumn[],
  rows: AsyncIterable<readonly FileCell[]>,
  digits: number,
): Readable {
  async function* pieces(): AsyncGenerator<string> {
    let piece = `${byteOrderMark}${csvLine(columns.map(({ head }) => csvText(head)))}`;
    for await (const row of rows) {
      piece += csvLine(columns.map((column, at) => csvCell(column, row[at] ?? null, digits)));
      if (piece.length < pieceChars) continue;
      yield piece;
      piece = "";
    }
    if (piece !== "") yield piece;
  }
  return Readable.from(pieces(), { objectMode: false });
}

/** Rows as an XLSX sheet: numbers as numbers with their decimals, text as text, whatever it looks like. */
export function xlsxStream(
  name: string,
  columns: readonly FileColumn[],
  rows: AsyncIterable<readonly FileCell[]>,
  digits: number,
): Readable {
  async function* cells(): AsyncGenerator<FileCell[]> {
    for await (const row of rows) yield columns.map((column, at) => xlsxCell(column, row[at] ?? null, digits));
  }
  const stream = writeXlsxStream(cells(), {
    name: sheetName(name),
    columns: columns.map(({ head, kind }) => ({
      header: head,
      width: kind === "text" ? 24 : 14,
      ...(kind === "text" ? {} : { numFmt: numberFormat(kind, digits) }),
    })),
    freezePane: { rows: 1 },
  });
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]);
}

/** `text` so that no sheet runs it as a formula. */
export function neutral(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function csvLine(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}

function csvText(text: string): string {
  const safe = neutral(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvCell({ kind }: FileColumn, cell: FileCell, digits: number): string {
  if (cell === null) return "";
  if (typeof cell === "string") return csvText(cell);
  if (kind === "amount") return decimal(cell, digits);
  return kind === "quantity" ? decimal(cell, thousandthsDigits) : String(cell);
}

/** A whole number of smallest units with its point put in, exactly. */
function decimal(units: number, digits: number): string {
  if (digits === 0) return String(units);
  const text = String(Math.abs(units)).padStart(digits + 1, "0");
  return `${units < 0 ? "-" : ""}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function xlsxCell({ kind }: FileColumn, cell: FileCell, digits: number): FileCell {
  // a sheet breaks lines by LF alone
  if (typeof cell === "string") return cell.replaceAll(/\r\n?/g, "\n");
  if (cell === null) return null;
  if (kind === "amount") return Number(decimal(cell, digits));
  return kind === "quantity" ? Number(decimal(cell, thousandthsDigits)) : cell;
}

function numberFormat(kind: "count" | "amount" | "quantity", digits: number): string {
  if (kind === "count") return "0";
  const places = kind === "amount" ? digits : thousandthsDigits;
  return places === 0 ? "#,##0" : `#,##0.${"0".repeat(places)}`;
}

/** A sheet's name holds 31 characters and none of these. */
function sheetName(name: string): string {
  return name.replaceAll(/[\\/?*[\]:]/g, " ").slice(0, 31);
}
