import type { Instant } from "../../domain/clock.ts";
import { payerWords } from "../../domain/settlement/match-payouts.ts";
import { addJob } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { matchBank, type PayingAccount } from "./match-bank.ts";

/** Every provider account, whose payouts come to the shop's banks, with the words by which a bank names its payer. */
export async function payingAccounts(step: Database, accounts: Accounts): Promise<readonly PayingAccount[]> {
  const rows = await step.selectFrom("provider_account").select(["id", "home_store"]).orderBy("id").execute();
  const paying: PayingAccount[] = [];
  for (const { id, home_store: homeStore } of rows) {
    const { provider } = await accounts.byId(step, id);
    paying.push({ id, homeStore, words: payerWords[provider.channel] ?? [] });
  }
  return paying;
}

/** Kind of the job that looks at the banks again after a fund flow. */
export const bankMatchKind = "bankMatch";

/** Sees to it that the banks' credits are held against what a flow says, in the SQL transaction that takes it in. */
export async function planBankMatch(
  step: Database,
  flow: { readonly store: string; readonly id: string },
  at: Instant,
): Promise<void> {
  const job = { store: flow.store, kind: bankMatchKind, subject: flow.id, payload: null, dueAt: at };
  await addJob(step, { ...job, id: `${bankMatchKind}/${flow.id}` });
}

/** Holds the credits of every bank, also those that wait, against the payouts that the fund flows tell of by now. */
export async function matchEveryBank({ parts, accounts }: Pick<PaymentEngine, "parts" | "accounts">): Promise<void> {
  const { database, clock } = parts;
  const banks = await database.selectFrom("bank_account").select(["store", "id"]).orderBy("id").execute();
  for (const bank of banks)
    await inTransaction(database, async (step) =>
      matchBank(step, bank, await payingAccounts(step, accounts), clock.now()),
    );
}

/** `matchEveryBank` as a job. */
export async function bankMatchWork(engine: PaymentEngine): Promise<JobOutcome> {
  await matchEveryBank(engine);
  return { kind: "done" };
}
