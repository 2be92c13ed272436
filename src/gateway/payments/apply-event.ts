import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, StoreId } from "../../domain/identifier.ts";
import { attemptAfter, type AttemptEvent, type AttemptState, type Capture } from "../../domain/payment-attempt.ts";
import { closeException, raiseException } from "../books/exceptions.ts";
import { capturedTransfers, reversedTransfers } from "../books/ledger.ts";
import { keepPayment, keepReversal, reversalUndone } from "../books/movement.ts";
import { post } from "../books/post.ts";
import { inTransaction, json, type Database } from "../store/database.ts";
import type { Attempt, AttemptMemo } from "./attempt.ts";
import { lockAttempt, saveAttempt, tellStory } from "./attempt-store.ts";
import { tellEvent } from "../webhooks/tell-event.ts";
import { oweForAttempt } from "./owe-refund.ts";

/** What one step did: the attempt afterwards, and whether anything changed that a till wants to hear. */
export type Step = { readonly attempt: Attempt; readonly changed: boolean };

export type StepParts = {
  readonly kind: string;
  readonly detail: unknown;
  /** Changes to what is remembered, whatever the event does. */
  readonly memo?: Partial<AttemptMemo>;
};

/**
 * Takes `event` into the attempt in one SQL transaction: row lock, transition, story, ledger, late capture. An event the
 * machine refuses is told in the story and leaves the state; what was counted (queries, reversals) counts all the same.
 */
export async function applyEvent(
  database: Database,
  store: StoreId,
  id: PaymentId,
  event: AttemptEvent,
  told: StepParts,
  at: Instant,
): Promise<Step | null> {
  return inTransaction(database, async (step) => {
    const before = await lockAttempt(step, store, id);
    return before === null ? null : applyLocked(step, before, event, told, at);
  });
}

/** The same for an attempt whose row the caller has locked. */
export async function applyLocked(
  step: Database,
  before: Attempt,
  heard: AttemptEvent,
  told: StepParts,
  at: Instant,
): Promise<Step> {
  const event = isClosedOverPayment(before, heard) ? { kind: "reversed" as const, moneyMoved: true } : heard;
  const { state: from, presentment, freed } = before;
  const { closeGivesBack } = before.memo;
  const after = attemptAfter({ state: from, presentment, freed, closeGivesBack }, event);
  await tellStory(step, before, at, told.kind, told.detail);
  if (!after.ok) {
    await tellStory(step, before, at, "eventRefused", after.refusal);
    return keep(step, before, { ...before, memo: { ...before.memo, ...told.memo } }, at);
  }
  const { state, lateCapture } = after.value;
  const isLate = lateCapture && event.kind === "captured";
  const isCapture = event.kind === "captured" || event.kind === "adopted";
  const captured = isCapture ? (before.memo.captured ?? event.capture) : before.memo.captured;
  const memo: AttemptMemo = {
    ...before.memo,
    ...told.memo,
    captured,
    lateCaptured: before.memo.lateCaptured || isLate,
  };
  const next: Attempt = { ...before, state, memo };
  if (!isLate) await book(step, before, next, at);
  if (isLate && !before.memo.lateCaptured) await keepLateCapture(step, next, event, at);
  if (state.kind === "reversed" && before.state.kind !== "reversed")
    await closeException(step, { store: next.store, kinds: ["reversalStuck"], subject: next.id }, "reversed", at);
  const kept = await keep(step, before, next, at);
  if (isRefundOwed(state) && !isRefundOwed(before.state))
    await oweForAttempt(step, next, event.kind === "reversalRefused" ? "reversalRefused" : "freed", at);
  return kept;
}

/** A closing or reversal sent again ends an order without saying that the first one, unheard, had given back what was paid. */
function isClosedOverPayment({ state, memo }: Attempt, { kind }: AttemptEvent): boolean {
  return kind === "closed" && (state.kind === "closing" || state.kind === "reversing") && memo.captured !== null;
}

async function keep(step: Database, before: Attempt, next: Attempt, at: Instant): Promise<Step> {
  if (JSON.stringify(next) === JSON.stringify(before)) return { attempt: before, changed: false };
  return { attempt: await saveAttempt(step, next, at), changed: true };
}

/** A capture is posted once, when first heard of; a reversal of it in red (`books.md` 10, rows 2 and 2b). */
async function book(step: Database, before: Attempt, after: Attempt, at: Instant): Promise<void> {
  const { captured } = after.memo;
  if (captured === null || after.account === null) return;
  const transfers = capturedTransfers(after.account, captured, after.snapshot?.taxes ?? []);
  const common = { store: after.store, subject: after.id, businessDate: after.businessDate };
  if (before.memo.captured === null) {
    await keepPayment(step, after, captured);
    await post(step, { ...common, posting: `${after.id}/captured`, event: "captured", transfers }, at);
    await tellCaptured(step, after, captured, at);
  }
  const undone = after.state.kind === "reversed" && before.state.kind !== "reversed";
  if (!undone) return;
  await keepReversal(step, after, captured, at);
  const red = { posting: `${after.id}/reversed`, event: "captureReversed", transfers: reversedTransfers(transfers) };
  await post(step, { ...common, ...red }, at);
}

async function tellCaptured(step: Database, attempt: Attempt, capture: Capture, at: Instant): Promise<void> {
  const { store, id, channel, sale } = attempt;
  const { order, receivable, providerTransactionId } = capture;
  const data = { payment: id, sale, channel, amount: order, receivable, providerTransaction: providerTransactionId };
  await tellEvent(step, { store, id: `payment.captured/${id}`, type: "payment.captured", subject: id, data }, at);
}

function isRefundOwed(state: AttemptState): boolean {
  return state.kind === "captured" && state.refundOwed;
}

/** Money that came when nobody waited for it any more: booked, shown to a person, and given back by itself. */
async function keepLateCapture(
  step: Database,
  attempt: Attempt,
  event: Extract<AttemptEvent, { kind: "captured" }>,
  at: Instant,
): Promise<void> {
  const { capture } = event;
  await step
    .insertInto("late_capture")
    .values({
      store: attempt.store,
      attempt: attempt.id,
      provider_transaction: capture.providerTransactionId,
      amount: capture.order.amount,
      currency: capture.order.currency,
      seen_at: at,
      settled_at: null,
      detail: json(capture),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (attempt.account !== null) {
    await keepPayment(step, attempt, capture);
    await reversalUndone(step, attempt, at);
    const transfers = capturedTransfers(attempt.account, capture, attempt.snapshot?.taxes ?? []);
    const common = { store: attempt.store, subject: attempt.id, businessDate: attempt.businessDate };
    await post(step, { ...common, posting: `${attempt.id}/lateCaptured`, event: "captured", transfers }, at);
    await oweForAttempt(step, attempt, "lateCapture", at);
  }
  const detail = {
    amount: capture.order,
    detail: `${attempt.state.kind}, then paid: ${capture.providerTransactionId}`,
    staff: null,
  };
  await raiseException(step, { store: attempt.store, kind: "lateCapture", subject: attempt.id, detail }, at);
}
