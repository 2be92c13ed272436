import { dayAfter, timeOf } from "../../settlement/days.ts";
import { writtenAt } from "../../settlement/ready.ts";

/** What stands around the rows of one of Alipay's files. */
export type Frame = {
  readonly title: string;
  /** In the rule lines. */
  readonly list: string;
  /** `#` lines after the rows, without the mark. */
  readonly totals: readonly string[];
};

const before = "-----------------------------------------";
const after = "----------------------------------------";
const afterEnd = "------------------------------------";

/** The text of a file: comment lines, header, rows, totals; CRLF. */
export function framed(
  { title, list, totals }: Frame,
  of: { readonly account: string; readonly day: string },
  lines: readonly string[],
): string {
  const all = [
    `#${title}`,
    `#账号：[${of.account}]`,
    `#起始日期：[${chinese(of.day)} 00:00:00]   终止日期：[${chinese(dayAfter(of.day))} 00:00:00]`,
    `#${before}${list}${after}`,
    ...lines,
    `#${before}${list}结束${afterEnd}`,
    ...totals.map((each) => `#${each}`),
    `#导出时间：[${written(of.day)}]`,
  ];
  return all.map((line) => `${line}\r\n`).join("");
}

function written(day: string): string {
  const time = timeOf(writtenAt(day));
  return `${chinese(time.slice(0, 10))}${time.slice(10)}`;
}

/** `2026年11月20日` */
function chinese(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${year}年${month}月${date}日`;
}
