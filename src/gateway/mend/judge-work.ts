import type { Instant } from "../../domain/clock.ts";
import { addJob, type Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { bigWork } from "../store/big-work.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { billedDays, judgeAgain } from "../reconcile/judge-again.ts";

/** Kind of the job that judges one day of an account anew; its subject is the account. */
export const judgeKind = "judgeAgain";

/**
 * Sees to it that every day of an account from `since` on whose bill is here is judged anew, in the SQL transaction of what changed
 * how it is judged. A job for each day: a year of them holds the account from nobody for long.
 */
export async function planJudging(step: Database, account: string, since: string, at: Instant): Promise<void> {
  const { home_store: homeStore } = await step
    .selectFrom("provider_account")
    .select("home_store")
    .where("id", "=", account)
    .executeTakeFirstOrThrow();
  // named by the moment too: one that runs already may have read what held before
  for (const day of await billedDays(step, { id: account, homeStore }, since))
    await addJob(step, {
      store: homeStore,
      id: `${judgeKind}/${account}/${day}/${at}`,
      kind: judgeKind,
      subject: account,
      payload: { day },
      dueAt: at,
    });
}

/**
 * The same from the first day on of which something is open: the minutes of matching decide nothing of what agrees, and an account on
 * which nothing is open has nothing to judge.
 */
export async function planJudgingOpen(step: Database, account: string, at: Instant): Promise<void> {
  const { since } = await step
    .selectFrom("difference")
    .select(({ fn }) => fn.min("day").as("since"))
    .where("account", "=", account)
    .where("state", "in", ["waiting", "break"])
    .where("day", "<>", "")
    .executeTakeFirstOrThrow();
  if (since !== null) await planJudging(step, account, since, at);
}

/** Judges a day of an account by what holds now. */
export async function judgeWork({ parts, accounts }: PaymentEngine, job: Job): Promise<JobOutcome> {
  const { day } = job.payload as { readonly day: string };
  const account = await accounts.byId(parts.database, job.subject);
  const matched = { id: job.subject, homeStore: job.store };
  await inTransaction(parts.database, async (step) => {
    await bigWork(step);
    await judgeAgain(step, matched, account.provider.bills, [day], parts.clock.now());
  });
  return { kind: "done" };
}
