import type { MinorUnits } from "../money.ts";
import { BillRefused } from "./bill.ts";
import { scaledIn } from "./cells.ts";
import { columnName, joinSurplus } from "./columns.ts";
import { lineCutter, lineLengthMax } from "./lines.ts";
import { BillRecord } from "./record.ts";

/** Who is told about a file of WeChat Pay's form. */
export type WechatFormEvents = {
  /** The names of the columns, once and first. Throws `BillRefused` for what is missing. */
  header(columns: readonly string[]): void;
  row(record: BillRecord): void;
};

/** First words of the line of names above the totals; what begins otherwise belongs to a text with a line break inside. */
const footerStarts = ["总交易单数", "资金流水总笔数"];
const accent = 96;
/** Parts the cells of a line, behind its first accent. */
const separator = ",`";

/**
 * WeChat Pay's bills: a plain line of names, rows whose every cell begins with a grave accent, a plain line of names and one of totals.
 * `end` gives the totals by name. Throws `BillRefused`.
 */
export function wechatForm(events: WechatFormEvents): { push(text: string): void; end(): ReadonlyMap<string, string> } {
  const record = new BillRecord();
  const rows = rowReader(record, events);
  const totals = new Map<string, string>();
  let stage: "header" | "rows" | "totals" | "over" = "header";
  let footerNames: readonly string[] = [];

  const readTotals = (text: string, start: number, end: number, line: number): void => {
    split(record, text, start, end, line);
    if (text.charCodeAt(start) !== accent || record.count !== footerNames.length)
      throw new BillRefused("cutOff", `line ${line} is not the ${footerNames.length} totals it should be`);
    for (const [column, name] of footerNames.entries()) totals.set(name, record.cell(column));
  };
  const cutter = lineCutter((text, start, end, line) => {
    if (start === end && !rows.isOpen()) return;
    if (stage === "header") {
      record.columns = namesIn(text.slice(start, end));
      events.header(record.columns);
      stage = "rows";
    } else if (stage === "rows") {
      if (text.charCodeAt(start) === accent) rows.begin(text, start, end, line);
      else if (footerStarts.some((name) => text.startsWith(name, start))) {
        rows.close();
        footerNames = namesIn(text.slice(start, end));
        stage = "totals";
      } else rows.goOn(text.slice(start, end), line);
    } else if (stage === "totals") {
      readTotals(text, start, end, line);
      stage = "over";
    } else throw new BillRefused("notABill", `line ${line} stands after the totals`);
  });
  return {
    push: (text) => cutter.push(text),
    end() {
      cutter.end();
      if (stage !== "over") throw new BillRefused("cutOff", "the file ends before its totals");
      return totals;
    },
  };
}

/** Rows, one of which may be open: it has too few cells, for a text inside it may have a line break. */
function rowReader(record: BillRecord, events: WechatFormEvents) {
  let open: { readonly text: string; readonly line: number } | null = null;
  const read = (text: string, start: number, end: number, line: number): void => {
    split(record, text, start, end, line);
    open = record.count < record.columns.length ? { text: text.slice(start, end), line } : null;
    if (open !== null) return;
    if (record.count > record.columns.length) joinSurplus(record);
    events.row(record);
  };
  /** Refuses a row that stayed open. */
  const close = (): void => {
    if (open === null) return;
    const cells = `${record.count} cells, its header ${record.columns.length}`;
    throw new BillRefused("cellUnreadable", `line ${open.line} has ${cells}`);
  };
  return {
    isOpen: (): boolean => open !== null,
    close,
    begin(text: string, start: number, end: number, line: number): void {
      close();
      read(text, start, end, line);
    },
    goOn(text: string, line: number): void {
      if (open === null) throw new BillRefused("notABill", `line ${line} is neither a row nor the totals`);
      const longer: string = `${open.text}\n${text}`;
      if (longer.length > lineLengthMax) close();
      read(longer, 0, longer.length, open.line);
    },
  };
}

function namesIn(line: string): readonly string[] {
  return line.split(",").map((name) => columnName(name.replace(/^`/u, "")));
}

/** Fills `record` with the cells of a line: the first accent cut, then parted by a comma with an accent. */
function split(record: BillRecord, text: string, start: number, end: number, line: number): void {
  record.begin(text, line);
  let from = start + 1;
  for (;;) {
    const found = text.indexOf(separator, from);
    if (found === -1 || found >= end) break;
    record.add(from, found);
    from = found + separator.length;
  }
  record.add(from, end);
}

/** One of the totals, or null when the file does not have it. Throws `BillRefused` for what is no figure. */
export function figure(told: ReadonlyMap<string, string>, name: string, decimals: number): MinorUnits | null {
  const text = told.get(name);
  if (text === undefined) return null;
  const value = scaledIn(text, 0, text.length, decimals);
  if (Number.isNaN(value)) throw new BillRefused("cellUnreadable", `totals, column ${name}`);
  return value as MinorUnits;
}
