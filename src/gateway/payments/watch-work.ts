import { plusMs } from "../../domain/clock.ts";
import type { PaymentId, StoreId } from "../../domain/identifier.ts";
import { isFinal } from "../../domain/payment-attempt.ts";
import { invariant } from "../../domain/assert.ts";
import { raiseException } from "../books/exceptions.ts";
import type { Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { AttemptReference } from "../provider.ts";
import type { ProviderOutcome } from "../provider-outcome.ts";
import type { Account } from "./accounts.ts";
import { applyEvent } from "./apply-event.ts";
import type { Attempt, AttemptMemo } from "./attempt.ts";
import { readAttempt } from "./attempt-store.ts";
import { announce, type PaymentEngine } from "./engine.ts";
import { eventOf, wordOf } from "./outcome.ts";
import { nextLook, reverseDue } from "./watch-plan.ts";

/** After so many reversals without success a person is shown it; the gateway goes on. */
const reversalsUntilShown = 10;

/**
 * Looks after one attempt: queries, and when its time is up or the till has given up, one last query and then the reversal,
 * repeated until it succeeds; afterwards one more query against a late yes. It never charges.
 */
export async function watchWork(engine: PaymentEngine, job: Job): Promise<JobOutcome> {
  const attempt = await readAttempt(engine.parts.database, job.store as StoreId, job.subject as PaymentId);
  if (attempt === null || attempt.account === null) return { kind: "done" };
  const account = await engine.accounts.byId(engine.parts.database, attempt.account);
  const after = await look(engine, attempt, account);
  const next = nextLook(after, account.timings, engine.parts.clock.now());
  return next === null ? { kind: "done" } : { kind: "again", at: next };
}

/** Asks the provider about an attempt now, whatever its state, and takes over what it says. Nothing when there is no such attempt. */
export async function askProvider(engine: PaymentEngine, store: StoreId, id: PaymentId): Promise<void> {
  const attempt = await readAttempt(engine.parts.database, store, id);
  if (attempt === null || attempt.account === null) return;
  const account = await engine.accounts.byId(engine.parts.database, attempt.account);
  await ask(engine, attempt, account, "lateQuery", {});
}

async function look(engine: PaymentEngine, attempt: Attempt, account: Account): Promise<Attempt> {
  const { state } = attempt;
  if (state.kind === "captured")
    return attempt.freed && attempt.presentment === "consumer" ? undo(engine, attempt, account) : attempt;
  if (isFinal(state)) return ask(engine, attempt, account, "lateQuery", { lateQueried: true });
  if (state.kind === "reversing") return reverse(engine, attempt, account);
  if (state.kind === "closing") return askThenClose(engine, attempt, account);
  if (engine.parts.clock.now() < reverseDue(attempt, account.timings)) {
    return ask(engine, attempt, account, "queried", { queries: attempt.memo.queries + 1 });
  }
  const asked = await ask(engine, attempt, account, "lastQuery", {});
  if (isFinal(asked.state))
    return asked.state.kind === "captured" && asked.freed && asked.presentment === "consumer"
      ? undo(engine, asked, account)
      : asked;
  return undo(engine, asked, account);
}

/** A query goes immediately before each close: whoever paid in the last second is adopted, not closed over. */
async function askThenClose(engine: PaymentEngine, attempt: Attempt, account: Account): Promise<Attempt> {
  const asked = await ask(engine, attempt, account, "lastQuery", {});
  return isFinal(asked.state) ? asked : close(engine, asked, account);
}

/** Asks the provider and takes over what it says. */
async function ask(
  engine: PaymentEngine,
  attempt: Attempt,
  account: Account,
  kind: string,
  memo: Partial<AttemptMemo>,
): Promise<Attempt> {
  const outcome = await account.provider.query(referenceOf(attempt, account), new AbortController().signal);
  return take(engine, attempt, outcome, kind, memo);
}

/** From here on the attempt is being undone; said to the till at once. */
async function undo(engine: PaymentEngine, attempt: Attempt, account: Account): Promise<Attempt> {
  const { clock, database } = engine.parts;
  const begun = await applyEvent(
    database,
    attempt.store,
    attempt.id,
    { kind: attempt.presentment === "merchant" ? "closeRequested" : "reverseRequested" },
    { kind: "reverseRequested", detail: { abandoned: attempt.memo.abandoned } },
    clock.now(),
  );
  if (begun === null || (begun.attempt.state.kind !== "reversing" && begun.attempt.state.kind !== "closing"))
    return begun?.attempt ?? attempt;
  announce(engine, begun.attempt);
  return begun.attempt.state.kind === "closing"
    ? close(engine, begun.attempt, account)
    : reverse(engine, begun.attempt, account);
}

/** Ends an order whose code was shown. "Already paid" without an amount is silence: the next pass asks first. */
async function close(engine: PaymentEngine, attempt: Attempt, account: Account): Promise<Attempt> {
  const answer = await account.provider.close(referenceOf(attempt, account), new AbortController().signal);
  const outcome: ProviderOutcome = neverCame(engine, attempt, account, answer) ? { kind: "closed" } : answer;
  const reversals = attempt.memo.reversals + 1;
  if (reversals === reversalsUntilShown && outcome.kind !== "closed" && outcome.kind !== "reversed")
    await showStuck(engine, attempt);
  return take(engine, attempt, outcome, "reversed", { reversals });
}

/**
 * Whether an order is over because the provider knows none of its number and no code of it was ever given to us: our request did
 * not come, and what nobody can scan nobody can pay. Not while that request may still be on its way.
 */
function neverCame(engine: PaymentEngine, attempt: Attempt, account: Account, answer: ProviderOutcome): boolean {
  const isUnknown = answer.kind === "silence" && answer.why === "notFound";
  const hasEnded = engine.parts.clock.now() >= plusMs(attempt.createdAt, account.timings.askWithinMs);
  return isUnknown && hasEnded && attempt.memo.prompt === null;
}

async function reverse(engine: PaymentEngine, attempt: Attempt, account: Account): Promise<Attempt> {
  const reference = referenceOf(attempt, account);
  const outcome = await account.provider.reverse(reference, new AbortController().signal);
  const reversals = attempt.memo.reversals + 1;
  if (outcome.kind !== "reversed") {
    if (reversals === reversalsUntilShown) await showStuck(engine, attempt);
    // only its own state can tell what there is to give back
    const isAsked = outcome.kind === "reversalRefused" && attempt.memo.captured === null;
    const known = isAsked ? await ask(engine, attempt, account, "lastQuery", {}) : attempt;
    return take(engine, known, outcome, "reversed", { reversals });
  }
  // Whether money had moved is only in the order's own state now: refunded, or revoked.
  const seen = await account.provider.query(reference, new AbortController().signal);
  const hadMoved =
    outcome.hadMoved === true || seen.kind === "refunded" || (seen.kind === "reversed" && seen.hadMoved === true);
  return take(engine, attempt, { kind: "reversed", hadMoved }, "reversed", { reversals });
}

async function take(
  engine: PaymentEngine,
  attempt: Attempt,
  outcome: ProviderOutcome,
  kind: string,
  memo: Partial<AttemptMemo>,
): Promise<Attempt> {
  const event = eventOf(outcome, attempt);
  const step = await applyEvent(
    engine.parts.database,
    attempt.store,
    attempt.id,
    event,
    { kind, detail: wordOf(outcome), memo },
    engine.parts.clock.now(),
  );
  if (step === null) return attempt;
  if (step.changed && step.attempt.state.kind !== attempt.state.kind) announce(engine, step.attempt);
  return step.attempt;
}

function referenceOf(attempt: Attempt, account: Account): AttemptReference {
  invariant(attempt.amount !== null, "an attempt with an account has an amount");
  return { id: attempt.id, accountId: account.id, amount: attempt.amount, withinMs: account.timings.askWithinMs };
}

async function showStuck(engine: PaymentEngine, attempt: Attempt): Promise<void> {
  const detail = { amount: attempt.amount, detail: `${reversalsUntilShown} reversals without success`, staff: null };
  await raiseException(
    engine.parts.database,
    { store: attempt.store, kind: "reversalStuck", subject: attempt.id, detail },
    engine.parts.clock.now(),
  );
}
