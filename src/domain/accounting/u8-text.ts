import type { VoucherEntry } from "./account-map.ts";

/** A voucher to be exported. */
export type ExportedVoucher = {
  readonly day: string;
  /** Without gaps in its store; 0 for a draft. */
  readonly number: number;
  /** Short name of the store, in the voucher's own number. */
  readonly store: string;
  readonly entries: readonly VoucherEntry[];
};

const numberLengthMax = 30;
const summaryLengthMax = 60;
const firstLine = "填制凭证,V800";
const word = "记";
/** Fields that follow the maker up to the item code; each empty unless an account asks for it. */
const customerField = 18;

/**
 * 用友 U8's text for its voucher import: a first line that names the form, then a line for each entry, CRLF at each end, fields apart by
 * commas and never quoted. The bytes are GBK.
 *
 * @param maker who stands as 制单人
 */
export function u8Text(vouchers: readonly ExportedVoucher[], maker: string): string {
  const lines = vouchers.flatMap((voucher) => voucher.entries.map((entry) => lineOf(voucher, entry, maker)));
  return [firstLine, ...lines].map((line) => `${line}\r\n`).join("");
}

/** The voucher's number in the other system: day, store and our number. */
export function voucherNumber({ day, store, number }: ExportedVoucher): string {
  return `KT${day.replaceAll("-", "")}-${store}-${number}`.slice(0, numberLengthMax);
}

function lineOf(voucher: ExportedVoucher, entry: VoucherEntry, maker: string): string {
  const fields = Array.from({ length: customerField }, () => "");
  fields[0] = voucher.day;
  fields[1] = word;
  fields[2] = plainText(voucherNumber(voucher));
  fields[3] = "0";
  fields[4] = plainText(entry.summary).slice(0, summaryLengthMax);
  fields[5] = plainText(entry.code);
  fields[6] = yuanText(entry.debit);
  fields[7] = yuanText(entry.credit);
  fields[11] = plainText(maker);
  fields[15] = plainText(entry.department);
  fields[17] = plainText(entry.customer);
  return fields.join(",");
}

/** Text without what would break a line: the form knows no quoting. */
export function plainText(text: string): string {
  return text
    .replaceAll(",", "，")
    .replace(/["\r\n\t]+/gu, " ")
    .trim();
}

/** Yuan with two decimals, with its sign. */
export function yuanText(fen: number): string {
  const whole = Math.floor(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${fen < 0 ? "-" : ""}${whole}.${rest}`;
}
