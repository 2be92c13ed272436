import { payerWords } from "../../domain/settlement/match-payouts.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { PayingAccount } from "./bank-credits.ts";
import { matchBank } from "./match-bank.ts";

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
