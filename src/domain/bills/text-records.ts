import { alipayForm } from "./alipay-form.ts";
import type { BillReader } from "./reader.ts";
import type { BillRecord } from "./record.ts";
import { wechatForm } from "./wechat-form.ts";

/** A row as the file has it: cells as text, by the names of their columns. */
export type TextRecord = Readonly<Record<string, string>>;

/** Rows of a WeChat Pay bill as they stand, and its totals by name: for showing and checking, not for speed. */
export function wechatTextReader(): BillReader<TextRecord, TextRecord, number> {
  const { row, taken, counted } = collected();
  const form = wechatForm({ header: () => undefined, row });
  return {
    push(text) {
      form.push(text);
      return taken();
    },
    end() {
      const footer = Object.fromEntries(form.end());
      return { rows: taken(), footer, counted: counted() };
    },
  };
}

/** Rows of an Alipay bill as they stand, and the comments around them, in plain signs. */
export function alipayTextReader(): BillReader<TextRecord, readonly string[], number> {
  const { row, taken, counted } = collected();
  const comments: string[] = [];
  const form = alipayForm({ header: () => undefined, row, comment: (text) => void comments.push(text) });
  return {
    push(text) {
      form.push(text);
      return taken();
    },
    end() {
      form.end();
      return { rows: taken(), footer: comments, counted: counted() };
    },
  };
}

function collected() {
  let rows: TextRecord[] = [];
  let rowsSeen = 0;
  return {
    row(record: BillRecord): void {
      rowsSeen += 1;
      rows.push(Object.fromEntries(record.columns.map((name, column) => [name, record.cell(column)])));
    },
    taken(): readonly TextRecord[] {
      const given = rows;
      rows = [];
      return given;
    },
    counted: () => rowsSeen,
  };
}
