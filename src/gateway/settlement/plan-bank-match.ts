import type { Instant } from "../../domain/clock.ts";
import { addJob } from "../jobs/jobs.ts";
import type { Database } from "../store/database.ts";

/** Kind of the job that looks at the banks again after a fund flow. */
export const bankMatchKind = "bankMatch";

/** Sees to it that the banks' credits are held against what is known by now, in the SQL transaction of `cause` that changed it. */
export async function planBankMatch(
  step: Database,
  cause: { readonly store: string; readonly id: string },
  at: Instant,
): Promise<void> {
  const job = { store: cause.store, kind: bankMatchKind, subject: cause.id, payload: null, dueAt: at };
  await addJob(step, { ...job, id: `${bankMatchKind}/${cause.id}` });
}
