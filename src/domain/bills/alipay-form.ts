import { BillRefused } from "./bill.ts";
import { columnName, joinSurplus } from "./columns.ts";
import { lineCutter } from "./lines.ts";
import { BillRecord } from "./record.ts";

/** Who is told about a file of Alipay's form. */
export type AlipayFormEvents = {
  /** A line that begins with `#`, in plain signs: full-width colons, commas and brackets become narrow ones. */
  comment(text: string, line: number): void;
  /** The names of the columns, once and before every row. Throws `BillRefused` for what is missing. */
  header(columns: readonly string[]): void;
  row(record: BillRecord): void;
};

const hash = 35;
const quote = 34;
const comma = 44;
/** In the comment that follows the last row. */
const listEnd = "列表结束";

/**
 * Alipay's bills, their bytes already decoded: comments, a header, comma separated rows whose cells may end with a tab or stand in
 * quotes, the rule that ends the list, comments with the totals. `end` says whether that rule was there. Throws `BillRefused`.
 */
export function alipayForm(events: AlipayFormEvents): {
  push(text: string): void;
  end(): { readonly isOver: boolean };
} {
  const record = new BillRecord();
  let isOver = false;
  /** A row with too few cells is refused when another line follows: else the file was cut off inside it, and is not over. */
  let short: string | null = null;
  const readRow = (text: string, start: number, end: number, line: number): void => {
    split(record, text, start, end, line);
    if (record.count < record.columns.length) {
      short = `line ${line} has ${record.count} cells, its header ${record.columns.length}`;
      return;
    }
    if (record.count > record.columns.length) joinSurplus(record);
    events.row(record);
  };
  const cutter = lineCutter((text, start, end, line) => {
    if (start === end) return;
    if (short !== null) throw new BillRefused("cellUnreadable", short);
    if (text.charCodeAt(start) === hash) {
      const comment = columnName(text.slice(start, end));
      isOver ||= comment.includes(listEnd);
      events.comment(comment, line);
    } else if (isOver) throw new BillRefused("notABill", `line ${line} stands after the end of the list`);
    else if (record.columns.length > 0) readRow(text, start, end, line);
    else {
      record.columns = namesIn(text.slice(start, end));
      events.header(record.columns);
    }
  });
  return {
    push: (text) => cutter.push(text),
    end() {
      cutter.end();
      return { isOver };
    },
  };
}

function namesIn(line: string): readonly string[] {
  return line.split(",").map((name) => columnName(name.replaceAll('"', "")));
}

/** Fills `record` with a line's cells, tabs and spaces at their edges left out. */
function split(record: BillRecord, text: string, start: number, end: number, line: number): void {
  record.begin(text, line);
  let from = start;
  for (;;) {
    const closing = text.charCodeAt(from) === quote ? quotedEnd(text, from, end) : -1;
    let until = closing === -1 ? text.indexOf(",", from) : closing + 1;
    if (until === -1 || until > end) until = end;
    if (closing === -1) addTrimmed(record, from, until);
    else {
      record.isQuoted = true;
      addTrimmed(record, from + 1, closing);
    }
    if (until >= end) break;
    from = until + 1;
  }
}

/** Where the closing quote of the cell at `from` stands: before a comma or the line's end. -1 when the quote is part of a text. */
function quotedEnd(text: string, from: number, end: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1 && at < end; at = text.indexOf('"', at + 1)) {
    if (text.charCodeAt(at + 1) === quote && at + 1 < end) at += 1;
    else if (at + 1 === end || text.charCodeAt(at + 1) === comma) return at;
  }
  return -1;
}

function addTrimmed(record: BillRecord, start: number, end: number): void {
  let from = start;
  let until = end;
  while (from < until && isEdge(record.text.charCodeAt(from))) from += 1;
  while (until > from && isEdge(record.text.charCodeAt(until - 1))) until -= 1;
  record.add(from, until);
}

function isEdge(code: number): boolean {
  return code === 9 || code === 32;
}
