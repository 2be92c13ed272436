import { cashAccount } from "../../contract/item-classes.ts";
import { bankColumns } from "../../contract/statements.ts";
import type { Instant, Random } from "../../domain/clock.ts";
import { instantOfLocal } from "../../domain/local-time.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { bankLinesMax, readBankLines } from "../../domain/settlement/bank-lines.ts";
import { missingFrom } from "../../domain/settlement/match-deposits.ts";
import { audit } from "../audit/audit.ts";
import { depositDueKind } from "../cash/deposit.ts";
import { addJob } from "../jobs/jobs.ts";
import { readTable } from "../read-table.ts";
import type { DepositRow } from "../store/cash-tables.ts";
import type { BankLineRow, BankStatementRow } from "../store/settlement-tables.ts";
import { json, type Database } from "../store/database.ts";
import type { PayingAccount } from "./bank-credits.ts";
import { matchBank, oneBankWithPaying } from "./match-bank.ts";
import { freeDeposit } from "./match-deposits.ts";
import { planBankMatch } from "./plan-bank-match.ts";
import { forgetCredits } from "./say-credits.ts";
import { takeApart } from "./take-apart.ts";
import { namedLines } from "./take-statement.ts";

type Bank = { readonly store: string; readonly id: string };

/** Which statement is taken back, and why. */
export type StatementBack = { readonly bank: Bank; readonly statement: string; readonly reason: string };
export type BackBy = { readonly who: string; readonly secondPerson: string | null };

/** Any day at all: what was once taken is read as it was. */
const anyDay = "9999-12-31";

/**
 * Takes a statement back that was handed in: its lines go, unless another statement that stands has them too; what they had brought is
 * posted in red and looked at again among the lines that are left. Its bytes stay, and the same file may come again.
 *
 * @returns how many lines went; `notFound` also where it was taken back before
 */
export async function takeBackStatement(
  step: Database,
  { random }: { readonly random: Random },
  { bank, statement, reason }: StatementBack,
  paying: readonly PayingAccount[],
  by: BackBy,
  at: Instant,
): Promise<Result<number, "notFound">> {
  await oneBankWithPaying(step, bank, paying);
  const standing = await standingStatements(step, bank);
  const taken = standing.find(({ id }) => id === statement);
  if (taken === undefined) return refuse("notFound");
  await step
    .updateTable("bank_statement")
    .set({ taken_back_at: at, taken_back_by: by.who, taken_back_with: by.secondPerson, taken_back_why: reason })
    .where("store", "=", bank.store)
    .where("id", "=", statement)
    .execute();
  const others = standing.filter(({ id }) => id !== statement);
  const gone = await leftLines(step, bank, taken, others);
  for (const line of gone) await freeLine(step, bank, line, at);
  await forgetCredits(step, bank, gone, at);
  await dropLines(step, bank, gone);
  await usualColumns(step, bank, others);
  await matchBank(step, bank, paying, at);
  // what another bank's line had brought beside it is looked at there
  await planBankMatch(step, { store: bank.store, id: `takenBack/${bank.id}` }, at);
  const before = { name: taken.name, lines: gone.length };
  const entry = { store: bank.store, act: "statementTakenBack", subject: bank.id, ...by, reason, at } as const;
  await audit(step, random, { ...entry, before });
  return ok(gone.length);
}

type Statement = Pick<BankStatementRow, "id" | "name" | "lines" | "columns">;

/** Those that nobody has taken back, the oldest first. */
async function standingStatements(step: Database, bank: Bank): Promise<readonly Statement[]> {
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

/** The lines that nothing but this statement has; those that another one has as well are that one's from now on. */
async function leftLines(
  step: Database,
  bank: Bank,
  { id }: Statement,
  others: readonly Statement[],
): Promise<readonly BankLineRow[]> {
  let left: readonly BankLineRow[] = await linesOf(step, bank, id);
  for (const other of others) {
    // one whose own lines are all that it has shares none
    if (left.length === 0 || (await linesOf(step, bank, other.id)).length === other.lines) continue;
    const names = await namesIn(step, bank, other);
    const shared = left.filter((line) => names.has(line.id)).map((line) => line.id);
    if (shared.length === 0) continue;
    left = left.filter((line) => !names.has(line.id));
    await step
      .updateTable("bank_line")
      .set({ statement: other.id })
      .where("store", "=", bank.store)
      .where("bank", "=", bank.id)
      .where("id", "in", shared)
      .execute();
  }
  return left;
}

function linesOf(step: Database, bank: Bank, statement: string): Promise<readonly BankLineRow[]> {
  return step
    .selectFrom("bank_line")
    .selectAll()
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("statement", "=", statement)
    .orderBy("id")
    .execute();
}

/** What a statement's lines are called, by the columns it was read by; those of one from before by the bank's usual ones. */
async function namesIn(step: Database, bank: Bank, { id, columns }: Statement): Promise<ReadonlySet<string>> {
  const { bytes } = await step
    .selectFrom("bank_statement")
    .select("bytes")
    .where("store", "=", bank.store)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const usual = await step
    .selectFrom("bank_account")
    .select("columns")
    .where("store", "=", bank.store)
    .where("id", "=", bank.id)
    .executeTakeFirstOrThrow();
  const by = bankColumns.safeParse(columns ?? usual.columns);
  const table = await readTable(bytes, bankLinesMax);
  if (!by.success || !table.ok) return new Set();
  return new Set(namedLines(readBankLines(table.value, by.data, anyDay).lines).map((line) => line.id));
}

/** Takes from a line what it had brought. */
async function freeLine(step: Database, bank: Bank, line: BankLineRow, at: Instant): Promise<void> {
  const brought = await step
    .selectFrom("bank_match")
    .select(["account", "payout"])
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("line", "=", line.id)
    .execute();
  for (const { account, payout } of brought) {
    if (account !== cashAccount) {
      await takeApart(step, { account, number: payout }, at);
      continue;
    }
    const deposit = await depositAt(step, bank, payout);
    if (deposit === null) continue;
    await freeDeposit(step, bank, line, deposit, at);
    await lookAgain(step, deposit, at);
  }
}

async function depositAt(step: Database, bank: Bank, id: string): Promise<DepositRow | null> {
  const row = await step
    .selectFrom("deposit")
    .selectAll()
    .where("bank_store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Somebody looks again whether it came in time. */
async function lookAgain(step: Database, { store, id, day }: DepositRow, at: Instant): Promise<void> {
  const { zone } = await step.selectFrom("store").select("zone").where("id", "=", store).executeTakeFirstOrThrow();
  const over = instantOfLocal(missingFrom(day), 0, zone);
  const job = { store, id: `${depositDueKind}/${id}`, kind: depositDueKind, subject: id, payload: null };
  await addJob(step, { ...job, dueAt: over > at ? over : at });
}

async function dropLines(step: Database, bank: Bank, lines: readonly BankLineRow[]): Promise<void> {
  if (lines.length === 0) return;
  await step
    .deleteFrom("bank_line")
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("statement", "in", [...new Set(lines.map(({ statement }) => statement))])
    .execute();
}

/** The next file is read as the last one that stands was. */
async function usualColumns(step: Database, bank: Bank, standing: readonly Statement[]): Promise<void> {
  await step
    .updateTable("bank_account")
    .set({ columns: json(standing.at(-1)?.columns ?? {}) })
    .where("store", "=", bank.store)
    .where("id", "=", bank.id)
    .execute();
}
