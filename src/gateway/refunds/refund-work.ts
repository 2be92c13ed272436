import { invariant } from "../../domain/assert.ts";
import { makeId, type RefundId, type StoreId, type Tag } from "../../domain/identifier.ts";
import { isRefundOpen, type RefundEvent } from "../../domain/refund.ts";
import type { Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { Account } from "../payments/accounts.ts";
import { inTransaction } from "../store/database.ts";
import { lockAttempt, readAttempt } from "../payments/attempt-store.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { notifyUrl } from "../payments/notify-url.ts";
import type { RefundRequest } from "../provider.ts";
import type { RefundOutcome } from "../provider-outcome.ts";
import { applyRefund } from "./apply-refund.ts";
import type { Refund, RefundMemo } from "./refund.ts";
import { oweRefund } from "./owe.ts";
import { isReplaceable, nextRefundLook } from "./refund-plan.ts";
import { lockRefund, readRefund, saveRefund, tellRefund } from "./refund-store.ts";
import { refundEventOf, refundMemoOf, refundWordOf } from "./refund-outcome.ts";

/**
 * Pursues one refund until the payer has the money or a person must decide: sends it, asks what became of it, and sends the
 * same number again where the provider has none, or the shop's balance was short.
 */
export async function refundWork(engine: PaymentEngine, job: Job): Promise<JobOutcome> {
  const refund = await readRefund(engine.parts.database, job.store as StoreId, job.subject as RefundId);
  if (refund === null) return { kind: "done" };
  const after = await look(engine, refund);
  const next = nextRefundLook(after, engine.parts.clock.now());
  return next === null ? { kind: "done" } : { kind: "again", at: next };
}

async function look(engine: PaymentEngine, refund: Refund): Promise<Refund> {
  const { state } = refund;
  const account = await engine.accounts.byId(engine.parts.database, refund.account);
  if (state.kind === "owed") return send(engine, refund, account, { kind: "submitted" });
  if (state.kind === "failed" && state.reason === "shopBalance")
    return send(engine, refund, account, { kind: "resend" });
  if (isReplaceable(refund)) return replace(engine, refund);
  if (!isRefundOpen(state)) return refund;
  const request = await requestOf(engine, refund, account);
  const outcome = await account.provider.queryRefund(request, new AbortController().signal);
  // it never arrived: the same number makes no second refund
  if (outcome.kind === "notKnown") return sendAgain(engine, refund, request, account);
  return take(engine, refund, outcome, "queried", { queries: refund.memo.queries + 1 });
}

/** The provider closed it without paying it out: it is still owed, and goes on under a number of the gateway's own. */
async function replace(engine: PaymentEngine, refund: Refund): Promise<Refund> {
  const { clock, database, random } = engine.parts;
  const at = clock.now();
  return inTransaction(database, async (step) => {
    const attempt = await lockAttempt(step, refund.store, refund.attempt);
    const old = await lockRefund(step, refund.store, refund.id);
    const captured = attempt?.memo.captured ?? null;
    if (old === null || captured === null || !isReplaceable(old)) return old ?? refund;
    const { tag } = await step
      .selectFrom("tag")
      .select("tag")
      .where("store", "=", refund.store)
      .where("holder", "=", "gateway")
      .executeTakeFirstOrThrow();
    const id = makeId<RefundId>(at, tag as Tag, random);
    await tellRefund(step, old, at, "replaced", { by: id });
    const replaced = await saveRefund(step, { ...old, memo: { ...old.memo, replacedBy: id } }, at);
    await oweRefund(step, { ...old, id, captured: captured.order, replaces: old.memo.replaces + 1 }, at);
    return replaced;
  });
}

/** Stored as sent before it is sent: whatever dies, the next look asks. */
async function send(engine: PaymentEngine, refund: Refund, account: Account, event: RefundEvent): Promise<Refund> {
  const at = engine.parts.clock.now();
  const memo = { sentAt: at, sends: refund.memo.sends + 1, queries: 0 };
  const begun = await applyRefund(
    engine.parts.database,
    refund.store,
    refund.id,
    event,
    { kind: "sent", detail: { nth: memo.sends }, memo },
    at,
  );
  if (begun === null || !begun.changed) return begun?.refund ?? refund;
  const request = await requestOf(engine, begun.refund, account);
  const outcome = await account.provider.refund(request, new AbortController().signal);
  return take(engine, begun.refund, outcome, "answered", {});
}

async function sendAgain(
  engine: PaymentEngine,
  refund: Refund,
  request: RefundRequest,
  account: Account,
): Promise<Refund> {
  const outcome = await account.provider.refund(request, new AbortController().signal);
  return take(engine, refund, outcome, "answered", {
    sentAt: engine.parts.clock.now(),
    sends: refund.memo.sends + 1,
    queries: refund.memo.queries + 1,
  });
}

async function take(
  engine: PaymentEngine,
  refund: Refund,
  outcome: RefundOutcome,
  kind: string,
  memo: Partial<RefundMemo>,
): Promise<Refund> {
  const step = await applyRefund(
    engine.parts.database,
    refund.store,
    refund.id,
    refundEventOf(outcome, refund.amount),
    { kind, detail: refundWordOf(outcome), memo: { ...memo, ...refundMemoOf(outcome) } },
    engine.parts.clock.now(),
  );
  if (step === null) return refund;
  if (step.changed) engine.news.publish({ store: refund.store, till: refund.till, id: refund.id });
  return step.refund;
}

async function requestOf(engine: PaymentEngine, refund: Refund, account: Account): Promise<RefundRequest> {
  const attempt = await readAttempt(engine.parts.database, refund.store, refund.attempt);
  const captured = attempt?.memo.captured ?? null;
  invariant(captured !== null, "what is given back was captured");
  return {
    id: refund.id,
    payment: refund.attempt,
    providerTransactionId: captured.providerTransactionId,
    accountId: account.id,
    total: captured.order,
    amount: refund.amount,
    reason: reasons[refund.cause],
    submittedAt: refund.memo.sentAt ?? engine.parts.clock.now(),
    notifyUrl: notifyUrl(engine.parts.config, account.id, refund.store),
    withinMs: account.timings.askWithinMs,
  };
}

/** What the payer reads beside the refund in the wallet. */
const reasons: { readonly [C in Refund["cause"]]: string } = {
  return: "退货退款",
  tenderReturned: "退回付款",
  freed: "订单未成，退回付款",
  lateCapture: "订单已关闭，退回付款",
  reversalRefused: "订单未成，退回付款",
};
