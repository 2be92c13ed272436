import type { Instant } from "../../domain/clock.ts";
import { add, money } from "../../domain/money.ts";
import type { RefundId, StoreId } from "../../domain/identifier.ts";
import { refundAfter, type RefundEvent } from "../../domain/refund.ts";
import type { TaxLine } from "../../domain/sale-totals.ts";
import { closeException, raiseException, sayAmount } from "../books/exceptions.ts";
import { reversedTransfers, type Transfer } from "../books/ledger.ts";
import { keepRefund, undoRefund } from "../books/movement.ts";
import { post } from "../books/post.ts";
import { acceptedTransfers, takenLessTransfers } from "../books/refund-transfers.ts";
import { tellEvent } from "../webhooks/tell-event.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { Refund, RefundMemo } from "./refund.ts";
import { isReplaceable } from "./refund-plan.ts";
import { lockRefund, refundsOf, saveRefund, tellRefund } from "./refund-store.ts";

export type RefundStep = { readonly refund: Refund; readonly changed: boolean };
type Told = { readonly kind: string; readonly detail: unknown; readonly memo?: Partial<RefundMemo> };

/** Takes `event` into the refund in one SQL transaction: row lock, transition, story, books. Null when there is none. */
export function applyRefund(
  database: Database,
  store: StoreId,
  id: RefundId,
  event: RefundEvent,
  told: Told,
  at: Instant,
): Promise<RefundStep | null> {
  return inTransaction(database, async (step) => {
    const before = await lockRefund(step, store, id);
    return before === null ? null : applyLockedRefund(step, before, event, told, at);
  });
}

/** The same for a refund whose row the caller has locked. An event the machine refuses is told and changes nothing. */
export async function applyLockedRefund(
  step: Database,
  before: Refund,
  event: RefundEvent,
  told: Told,
  at: Instant,
): Promise<RefundStep> {
  const after = refundAfter(before.state, event);
  await tellRefund(step, before, at, told.kind, told.detail);
  const memo: RefundMemo = { ...before.memo, ...told.memo };
  if (!after.ok) {
    await tellRefund(step, before, at, "eventRefused", after.refusal);
    return { refund: await saveRefund(step, { ...before, memo }, at), changed: false };
  }
  const next = await book(step, { ...before, state: after.value, memo }, at);
  if (needsPerson(next) && !needsPerson(before)) await showStuck(step, next, at);
  if (isOver(next) && !isOver(before)) await settle(step, next, at);
  return { refund: await saveRefund(step, next, at), changed: true };
}

function needsPerson(refund: Refund): boolean {
  const { state } = refund;
  return (
    state.kind === "abnormal" || (state.kind === "failed" && state.reason !== "shopBalance" && !isReplaceable(refund))
  );
}

/** Nobody is owed anything by it any more. */
function isOver({ state }: Refund): boolean {
  return state.kind === "succeeded" || state.kind === "paidOtherwise";
}

/** The payer has the money: what was before a person because of it is settled, with this refund as the reason. */
async function settle(step: Database, refund: Refund, at: Instant): Promise<void> {
  const { store, id, attempt, cause } = refund;
  const reason = `${refund.state.kind}: ${id}`;
  if (refund.state.kind === "succeeded") {
    const data = { refund: id, payment: attempt, sale: refund.sale, amount: refund.amount };
    await tellEvent(step, { store, id: `refund.succeeded/${id}`, type: "refund.succeeded", subject: id, data }, at);
  }
  await closeException(step, { store, kinds: ofRefund, subject: id }, reason, at);
  if (!ofWholePayment.includes(cause) || (await isMoreOwed(step, refund))) return;
  await closeException(step, { store, kinds: ofPayment, subject: attempt }, reason, at);
  await step
    .updateTable("late_capture")
    .set({ settled_at: at })
    .where("store", "=", store)
    .where("attempt", "=", attempt)
    .where("settled_at", "is", null)
    .execute();
}

/** What is before a person about a refund itself, and about the payment whose money it gives back. */
const ofRefund = ["refundStuck", "refundUnapproved", "refundAboveLeft"] as const;
const ofPayment = ["lateCapture", "reversalStuck"] as const;

/** A refund is less than it was, because a part of it went back: what is before a person says what is still owed. */
export async function sayLess(step: Database, refund: Refund): Promise<void> {
  const { store, id, attempt, amount } = refund;
  await sayAmount(step, { store, kinds: ofRefund, subject: id }, amount);
  if (!ofWholePayment.includes(refund.cause)) return;
  const owed = (await refundsOf(step, store, attempt)).filter(isOwedOfPayment);
  const all = owed.reduce((sum, each) => add(sum, each.amount), money(0, amount.currency));
  await sayAmount(step, { store, kinds: ofPayment, subject: attempt }, all);
}

