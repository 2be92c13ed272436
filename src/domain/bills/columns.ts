import { BillRefused } from "./bill.ts";
import { beijingIn, scaledIn } from "./cells.ts";
import type { BillRecord } from "./record.ts";

/** A header's name in the one spelling that is compared: full-width brackets and signs become plain, edges are trimmed. */
export function columnName(written: string): string {
  return written.normalize("NFKC").trim();
}

/** Where the column `name` stands, or -1. */
export function columnOf(columns: readonly string[], name: string): number {
  return columns.indexOf(name);
}

/** Where the column `name` stands. Throws `BillRefused` when the file does not have it. */
export function neededColumn(columns: readonly string[], name: string): number {
  const found = columns.indexOf(name);
  if (found === -1) throw new BillRefused("columnMissing", name);
  return found;
}

const amountName = /金额|手续费|\([-+]?元\)$/u;
const timeName = /时间$/u;
/** Columns of free text: what people typed, so that it may hold what parts cells. */
const textNames = [
  "商品名称",
  "商户数据包",
  "门店名称",
  "操作员",
  "终端号",
  "对方账户",
  "对方账号",
  "券名称",
  "备注",
  "费率备注",
];

/**
 * Brings a line with more cells than its header back into its columns: the column of free text that, taking the surplus cells,
 * leaves every time and amount readable in its own column gets them. Joins from both ends, so figures do not depend on the text.
 * Empty cells behind the last column are no text. Throws `BillRefused` when no column does.
 */
export function joinSurplus(record: BillRecord): void {
  const { columns } = record;
  const surplus = record.count - columns.length;
  const starts = record.starts.slice(0, record.count);
  const ends = record.ends.slice(0, record.count);
  for (const name of textNames) {
    const taking = columns.indexOf(name);
    if (taking === -1) continue;
    for (let column = 0; column < columns.length; column++) {
      record.starts[column] = starts[column > taking ? column + surplus : column] ?? 0;
      record.ends[column] = ends[column >= taking ? column + surplus : column] ?? 0;
    }
    if (columns.every((told, column) => isReadable(record, told, column))) {
      const isTail =
        taking === columns.length - 1 && starts.slice(columns.length).every((at, n) => at === ends[columns.length + n]);
      if (isTail) record.ends[taking] = ends[taking] ?? 0;
      record.count = columns.length;
      record.isJoined = !isTail;
      return;
    }
  }
  throw new BillRefused(
    "cellUnreadable",
    `line ${record.line} has ${starts.length} cells, its header ${columns.length}`,
  );
}

/** Columns that a provider leaves empty where there is nothing to say: one way of the two, a refund's own times. */
const mayBeEmpty = /^(?:收入|支出|退款)/u;

/** Whether a figure or time stands where its column says so; texts always do. */
function isReadable(record: BillRecord, name: string, column: number): boolean {
  const { text } = record;
  if (record.isEmpty(column) && mayBeEmpty.test(name)) return true;
  if (timeName.test(name)) return !Number.isNaN(beijingIn(text, record.from(column), record.to(column)));
  return !amountName.test(name) || !Number.isNaN(scaledIn(text, record.from(column), record.to(column), 5));
}
