import { bankColumns } from "../../contract/statements.ts";
import { isDate } from "../../domain/local-time.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { bankLinesMax, readBankLines } from "../../domain/settlement/bank-lines.ts";
import { readTable } from "../read-table.ts";
import type { BankLineRow, BankStatementRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import { namedLines } from "./take-statement.ts";

type Bank = { readonly store: string; readonly id: string };

/** What is looked at of a statement that stands. */
export type Statement = Pick<BankStatementRow, "id" | "name" | "lines" | "columns">;

/** Any day at all: what was once taken is read as it was. */
const anyDay = "9999-12-31";

/** Those that nobody has taken back, the oldest first. */
export async function standingStatements(step: Database, bank: Bank): Promise<readonly Statement[]> {
  return step
    .selectFrom("bank_statement")
    .select(["id", "name", "lines", "columns"])
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("taken_back_at", "is", null)
    .orderBy("at")
    .orderBy("id")
    .execute();
}

/** The lines that are kept under a statement: those that no earlier one had. */
export function linesOf(step: Database, bank: Bank, statement: string): Promise<readonly BankLineRow[]> {
  return step
    .selectFrom("bank_line")
    .selectAll()
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("statement", "=", statement)
    .orderBy("id")
    .execute();
}

/**
 * Which of a statement's lines another standing one has as well, each with the oldest that does. `columnsUnknown` where nobody can say: one
 * of the others has lines that are kept under a third, and it reads by no columns that are known as it was read when it came.
 */
export async function sharedLines(
  step: Database,
  bank: Bank,
  { id, columns }: Statement,
  others: readonly Statement[],
): Promise<Result<ReadonlyMap<string, string>, "columnsUnknown">> {
  const left = new Set((await linesOf(step, bank, id)).map((line) => line.id));
  const maps = distinct([await usualOf(step, bank), columns, ...others.map((other) => other.columns)]);
  const shared = new Map<string, string>();
  for (const other of others) {
    if (left.size === 0) break;
    const own = await linesOf(step, bank, other.id);
    // one whose own lines are all that it has shares none
    if (own.length === other.lines) continue;
    const names = await namesIn(step, bank, other, own, maps);
    if (names === null) return refuse("columnsUnknown");
    for (const name of names) if (left.delete(name)) shared.set(name, other.id);
  }
  return ok(shared);
}

/**
 * What a statement's lines are called, by the columns it was read by; those of one from before they were written down by whichever of the
 * bank's columns read it as it was read. Null where none does.
 */
async function namesIn(
  step: Database,
  bank: Bank,
  { id, lines, columns }: Statement,
  own: readonly BankLineRow[],
  maps: readonly BankColumns[],
): Promise<ReadonlySet<string> | null> {
  const { bytes } = await step
    .selectFrom("bank_statement")
    .select("bytes")
    .where("store", "=", bank.store)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const table = await readTable(bytes, bankLinesMax);
  if (!table.ok) return null;
  const [known] = distinct([columns]);
  // a line of no real day was once taken, and is none any more
  const kept = own.filter(({ day }) => isDate(day));
  const fitting = (known === undefined ? maps : [known]).flatMap((by) => {
    const read = readBankLines(table.value, by, anyDay);
    const unreal = read.troubles.filter(({ why }) => why === "noDay").length;
    if (known === undefined && read.lines.length + unreal !== lines) return [];
    const names = new Set(namedLines(read.lines).map((line) => line.id));
    return kept.every((line) => names.has(line.id)) ? [names] : [];
  });
  return fitting.length === 0 ? null : new Set(fitting.flatMap((names) => [...names]));
}

/** The columns by which the bank's last file was read, as they are stored. */
async function usualOf(step: Database, bank: Bank): Promise<unknown> {
  const { columns } = await step
    .selectFrom("bank_account")
    .select("columns")
    .where("store", "=", bank.store)
    .where("id", "=", bank.id)
    .executeTakeFirstOrThrow();
  return columns;
}

/** Those of stored columns that are any. */
function distinct(stored: readonly unknown[]): readonly BankColumns[] {
  const maps = new Map<string, BankColumns>();
  for (const each of stored) {
    const read = bankColumns.safeParse(each);
    if (read.success) maps.set(JSON.stringify(read.data), read.data);
  }
  return [...maps.values()];
}
