import { isDate } from "../local-time.ts";
import { balancePlace, placeOf, type BankColumns } from "./bank-columns.ts";
import { brokenRun, type BrokenRun, type RunLine } from "./running-balance.ts";

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

/** Why a cell is not what its column holds. */
export type TroubleWhy =
  | "noAmount"
  /** No day that the calendar has. */
  | "noDay"
  /** A day after the last one of which a bank can tell. */
  | "future"
  /** The file has no column of that name. */
  | "noColumn"
  /** The same column is chosen for something else. */
  | "twice"
  /** The column holds what stood on the account, not what came. */
  | "balance";

/** A line that cannot be read, and why. */
export type BankLineTrouble = {
  readonly line: number;
  readonly column: string;
  readonly cell: string;
  readonly why: TroubleWhy;
};

/** A statement as its columns read it. */
export type ReadStatement = {
  readonly lines: readonly BankLine[];
  readonly troubles: readonly BankLineTrouble[];
  /** Where the amounts do not lead from one balance to the next; null where they do, or where the file has no balance. */
  readonly broken: BrokenRun | null;
};

/** Statements longer than this are handed in in parts. */
export const bankLinesMax = 20_000;

/** Below the lines many banks write their sums. */
const totalWords =
  /^(?:本页|本期|本月|本日|累计|借方|贷方)?(?:合计|总计|小计|共计|合計|小計|总笔数)|^(?:sub|grand )?total/iu;

type Cells = readonly (readonly string[])[];
type Places = { readonly [C in keyof BankColumns]: number };

/**
 * Reads a statement's cells by its columns. A head that is missing or a cell that is not what its column holds is a trouble; a line may
 * have several.
 *
 * @param latest the last day that a line may bear
 */
export function readBankLines(cells: Cells, columns: BankColumns, latest: string): ReadStatement {
  const head = cells.findIndex((line) => [columns.day, columns.moneyIn].every((name) => placeOf(line, name) >= 0));
  const heads = cells[head];
  if (heads === undefined)
    return { lines: [], troubles: [{ line: 1, column: columns.day, cell: "", why: "noColumn" }], broken: null };
  const places = placesOf(heads, columns);
  const wrong = wrongColumns(heads, columns, places, head + 1);
  if (wrong.length > 0) return { lines: [], troubles: wrong, broken: null };
  const lines: BankLine[] = [];
  const troubles: BankLineTrouble[] = [];
  const run: RunLine[] = [];
  const balanceAt = places.balance < 0 ? balancePlace(heads) : places.balance;
  for (const [nth, line] of cells.entries()) {
    if (nth <= head || line.every((cell) => cell.trim() === "")) continue;
    const read = readLine(line, columns, places, { line: nth + 1, latest });
    if (read === null) continue;
    if (Array.isArray(read)) troubles.push(...(read as readonly BankLineTrouble[]));
    else {
      const taken = read as BankLine;
      lines.push(taken);
      run.push({
        line: nth + 1,
        day: taken.day,
        amount: taken.amount,
        balance: amountOf((line[balanceAt] ?? "").trim()) ?? null,
      });
    }
  }
  return { lines, troubles, broken: brokenRun(run) };
}

function placesOf(heads: readonly string[], columns: BankColumns): Places {
  const at = (name: string | null): number => (name === null ? -1 : placeOf(heads, name));
  return {
    day: at(columns.day),
    time: at(columns.time),
    moneyIn: at(columns.moneyIn),
    moneyOut: at(columns.moneyOut),
    balance: at(columns.balance),
    counterparty: at(columns.counterparty),
    text: at(columns.text),
    reference: at(columns.reference),
  };
}

/** An amount that is read from the day's or the balance's column is none, whatever its cells hold. */
function wrongColumns(
  heads: readonly string[],
  columns: BankColumns,
  places: Places,
  line: number,
): readonly BankLineTrouble[] {
  const named = balancePlace(heads);
  const whyOf = (of: "moneyIn" | "moneyOut"): TroubleWhy | null => {
    const place = places[of];
    if (place < 0) return null;
    if (place === places.balance || place === named) return "balance";
    return place === places.day || (of === "moneyOut" && place === places.moneyIn) ? "twice" : null;
  };
  return (["moneyIn", "moneyOut"] as const).flatMap((of) => {
    const why = whyOf(of);
    return why === null ? [] : [{ line, column: columns[of] ?? "", cell: "", why }];
  });
}

/** A line, what is wrong with it, or null for one that is none. */
function readLine(
  line: readonly string[],
  columns: BankColumns,
  places: Places,
  { line: ofFile, latest }: { readonly line: number; readonly latest: string },
): BankLine | readonly BankLineTrouble[] | null {
  const cell = (of: keyof BankColumns): string => (places[of] < 0 ? "" : (line[places[of]] ?? "").trim());
  const day = dayOf(cell("day"));
  const into = amountOf(cell("moneyIn"));
  const out = amountOf(cell("moneyOut"));
  const isDay = day !== null && isDate(day);
  // below the lines many banks write sums and notices: they have no day
  if (day === null && ((into === null && out === null) || line.some((each) => totalWords.test(each.trim()))))
    return null;
  const wrong: BankLineTrouble[] = [];
  const add = (of: "day" | "moneyIn" | "moneyOut", why: TroubleWhy): void =>
    void wrong.push({ line: ofFile, column: columns[of] ?? columns.moneyIn, cell: cell(of), why });
  if (!isDay) add("day", "noDay");
  else if (day > latest) add("day", "future");
  if (into === undefined || (into === null && out === null)) add("moneyIn", "noAmount");
  if (out === undefined) add("moneyOut", "noAmount");
  if (day === null || wrong.length > 0) return wrong;
  return {
    day,
    time: cell("time"),
    amount: (into ?? 0) - Math.abs(out ?? 0),
    balance: amountOf(cell("balance")) ?? null,
    counterparty: cell("counterparty"),
    text: cell("text"),
    reference: cell("reference"),
  };
}

/** `2026-11-20`, `2026/11/20`, `20261120`, each with a time behind it or not; null when it is not written as a day. */
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

/** Whether a file has a line of heads at all: two cells or more beside each other, and none of them a day or an amount. */
export function hasHeads(cells: Cells): boolean {
  const isValue = (cell: string): boolean => dayOf(cell) !== null || typeof amountOf(cell) === "number";
  return cells.some((line) => {
    const full = line.map((cell) => cell.trim()).filter((cell) => cell !== "");
    return full.length > 1 && !full.some(isValue);
  });
}
