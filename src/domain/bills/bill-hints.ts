import { BillRefused, type BillKind } from "./bill.ts";
import type { TextRecord } from "./text-records.ts";
import { wechatTextReader } from "./text-records.ts";

/** What a file says of itself at its beginning. */
export type BillHints = {
  readonly kind: BillKind;
  /** The account as the provider numbers it; null where that kind of file names none. */
  readonly merchant: string | null;
  /** The day that most of the first rows are of; null when there is no row and no word of it. */
  readonly day: string | null;
};

/** Characters of a file's beginning in which its header and its first rows stand. */
export const hintChars = 256 * 1024;

const wechatTimes = ["退款申请时间", "记账时间", "交易时间"];

/**
 * Tells from the beginning of a WeChat Pay file which bill it is and whose. Throws `BillRefused`: not a bill, or one of payments alone,
 * which would make every refund of the day look missing.
 */
export function wechatHints(beginning: string): BillHints {
  const rows = firstRows(beginning);
  const header = headerOf(beginning);
  const kind = wechatKind(header);
  if (kind === "trade" && !header.includes("商户退款单号")) throw new BillRefused("columnMissing", "商户退款单号");
  const [first] = rows;
  const time = wechatTimes.find((name) => first?.[name] !== undefined && first[name] !== "");
  return {
    kind,
    merchant: first?.["商户号"] ?? null,
    day: mostCommon(rows.map((row) => (time === undefined ? "" : (row[time] ?? "")).slice(0, 10))),
  };
}

function wechatKind(header: readonly string[]): BillKind {
  if (header.includes("资金流水单号")) return "fundFlow";
  if (!header.includes("商户订单号")) throw new BillRefused("notABill", "its first line is no header of a bill");
  return header.includes("退款申请时间") ? "balanceRefunds" : "trade";
}

function headerOf(beginning: string): readonly string[] {
  const [line = ""] = beginning.replace(/^\uFEFF/u, "").split(/\r?\n/u, 1);
  return line.split(",").map((name) => name.replace(/^`/u, "").normalize("NFKC").trim());
}

/** The rows that are whole in the beginning; one that cannot be read is left to the reader of the whole file. */
function firstRows(beginning: string): readonly TextRecord[] {
  try {
    return wechatTextReader().push(beginning.slice(0, beginning.lastIndexOf("\n") + 1));
  } catch (fault) {
    if (fault instanceof BillRefused) return [];
    throw fault;
  }
}

const alipayAccount = /#账号[:：]\[(\d+)\]/u;
const alipayFrom = /#起始日期[:：]\[(\d{4})年(\d{2})月(\d{2})日/u;

/** The same of an Alipay list, whose kind its name in the zip file says. */
export function alipayHints(beginning: string, kind: BillKind): BillHints {
  const [, merchant] = alipayAccount.exec(beginning) ?? [];
  const [, year, month, day] = alipayFrom.exec(beginning) ?? [];
  return { kind, merchant: merchant ?? null, day: year === undefined ? null : `${year}-${month}-${day}` };
}

function mostCommon(days: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const day of days) if (/^\d{4}-\d{2}-\d{2}$/u.test(day)) counts.set(day, (counts.get(day) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}
