/** Which column of a bank's file is what, by its head. Amounts either as one column with a sign, or as two. */
export type BankColumns = {
  readonly day: string;
  readonly time: string | null;
  /** Money in; or money either way, with a sign, where `moneyOut` is null. */
  readonly moneyIn: string;
  readonly moneyOut: string | null;
  readonly balance: string | null;
  readonly counterparty: string | null;
  readonly text: string | null;
  readonly reference: string | null;
};

/** Heads that banks use, the likeliest first. */
const known: { readonly [C in keyof BankColumns]: readonly string[] } = {
  day: ["交易日期", "记账日期", "入账日期", "日期", "交易时间", "Date", "Booking date"],
  time: ["交易时间", "时间", "Time"],
  moneyIn: [
    "收入",
    "贷方发生额",
    "贷方金额",
    "收入金额",
    "贷方发生额(收入)",
    "存入",
    "转入金额",
    "Credit",
    "交易金额",
    "金额",
    "Amount",
  ],
  moneyOut: ["支出", "借方发生额", "借方金额", "支出金额", "借方发生额(支出)", "支取", "转出金额", "Debit"],
  balance: ["余额", "账户余额", "本次余额", "Balance"],
  counterparty: ["对方户名", "对方账户名称", "对方名称", "对方单位名称", "对方账户名", "Counterparty"],
  text: ["摘要", "用途", "附言", "备注", "交易摘要", "Description", "Text"],
  reference: ["流水号", "交易流水号", "凭证号", "交易流水", "参考号", "Reference"],
};

/** A head as it is compared: no spaces, brackets of one kind, no unit behind it. */
export function plainHead(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\s+/gu, "")
    .replace(/\((?:元|人民币|CNY|¥)\)$/u, "");
}

/** The columns that a line of heads suggests, and which line it is; null when no line has a day and money in. */
export function suggestColumns(
  lines: readonly (readonly string[])[],
): { readonly columns: BankColumns; readonly head: number } | null {
  for (const [head, line] of lines.entries()) {
    const names = line.map(plainHead);
    const find = (of: keyof BankColumns): string | null => {
      for (const name of known[of]) {
        const at = names.indexOf(plainHead(name));
        if (at >= 0) return line[at] ?? null;
      }
      return null;
    };
    const day = find("day");
    const moneyIn = find("moneyIn");
    if (day === null || moneyIn === null) continue;
    const time = find("time");
    return {
      head,
      columns: {
        day,
        time: time === day ? null : time,
        moneyIn,
        moneyOut: find("moneyOut"),
        balance: find("balance"),
        counterparty: find("counterparty"),
        text: find("text"),
        reference: find("reference"),
      },
    };
  }
  return null;
}

/** One line of a statement. `amount`: above zero in; smallest unit. */
export type BankLine = {
  readonly day: string;
  readonly time: string;
  readonly amount: number;
  readonly balance: number | null;
  readonly counterparty: string;
  readonly text: string;
  readonly reference: string;
};

/** A line that cannot be read, and why. */
export type BankLineTrouble = { readonly line: number; readonly column: string; readonly cell: string };

/** Statements longer than this are handed in in parts. */
export const bankLinesMax = 20_000;

/** Reads a statement's cells by its columns. A head that is missing or a cell that is not what its column holds is a trouble; a line may have several. */
export function readBankLines(
  lines: readonly (readonly string[])[],
  columns: BankColumns,
): { readonly lines: readonly BankLine[]; readonly troubles: readonly BankLineTrouble[] } {
  const head = lines.findIndex((line) => [columns.day, columns.moneyIn].every((name) => indexOf(line, name) >= 0));
  const heads = lines[head];
  if (heads === undefined) return { lines: [], troubles: [{ line: 1, column: columns.day, cell: "" }] };
  const at = (name: string | null): number => (name === null ? -1 : indexOf(heads, name));
  const places = {
    day: at(columns.day),
    time: at(columns.time),
    in: at(columns.moneyIn),
    out: at(columns.moneyOut),
    balance: at(columns.balance),
    counterparty: at(columns.counterparty),
    text: at(columns.text),
    reference: at(columns.reference),
  };
  const read: BankLine[] = [];
  const troubles: BankLineTrouble[] = [];
  for (const [nth, line] of lines.entries()) {
    if (nth <= head || line.every((cell) => cell.trim() === "")) continue;
    const cell = (place: number): string => (place < 0 ? "" : (line[place] ?? "").trim());
    const day = dayOf(cell(places.day));
    const into = amountOf(cell(places.in));
    const out = amountOf(cell(places.out));
    // below the lines many banks write sums and notices: they have no day
    if (day === null && into === null && out === null) continue;
    const ofFile = nth + 1;
    const wrong: BankLineTrouble[] = [];
    if (day === null) wrong.push({ line: ofFile, column: columns.day, cell: cell(places.day) });
    if (into === undefined || (into === null && out === null))
      wrong.push({ line: ofFile, column: columns.moneyIn, cell: cell(places.in) });
    if (out === undefined)
      wrong.push({ line: ofFile, column: columns.moneyOut ?? columns.moneyIn, cell: cell(places.out) });
    troubles.push(...wrong);
    if (day !== null && wrong.length === 0)
      read.push({
        day,
        time: cell(places.time),
        amount: (into ?? 0) - Math.abs(out ?? 0),
        balance: amountOf(cell(places.balance)) ?? null,
        counterparty: cell(places.counterparty),
        text: cell(places.text),
        reference: cell(places.reference),
      });
  }
  return { lines: read, troubles };
}

function indexOf(line: readonly string[], name: string): number {
  return line.findIndex((cell) => plainHead(cell) === plainHead(name));
}

/** `2026-11-20`, `2026/11/20`, `20261120`, each with a time behind it or not; null when it is no day. */
function dayOf(text: string): string | null {
  const [, year, month, day] = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?:日|$|[ T])/u.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** Fen of `1,234.50`, `-3`, `+3.5`; null for an empty cell, undefined for what is no amount. */
function amountOf(text: string): number | null | undefined {
  const plain = text.replace(/[,，¥\s]/gu, "");
  if (plain === "" || plain === "-" || plain === "--") return null;
  const [, sign, whole, part = ""] = /^([+-]?)(\d{1,12})(?:\.(\d{1,2})0*)?$/u.exec(plain) ?? [];
  if (whole === undefined) return undefined;
  const fen = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return sign === "-" ? -fen : fen;
}
