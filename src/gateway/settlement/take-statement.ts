import { createHash } from "node:crypto";
import type { Instant } from "../../domain/clock.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { readBankLines, type BankLine, type BankLineTrouble } from "../../domain/settlement/bank-lines.ts";
import type { BrokenRun } from "../../domain/settlement/running-balance.ts";
import { json, type Database } from "../store/database.ts";
import { oneBankAtATime } from "./one-bank-at-a-time.ts";
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

/**
 * Keeps a bank's statement as it came, and its lines once each, however often a file has them. A file that was taken back counts as
 * another when it comes again.
 */
export async function takeStatement(step: Database, statement: NewStatement, at: Instant): Promise<TakenStatement> {
  const { store, bank, columns } = statement;
  const { zone } = await step.selectFrom("store").select("zone").where("id", "=", store).executeTakeFirstOrThrow();
  const read = readBankLines(statement.cells, columns, latestDay(at, zone));
  const broken = statement.despiteBalance === true ? null : read.broken;
  if (read.troubles.length > 0 || broken !== null) return { kind: "refused", troubles: read.troubles, broken };
  // one that is taken back meanwhile would take lines along that this one counts as known
  await oneBankAtATime(step, { store, id: bank });
  const id = await freshId(step, statement);
  if (id === null) return { kind: "known" };
  const { name, bytes, by } = statement;
  await step
    .insertInto("bank_statement")
    .values({
      store,
      id,
      bank,
      name,
      sha256: sha256Of(bytes),
      bytes,
      lines: read.lines.length,
      handed_by: by,
      at,
      columns: json(columns),
      taken_back_at: null,
      taken_back_by: null,
      taken_back_with: null,
      taken_back_why: null,
    })
    .execute();
  await step
    .updateTable("bank_account")
    .set({ columns: json(columns) })
    .where("store", "=", store)
    .where("id", "=", bank)
    .execute();
  let fresh = 0;
  for (const line of namedLines(read.lines)) fresh += await keepLine(step, statement, id, line);
  return { kind: "taken", lines: read.lines.length, fresh };
}

/** The statement's name among all; null where the same file stands. */
async function freshId(step: Database, { store, bank, bytes }: NewStatement): Promise<string | null> {
  const sha256 = sha256Of(bytes);
  const same = await step
    .selectFrom("bank_statement")
    .select("taken_back_at")
    .where("store", "=", store)
    .where("bank", "=", bank)
    .where("sha256", "=", sha256)
    .execute();
  if (same.some((each) => each.taken_back_at === null)) return null;
  const id = `${bank}/${sha256.toString("hex").slice(0, 32)}`;
  return same.length === 0 ? id : `${id}/${same.length + 1}`;
}

function sha256Of(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** A line with the name under which it is kept. */
export type NamedLine = BankLine & { readonly id: string };

/** A statement's lines with their names: a line is itself by all that it says, and by its turn among lines that say the same. */
export function namedLines(lines: readonly BankLine[]): readonly NamedLine[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const same = [line.day, line.time, line.amount, line.balance ?? "", line.counterparty, line.text, line.reference];
    const said = createHash("sha256").update(JSON.stringify(same)).digest("hex").slice(0, 24);
    const turn = (seen.get(said) ?? 0) + 1;
    seen.set(said, turn);
    return { ...line, id: `${said}/${turn}` };
  });
}

async function keepLine(
  step: Database,
  { store, bank }: NewStatement,
  statement: string,
  line: NamedLine,
): Promise<number> {
  const written = await step
    .insertInto("bank_line")
    .values({ store, bank, ...line, statement })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(written.numInsertedOrUpdatedRows ?? 0n);
}
