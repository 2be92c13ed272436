import { createHash } from "node:crypto";
import type { Instant } from "../../domain/clock.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { readBankLines, type BankLine, type BankLineTrouble } from "../../domain/settlement/bank-lines.ts";
import type { BrokenRun } from "../../domain/settlement/running-balance.ts";
import { json, type Database } from "../store/database.ts";
import { latestDay } from "./real-days.ts";

/** A statement that is handed in. */
export type NewStatement = {
  readonly store: string;
  readonly bank: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly cells: readonly (readonly string[])[];
  readonly columns: BankColumns;
  readonly by: string;
  /** Somebody has said that it is right although its balance does not run on by its amounts. */
  readonly despiteBalance?: boolean;
};

export type TakenStatement =
  | { readonly kind: "taken"; readonly lines: number; readonly fresh: number }
  /** The same file again. */
  | { readonly kind: "known" }
  /** Nothing of it counts: the lines that cannot be read, or the one at which its balance does not run on. */
  | { readonly kind: "refused"; readonly troubles: readonly BankLineTrouble[]; readonly broken: BrokenRun | null };

/** Keeps a bank's statement as it came, and its lines once each, however often a file has them. */
export async function takeStatement(step: Database, statement: NewStatement, at: Instant): Promise<TakenStatement> {
  const { store, bank, columns } = statement;
  const { zone } = await step.selectFrom("store").select("zone").where("id", "=", store).executeTakeFirstOrThrow();
  const read = readBankLines(statement.cells, columns, latestDay(at, zone));
  const broken = statement.despiteBalance === true ? null : read.broken;
  if (read.troubles.length > 0 || broken !== null) return { kind: "refused", troubles: read.troubles, broken };
  const sha256 = createHash("sha256").update(statement.bytes).digest();
  const id = `${bank}/${sha256.toString("hex").slice(0, 32)}`;
  const stored = await step
    .insertInto("bank_statement")
    .values({
      store,
      id,
      bank,
      name: statement.name,
      sha256,
      bytes: statement.bytes,
      lines: read.lines.length,
      handed_by: statement.by,
      at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((stored.numInsertedOrUpdatedRows ?? 0n) === 0n) return { kind: "known" };
  await step
    .updateTable("bank_account")
    .set({ columns: json(columns) })
    .where("store", "=", store)
    .where("id", "=", bank)
    .execute();
  let fresh = 0;
  const seen = new Map<string, number>();
  for (const line of read.lines) fresh += await keepLine(step, statement, id, line, seen);
  return { kind: "taken", lines: read.lines.length, fresh };
}

/** A line is itself by its reference, or by all that it says and its turn among lines that say the same. */
async function keepLine(
  step: Database,
  { store, bank }: NewStatement,
  statement: string,
  line: BankLine,
  seen: Map<string, number>,
): Promise<number> {
  const same = [line.day, line.time, line.amount, line.balance ?? "", line.counterparty, line.text, line.reference];
  const said = createHash("sha256").update(JSON.stringify(same)).digest("hex").slice(0, 24);
  const turn = (seen.get(said) ?? 0) + 1;
  seen.set(said, turn);
  const written = await step
    .insertInto("bank_line")
    .values({ store, bank, id: `${said}/${turn}`, ...line, statement })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(written.numInsertedOrUpdatedRows ?? 0n);
}
