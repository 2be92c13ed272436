import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import { raiseException } from "../books/exceptions.ts";
import type { Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { AttemptAbandoned } from "../journal/project.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { freshMemo, type Attempt } from "./attempt.ts";
import { oweForAttempt } from "./owe-refund.ts";
import { insertAttempt, lockAttempt, saveAttempt, tellStory } from "./attempt-store.ts";
import { announce, type PaymentEngine } from "./engine.ts";
import { rebaseWatch } from "./watch-plan.ts";

/**
 * The till gave up (ISO 8583's 0420): it came as a fact of its journal. An id never seen becomes a tombstone, so that a PUT
 * still on its way finds it closed; one that is open is undone as soon as the provider allows; a captured one stays the
 * sale's unless the till freed the sale, and then it is given back.
 */
export async function abandonWork(engine: PaymentEngine, job: Job): Promise<JobOutcome> {
  const word = job.payload as AttemptAbandoned;
  const now = engine.parts.clock.now();
  const attempt = await inTransaction(engine.parts.database, async (step) => {
    const known = await lockAttempt(step, job.store as StoreId, job.subject as PaymentId);
    if (known !== null) return abandonKnown(step, engine, known, word, now);
    const stone = tombstone(job, word, now);
    if (await insertAttempt(step, { attempt: stone, series: 0, journalNumber: null, deadline: now, codeHash: null })) {
      await tellStory(step, stone, now, "closedUnseen", { till: word.till });
      return stone;
    }
    const raced = await lockAttempt(step, job.store as StoreId, job.subject as PaymentId);
    return raced === null ? stone : abandonKnown(step, engine, raced, word, now);
  });
  announce(engine, attempt);
  engine.wake();
  return { kind: "done" };
}

async function abandonKnown(
  step: Database,
  engine: PaymentEngine,
  attempt: Attempt,
  word: AttemptAbandoned,
  now: Instant,
): Promise<Attempt> {
  if (attempt.till !== word.till) {
    await tellStory(step, attempt, now, "abandonedByOther", { till: word.till });
    return attempt;
  }
  await tellStory(step, attempt, now, "abandoned", { freed: word.freed, approvedBy: word.approvedBy });
  if (word.freed && attempt.state.kind === "captured" && (await isTenderOfSale(step, attempt))) {
    const detail = {
      amount: attempt.amount,
      detail: "given up and freed, but a completed sale counts it",
      staff: null,
    };
    await raiseException(
      step,
      { store: attempt.store, kind: "captureOnCompletedSale", subject: attempt.id, detail },
      now,
    );
    return attempt;
  }
  const freed = attempt.freed || word.freed;
  const isOwed = freed && attempt.presentment === "merchant" && attempt.state.kind === "captured";
  const state = isOwed && attempt.state.kind === "captured" ? { ...attempt.state, refundOwed: true } : attempt.state;
  const saved = await saveAttempt(step, { ...attempt, freed, state, memo: { ...attempt.memo, abandoned: true } }, now);
  // a code that the shop showed is not reversed: what was paid goes back as a refund
  if (isOwed) await oweForAttempt(step, saved, "freed", now);
  await rebaseWatch(step, engine, saved);
  return saved;
}

async function isTenderOfSale(step: Database, attempt: Attempt): Promise<boolean> {
  const row = await step
    .selectFrom("sale_tender")
    .select("sale")
    .where("store", "=", attempt.store)
    .where("attempt", "=", attempt.id)
    .executeTakeFirst();
  return row !== undefined;
}

function tombstone(job: Job, word: AttemptAbandoned, now: Instant): Attempt {
  return {
    store: job.store as StoreId,
    id: job.subject as PaymentId,
    till: word.till as TillId,
    sale: word.sale as SaleId,
    account: null,
    channel: null,
    presentment: "consumer",
    amount: null,
    state: { kind: "closed" },
    freed: word.freed,
    version: 1,
    memo: { ...freshMemo, base: now, abandoned: true, lateQueried: true },
    snapshot: null,
    businessDate: "",
    createdAt: now,
  };
}
