import type { PaymentId, RefundId, StoreId } from "../../domain/identifier.ts";
import { isId } from "../../domain/identifier.ts";
import { isFinal } from "../../domain/payment-attempt.ts";
import { applyLockedRefund } from "../refunds/apply-refund.ts";
import { refundEventOf, refundMemoOf, refundWordOf } from "../refunds/refund-outcome.ts";
import { lockRefund } from "../refunds/refund-store.ts";
import type { NotificationAnswer, NotificationMessage } from "../provider.ts";
import type { NotificationReading } from "../provider-outcome.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { Account } from "./accounts.ts";
import { applyLocked } from "./apply-event.ts";
import { lockAttempt, saveAttempt, tellStory } from "./attempt-store.ts";
import { announce, type PaymentEngine } from "./engine.ts";
import { eventOf, wordOf } from "./outcome.ts";
import { rebaseWatch } from "./watch-plan.ts";

type Known = Exclude<NotificationReading, { kind: "refused" | "ignored" }>;

/**
 * Takes a provider's notification, once, whatever comes twice or late: verified by its adapter, stored, applied in the SQL
 * transaction that stores it, and only then answered. One that contradicts what is over decides nothing: the provider is asked.
 *
 * @returns the provider's own answer; null when store and account do not belong together
 */
export async function takeNotification(
  engine: PaymentEngine,
  store: StoreId,
  accountId: string,
  message: NotificationMessage,
): Promise<NotificationAnswer | null> {
  const { database, log } = engine.parts;
  const account = (await engine.accounts.ofStore(database, store)).find((each) => each.id === accountId);
  if (account === undefined) return null;
  const { provider } = account;
  const reading = await provider.readNotification(accountId, message);
  if (reading.kind === "refused") {
    log.warn({ account: accountId, why: reading.why }, "notification refused");
    return provider.notificationAnswer("refused");
  }
  if (reading.kind !== "ignored") await apply(engine, store, account, reading);
  return provider.notificationAnswer("taken");
}

async function apply(engine: PaymentEngine, store: StoreId, account: Account, reading: Known): Promise<void> {
  const wake = await inTransaction(engine.parts.database, async (step) => {
    const at = engine.parts.clock.now();
    const subject = reading.kind === "payment" ? reading.id : reading.refund;
    const seen = await step
      .insertInto("notification_seen")
      .values({ store, account: account.id, id: reading.notification, kind: reading.kind, subject, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if ((seen.numInsertedOrUpdatedRows ?? 0n) === 0n) return null;
    return reading.kind === "payment"
      ? applyPayment(engine, step, store, account, reading)
      : applyRefundNews(engine, step, store, account, reading);
  });
  wake?.();
}

/** @returns what is to be done after the commit */
async function applyPayment(
  engine: PaymentEngine,
  step: Database,
  store: StoreId,
  account: Account,
  reading: Extract<Known, { kind: "payment" }>,
): Promise<(() => void) | null> {
  const at = engine.parts.clock.now();
  const attempt = isId(reading.id) ? await lockAttempt(step, store, reading.id as PaymentId) : null;
  if (attempt === null || attempt.account !== account.id) return null;
  const { outcome } = reading;
  const isOther = outcome.kind === "captured" && outcome.amounts.order !== attempt.amount?.amount;
  if (isFinal(attempt.state) || isOther) {
    await tellStory(step, attempt, at, "notified", { ...wordOf(outcome), isOther });
    // a yes to what is over, or of another amount, is asked about before anything follows from it
    const isKnown = attempt.state.kind === "captured" && outcome.kind === "captured" && !isOther;
    if (isKnown) return null;
    const asked = await saveAttempt(step, { ...attempt, memo: { ...attempt.memo, lateQueried: false } }, at);
    await rebaseWatch(step, engine, asked, { ...account.timings, lateQueryMs: 0 });
    return () => engine.wake();
  }
  const applied = await applyLocked(
    step,
    attempt,
    eventOf(outcome, attempt),
    { kind: "notified", detail: wordOf(outcome) },
    at,
  );
  await rebaseWatch(step, engine, applied.attempt, account.timings);
  return () => {
    announce(engine, applied.attempt);
    engine.wake();
  };
}

async function applyRefundNews(
  engine: PaymentEngine,
  step: Database,
  store: StoreId,
  account: Account,
  reading: Extract<Known, { kind: "refund" }>,
): Promise<(() => void) | null> {
  const at = engine.parts.clock.now();
  const refund = isId(reading.refund) ? await lockRefund(step, store, reading.refund as RefundId) : null;
  if (refund === null || refund.account !== account.id || refund.attempt !== reading.payment) return null;
  const applied = await applyLockedRefund(
    step,
    refund,
    refundEventOf(reading.outcome, refund.amount),
    { kind: "notified", detail: refundWordOf(reading.outcome), memo: refundMemoOf(reading.outcome) },
    at,
  );
  return () => {
    if (applied.changed) engine.news.publish({ store, till: refund.till, id: refund.id });
    engine.wake();
  };
}
