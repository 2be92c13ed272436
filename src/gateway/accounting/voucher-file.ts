import iconv from "iconv-lite";
import { writeXlsx } from "hucre";
import type { VoucherFileQuery } from "../../contract/accounting.ts";
import { entriesOf, type MappedAccount } from "../../domain/accounting/account-map.ts";
import { kingdeeHeads, kingdeeRows, type KingdeeCell } from "../../domain/accounting/kingdee.ts";
import { u8Text, yuanText, type ExportedVoucher } from "../../domain/accounting/u8-text.ts";
import type { DayVoucher } from "./vouchers.ts";

/** A file as it leaves: the same days and map give the same bytes. */
export type VoucherFile = {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly extension: string;
  /** The sum of all debits, minor units: what the other system must come to. */
  readonly control: number;
  /** Characters that GBK does not have, and that were replaced. */
  readonly replaced: number;
};

/** What stands as 制单人: the program, not a person. */
const maker = "款台";
const gbkSubstitute = "?";

/** The file of these days. Every account must be mapped. */
export async function voucherFile(
  days: readonly DayVoucher[],
  map: readonly MappedAccount[],
  format: VoucherFileQuery["format"],
  store: string,
): Promise<VoucherFile> {
  const exported = days.map((day) => exportedOf(day, map, store));
  const control = exported.reduce((all, { entries }) => all + entries.reduce((sum, { debit }) => sum + debit, 0), 0);
  switch (format) {
    case "u8":
      return { ...gbk(u8Text(exported, maker)), contentType: "text/plain; charset=gbk", extension: "txt", control };
    case "kingdeeCsv":
      return { ...gbk(csvOf(exported)), contentType: "text/csv; charset=gbk", extension: "csv", control };
    case "kingdeeXlsx":
      return { bytes: await xlsxOf(exported), contentType: xlsxType, extension: "xlsx", control, replaced: 0 };
    case "json": {
      const text = JSON.stringify({
        v: 1,
        store,
        control,
        vouchers: exported.map((each, nth) => ({ ...each, from: days[nth]?.voucher })),
      });
      return {
        bytes: new TextEncoder().encode(text),
        contentType: "application/json; charset=utf-8",
        extension: "json",
        control,
        replaced: 0,
      };
    }
  }
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function exportedOf({ voucher, isDraft }: DayVoucher, map: readonly MappedAccount[], store: string): ExportedVoucher {
  const day = `${Number(voucher.day.slice(5, 7))}月${Number(voucher.day.slice(8, 10))}日`;
  const mark = isDraft ? "未结 " : "";
  const late = voucher.late.length > 0 ? "（含补记）" : "";
  return {
    day: voucher.day,
    number: voucher.number,
    store,
    entries: entriesOf(voucher.lines, map, (name) => `${mark}${day}${name}${late}`),
  };
}

/** GBK, and how many characters it does not have. */
function gbk(text: string): { readonly bytes: Uint8Array; readonly replaced: number } {
  const bytes = iconv.encode(text, "gbk", { defaultEncoding: gbkSubstitute } as never);
  const back = iconv.decode(bytes, "gbk");
  const replaced = [...back].filter((char, at) => char !== [...text][at]).length;
  return { bytes: new Uint8Array(bytes), replaced };
}

function csvOf(vouchers: readonly ExportedVoucher[]): string {
  const rows = kingdeeRows(vouchers, maker).map((row) => row.map(csvCell).join(","));
  return [kingdeeHeads.join(","), ...rows].map((line) => `${line}\r\n`).join("");
}

function csvCell(cell: KingdeeCell): string {
  const text = cell.kind === "amount" ? yuanText(cell.minor) : cell.text;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function xlsxOf(vouchers: readonly ExportedVoucher[]): Promise<Uint8Array> {
  const rows = kingdeeRows(vouchers, maker).map((row) =>
    row.map((cell) => (cell.kind === "amount" ? cell.minor / 100 : cell.text)),
  );
  // a sheet says when it was last changed: on its last day, never when somebody asked for it
  const properties = { modified: new Date(`${vouchers.at(-1)?.day ?? "2026-01-01"}T00:00:00Z`) };
  const sheets = [{ name: "凭证", rows: [[...kingdeeHeads], ...rows] }];
  return new Uint8Array(await writeXlsx({ sheets, properties } as never));
}
