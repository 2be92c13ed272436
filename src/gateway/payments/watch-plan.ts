import { plusMs, type Instant } from "../../domain/clock.ts";
import { isFinal } from "../../domain/payment-attempt.ts";
import { addJob } from "../jobs/jobs.ts";
import type { ProviderTimings } from "../provider.ts";
import { json, type Database } from "../store/database.ts";
import { endsAt, type Attempt } from "./attempt.ts";
import type { PaymentEngine } from "./engine.ts";

/** Kind of the one job that looks after an attempt until nothing can happen to it any more. */
export const watchKind = "watchAttempt";

/** How long a shown code can be paid, where the account says nothing else. */
const codeLivesMsUsual = 120_000;
/** The order ends at the provider this much later than here: our own close comes first, and a query tells. */
export const providerOutlivesMs = 60_000;
/** How often an order whose code is shown is asked about, beside its notification. */
const shownQueryMs = 3_000;

/** How long a shown code can be paid. */
export function codeLivesMs(timings: ProviderTimings): number {
  return timings.codeLivesMs ?? codeLivesMsUsual;
}

/** When an attempt has to be looked at next; null when never again. */
export function nextLook(attempt: Attempt, timings: ProviderTimings, now: Instant): Instant | null {
  const { state, memo } = attempt;
  if (state.kind === "captured" && state.refundOwed) return null;
  if (state.kind === "captured")
    return attempt.freed && attempt.presentment === "consumer"
      ? plusMs(attempt.createdAt, timings.abandonNotBeforeMs)
      : null;
  if (isFinal(state)) return memo.lateQueried || attempt.account === null ? null : plusMs(now, timings.lateQueryMs);
  if (state.kind === "reversing" || state.kind === "closing") {
    const pauses = timings.reverseRetryMs;
    const pause = memo.reversals === 0 ? 0 : (pauses[memo.reversals - 1] ?? pauses.at(-1) ?? 0);
    return plusMs(now, pause);
  }
  const reverseAt = reverseDue(attempt, timings);
  if (attempt.presentment === "merchant") return Math.min(plusMs(now, shownQueryMs), reverseAt) as Instant;
  const query = timings.queryAfterMs[memo.queries];
  return query === undefined ? reverseAt : (Math.min(plusMs(memo.base, query), reverseAt) as Instant);
}

/**
 * When the gateway stops asking and ends it: its own time is up, or the till has given up. A charge is not reversed too soon
 * for the provider; a shown code is closed at once.
 */
export function reverseDue(attempt: Attempt, timings: ProviderTimings): Instant {
  const own = endsAt(attempt, timings);
  if (attempt.presentment === "merchant") return attempt.memo.abandoned ? attempt.createdAt : own;
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
 * Sets the job to the attempt's new state: after the charge's answer, or an abandonment. Adds it where it had ended, and takes it
 * from whoever is at it with what it knew before.
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
    .onConflict((conflict) => conflict.columns(["store", "id"]).doUpdateSet({ due_at: dueAt, claimed_until: null }))
    .execute();
}
