import { plusMs, type Instant } from "../../domain/clock.ts";
import { isFinal } from "../../domain/payment-attempt.ts";
import { addJob } from "../jobs/jobs.ts";
import type { ProviderTimings } from "../provider.ts";
import { json, type Database } from "../store/database.ts";
import type { Attempt } from "./attempt.ts";
import type { PaymentEngine } from "./engine.ts";

/** Kind of the one job that looks after an attempt until nothing can happen to it any more. */
export const watchKind = "watchAttempt";

/** When an attempt has to be looked at next; null when never again. */
export function nextLook(attempt: Attempt, timings: ProviderTimings, now: Instant): Instant | null {
  const { state, memo } = attempt;
  if (state.kind === "captured" && state.refundOwed) return null;
  if (state.kind === "captured") return attempt.freed ? plusMs(attempt.createdAt, timings.abandonNotBeforeMs) : null;
  if (isFinal(state)) return memo.lateQueried || attempt.account === null ? null : plusMs(now, timings.lateQueryMs);
  if (state.kind === "reversing" || state.kind === "closing") {
    const pauses = timings.reverseRetryMs;
    const pause = memo.reversals === 0 ? 0 : (pauses[memo.reversals - 1] ?? pauses.at(-1) ?? 0);
    return plusMs(now, pause);
  }
  const reverseAt = reverseDue(attempt, timings);
  const query = timings.queryAfterMs[memo.queries];
  return query === undefined ? reverseAt : (Math.min(plusMs(memo.base, query), reverseAt) as Instant);
}

/** When the gateway stops asking and reverses: its own time is up, or the till has given up, but not too soon for the provider. */
export function reverseDue(attempt: Attempt, timings: ProviderTimings): Instant {
  const own = plusMs(attempt.memo.base, timings.reverseAfterMs);
  const given = plusMs(attempt.createdAt, timings.abandonNotBeforeMs);
  return attempt.memo.abandoned ? (Math.min(own, given) as Instant) : own;
}

/** Adds the job in the SQL transaction that stores the attempt: whatever dies afterwards, somebody looks. */
export async function planWatch(step: Database, attempt: Attempt, timings: ProviderTimings): Promise<void> {
  const dueAt = nextLook(attempt, timings, attempt.createdAt) ?? attempt.createdAt;
  await addJob(step, {
    store: attempt.store,
    id: `${watchKind}/${attempt.id}`,
    kind: watchKind,
    subject: attempt.id,
    payload: null,
    dueAt,
  });
}

/**
 * Sets the job to the attempt's new state: after the charge's answer, or an abandonment. Adds it where it had ended.
 *
 * @param known the timings of the attempt's account where the caller has them
 */
export async function rebaseWatch(
  step: Database,
  engine: PaymentEngine,
  attempt: Attempt,
  known: ProviderTimings | null = null,
): Promise<void> {
  if (attempt.account === null) return;
  const timings = known ?? (await engine.accounts.byId(step, attempt.account)).timings;
  const dueAt = nextLook(attempt, timings, engine.parts.clock.now());
  const id = `${watchKind}/${attempt.id}`;
  if (dueAt === null) {
    await step.deleteFrom("job").where("store", "=", attempt.store).where("id", "=", id).execute();
    return;
  }
  await step
    .insertInto("job")
    .values({
      store: attempt.store,
      id,
      kind: watchKind,
      subject: attempt.id,
      payload: json(null),
      due_at: dueAt,
      tries: 0,
      claimed_until: null,
    })
    .onConflict((conflict) => conflict.columns(["store", "id"]).doUpdateSet({ due_at: dueAt }))
    .execute();
}
