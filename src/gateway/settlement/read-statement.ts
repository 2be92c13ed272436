import iconv from "iconv-lite";
import { parseCsv } from "hucre/csv";
import { readXlsx } from "hucre/xlsx";
import { bankLinesMax } from "../../domain/settlement/bank-columns.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";

/** Why a bank's file cannot be read. */
export type StatementRefusal = "unreadable" | "tooLong";

/** A zip begins so, and an XLSX is one. */
const zipMark = Buffer.from("PK\u0003\u0004");

/** A statement's cells as text, whether it is CSV (UTF-8 or GBK) or XLSX (its first sheet). */
export async function readStatement(
  bytes: Uint8Array,
): Promise<Result<readonly (readonly string[])[], StatementRefusal>> {
  try {
    const isSheet = Buffer.from(bytes.subarray(0, zipMark.length)).equals(zipMark);
    const rows = isSheet ? await sheetCells(bytes) : csvCells(bytes);
    return rows.length > bankLinesMax ? refuse("tooLong") : ok(rows);
  } catch {
    // whatever the reader stumbled over: it is no table that we know
    return refuse("unreadable");
  }
}

async function sheetCells(bytes: Uint8Array): Promise<string[][]> {
  const workbook = await readXlsx(bytes);
  return (workbook.sheets[0]?.rows ?? []).map((row) => row.map(cellText));
}

function csvCells(bytes: Uint8Array): string[][] {
  return parseCsv(textOf(bytes), { typeInference: false } as never).map((row) => row.map((cell) => cellText(cell)));
}

/** UTF-8 when it is, else GBK, which most banks write. */
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
  if (typeof cell === "number") return Number.isInteger(cell) ? String(cell) : cell.toFixed(2);
  return String(cell);
}
