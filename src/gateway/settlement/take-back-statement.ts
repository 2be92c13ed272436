import { cashAccount } from "../../contract/item-classes.ts";
import type { Instant, Random } from "../../domain/clock.ts";
import { instantOfLocal } from "../../domain/local-time.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { missingFrom } from "../../domain/settlement/match-deposits.ts";
import { audit } from "../audit/audit.ts";
import { depositDueKind } from "../cash/deposit.ts";
import { addJob } from "../jobs/jobs.ts";
import type { DepositRow } from "../store/cash-tables.ts";
import type { BankLineRow } from "../store/settlement-tables.ts";
import { json, type Database } from "../store/database.ts";
import type { PayingAccount } from "./bank-credits.ts";
import { matchBank, oneBankWithPaying } from "./match-bank.ts";
import { freeDeposit } from "./match-deposits.ts";
import { planBankMatch } from "./plan-bank-match.ts";
import { forgetCredits } from "./say-credits.ts";
import { linesOf, sharedLines, standingStatements, type Statement } from "./shared-lines.ts";
import { takeApart } from "./take-apart.ts";

type Bank = { readonly store: string; readonly id: string };

/** Which statement is taken back, and why. */
export type StatementBack = { readonly bank: Bank; readonly statement: string; readonly reason: string };
export type BackBy = { readonly who: string; readonly secondPerson: string | null };

/**
 * Takes a statement back that was handed in: its lines go, unless another statement that stands has them too; what they had brought is
 * posted in red and looked at again among the lines that are left. Its bytes stay, and the same file may come again.
 *
 * @param agree who does it, asked only once it is known what goes
 * @returns how many lines went; `notFound` also where it was taken back before; `columnsUnknown` where nobody can say which of its lines
 *   another one has: then nothing goes
 */
export async function takeBackStatement<Refusal>(
  step: Database,
  { random }: { readonly random: Random },
  { bank, statement, reason }: StatementBack,
  paying: readonly PayingAccount[],
  agree: () => Promise<Result<BackBy, Refusal>>,
  at: Instant,
): Promise<Result<number, Refusal | "notFound" | "columnsUnknown">> {
  await oneBankWithPaying(step, bank, paying);
  const standing = await standingStatements(step, bank);
  const taken = standing.find(({ id }) => id === statement);
  if (taken === undefined) return refuse("notFound");
  const others = standing.filter(({ id }) => id !== statement);
  const shared = await sharedLines(step, bank, taken, others);
  if (!shared.ok) return shared;
  const agreed = await agree();
  if (!agreed.ok) return agreed;
  const by = agreed.value;
  await step
    .updateTable("bank_statement")
    .set({ taken_back_at: at, taken_back_by: by.who, taken_back_with: by.secondPerson, taken_back_why: reason })
    .where("store", "=", bank.store)
    .where("id", "=", statement)
    .execute();
  await keepShared(step, bank, shared.value);
  const gone = await linesOf(step, bank, statement);
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

/** Lines that another statement has as well are that one's from now on. */
async function keepShared(step: Database, bank: Bank, shared: ReadonlyMap<string, string>): Promise<void> {
  for (const statement of new Set(shared.values()))
    await step
      .updateTable("bank_line")
      .set({ statement })
      .where("store", "=", bank.store)
      .where("bank", "=", bank.id)
      .where(
        "id",
        "in",
        [...shared].filter(([, other]) => other === statement).map(([id]) => id),
      )
      .execute();
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

/**
 * The next file is read as the last one that stands and of which the columns are known; else as the last of all was. Where none stands, by
 * what its heads suggest: what was taken back may have been read wrongly.
 */
async function usualColumns(step: Database, bank: Bank, standing: readonly Statement[]): Promise<void> {
  const last = standing.findLast(({ columns }) => columns !== null);
  // without any columns nobody could say any more what the older ones that stand hold
  if (last === undefined && standing.length > 0) return;
  await step
    .updateTable("bank_account")
    .set({ columns: json(last?.columns ?? {}) })
    .where("store", "=", bank.store)
    .where("id", "=", bank.id)
    .execute();
}