function isOwedOfPayment(refund: Refund): boolean {
  return ofWholePayment.includes(refund.cause) && refund.memo.replacedBy === null && !isOver(refund);
}

/** Refunds of all that a payment took. Made at the provider in parts, they are several. */
const ofWholePayment: readonly Refund["cause"][] = ["lateCapture", "freed", "reversalRefused"];

/** Whether another part of what the payment took is still to be given back. */
async function isMoreOwed(step: Database, { store, id, attempt }: Refund): Promise<boolean> {
  const others = await refundsOf(step, store, attempt);
  return others.some((each) => each.id !== id && isOwedOfPayment(each));
}

async function showStuck(step: Database, refund: Refund, at: Instant): Promise<void> {
  const { state } = refund;
  const reason = state.kind === "failed" || state.kind === "abnormal" ? state.reason : "";
  const detail = { amount: refund.amount, detail: `${state.kind}: ${reason}`, staff: null };
  await raiseException(step, { store: refund.store, kind: "refundStuck", subject: refund.id, detail }, at);
}

/** Row 7's second part when the provider takes it on, row 8 in red when it fails afterwards: owed again. */
async function book(step: Database, refund: Refund, at: Instant): Promise<Refund> {
  const { state, memo } = refund;
  const taken = takenOf(refund);
  if (taken !== null) {
    if (memo.booked === null) return bookTaken(step, refund, taken, at);
    if (memo.booked.taken === taken) return refund;
    return memo.booked.taken === memo.booked.asked
      ? bookLess(step, refund, memo.booked.round, taken, at)
      : bookTaken(step, await bookBack(step, refund, memo.booked, at), taken, at);
  }
  if ((state.kind === "failed" || state.kind === "abnormal" || state.kind === "paidOtherwise") && memo.booked !== null)
    return bookBack(step, refund, memo.booked, at);
  return refund;
}

/** What leaves the receivable as far as the provider has said; all of it until it does. Null while it has not taken it on. */
function takenOf({ state, memo, amount }: Refund): number | null {
  if (state.kind === "succeeded") return state.paid.taken.amount;
  return state.kind === "processing" ? (memo.takenTold ?? memo.booked?.taken ?? amount.amount) : null;
}

async function bookTaken(step: Database, refund: Refund, taken: number, at: Instant): Promise<Refund> {
  const round = refund.memo.rounds + 1;
  await keepRefund(step, refund, taken, at);
  await write(step, refund, `accepted/${round}`, "refundAccepted", await transfersOf(step, refund, taken), at);
  const booked = { round, asked: refund.amount.amount, taken };
  return { ...refund, memo: { ...refund.memo, booked, rounds: round } };
}

/** The provider had said "accepted" without an amount: the coupon's part comes after. */
async function bookLess(step: Database, refund: Refund, round: number, taken: number, at: Instant): Promise<Refund> {
  await keepRefund(step, refund, taken, at);
  const taxes = await taxesOf(step, refund);
  const transfers = takenLessTransfers(refund.account, refund.amount, money(taken, refund.amount.currency), taxes);
  await write(step, refund, `taken/${round}`, "refundAccepted", transfers, at);
  return { ...refund, memo: { ...refund.memo, booked: { round, asked: refund.amount.amount, taken } } };
}

async function bookBack(
  step: Database,
  refund: Refund,
  booked: NonNullable<RefundMemo["booked"]>,
  at: Instant,
): Promise<Refund> {
  await undoRefund(step, refund, at);
  const transfers = reversedTransfers(await transfersOf(step, refund, booked.taken));
  await write(step, refund, `failed/${booked.round}`, "refundFailed", transfers, at);
  return { ...refund, memo: { ...refund.memo, booked: null } };
}

async function transfersOf(step: Database, refund: Refund, taken: number): Promise<readonly Transfer[]> {
  const { amount, account } = refund;
  const less =
    taken === amount.amount
      ? []
      : takenLessTransfers(account, amount, money(taken, amount.currency), await taxesOf(step, refund));
  return [...acceptedTransfers(account, amount), ...less];
}

async function taxesOf(step: Database, refund: Refund): Promise<readonly TaxLine[]> {
  const row = await step
    .selectFrom("payment_attempt")
    .select("snapshot")
    .where("store", "=", refund.store)
    .where("id", "=", refund.attempt)
    .executeTakeFirst();
  return (row?.snapshot as { readonly taxes?: readonly TaxLine[] } | null)?.taxes ?? [];
}

async function write(
  step: Database,
  refund: Refund,
  what: string,
  event: string,
  transfers: readonly Transfer[],
  at: Instant,
): Promise<void> {
  const { store, id, businessDate } = refund;
  await post(step, { store, posting: `${id}/${what}`, event, subject: id, businessDate, transfers }, at);
}
