import { isDecided, type PaymentBody } from "../../contract/payment.ts";
import { invariant } from "../../domain/assert.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import type { PaymentId } from "../../domain/identifier.ts";
import { subtract } from "../../domain/money.ts";
import { balanceOf, saleAfter } from "../../domain/sale.ts";
import type { Tender } from "../../domain/tender.ts";
import type { AttemptRow, SaleRow } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";
import { breakOn, showSale, tell, type Core } from "../core.ts";
import { afterCommit, finishSale, printReceipt } from "./finish-sale.ts";
import { refreshParked } from "./parked.ts";
import { saveDraft } from "../draft.ts";
import type { Counter, WaitingCounter } from "../state.ts";
import { nothingAsked } from "./part-asked.ts";
import { takeTender } from "./take-tender.ts";
import { refreshTickets } from "../held/tickets.ts";

type Applied =
  | { readonly kind: "nothing" }
  | { readonly kind: "news"; readonly row: AttemptRow }
  | { readonly kind: "completed"; readonly row: AttemptRow; readonly sale: SaleRow }
  /** Captured, and more is to be paid. */
  | { readonly kind: "partPaid"; readonly row: AttemptRow }
  | { readonly kind: "unpaid"; readonly row: AttemptRow };

/**
 * Takes over what the gateway says of an attempt, if it is newer than what is known: a capture completes its sale by itself,
 * also when it stands aside; a certain no gives the sale back. Everything in one strict transaction, once.
 */
export async function applyPayment(core: Core, payment: PaymentBody): Promise<void> {
  core.heardAt = core.ports.clock.now();
  const applied = await core.ports.ledger.transact((transaction) => apply(transaction, payment));
  if (!applied.ok) return breakOn(core, applied.refusal);
  const { value } = applied;
  if (value.kind === "nothing") return;
  if (value.kind === "news") showStage(core, value.row, payment);
  if (value.kind === "completed") await showCompleted(core, value.row, value.sale);
  if (value.kind === "partPaid") showPartPaid(core, value.row);
  if (value.kind === "unpaid") showUnpaid(core, value.row, reasonOf(payment), payment.givenBack);
  if (value.row.parked === 1) await refreshParked(core);
  afterCommit(core);
}

async function apply(transaction: LedgerTransaction, payment: PaymentBody): Promise<Applied> {
  const { attempt } = transaction.database;
  const row = await attempt.get(payment.id);
  if (row === undefined || row.resolved === 1 || (row.payment !== null && row.payment.version >= payment.version))
    return { kind: "nothing" };
  const heard: AttemptRow = { ...row, payment };
  if (!isDecided(payment.state)) {
    await attempt.put(heard);
    return { kind: "news", row: heard };
  }
  // A sale that was freed no longer wants this money; the gateway gives it back, and its saying so ends the attempt.
  if (row.abandoned === "freed") {
    await attempt.put({ ...heard, resolved: payment.state === "captured" && !payment.givenBack ? 0 : 1 });
    return { kind: "nothing" };
  }
  const ended = saleAfter(row.sale, { kind: "attemptEnded", attempt: row.id });
  invariant(ended.ok, "a live attempt ends");
  // captured, but its money goes back: the provider would not undo it any more, so that the gateway owes it as a refund
  if (payment.state !== "captured" || payment.givenBack) {
    const unpaid: AttemptRow = { ...heard, sale: ended.value, resolved: 1 };
    await attempt.put(unpaid);
    return { kind: "unpaid", row: unpaid };
  }
  const taken = await takeTender(transaction, ended.value, tenderOf(payment, row), row, row.window, row.id);
  invariant(taken.kind !== "refused", "a ticket has one live payment, and its capture finds it unpaid");
  const after = taken.kind === "partPaid" ? taken.sale : ended.value;
  const paid: AttemptRow = { ...heard, sale: after, resolved: 1, parked: 0 };
  await attempt.put(paid);
  return taken.kind === "partPaid"
    ? { kind: "partPaid", row: { ...paid, parked: row.parked } }
    : { kind: "completed", row: { ...paid, parked: row.parked }, sale: taken.row };
}

/** The gateway said that it has nothing under this id and will take nothing: no money can move, the sale is free again. */
export async function endUnsent(core: Core, id: PaymentId, why: "deadlinePassed" | "notSent"): Promise<void> {
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = await transaction.database.attempt.get(id);
    if (row === undefined || row.resolved === 1) return null;
    const ended = saleAfter(row.sale, { kind: "attemptEnded", attempt: id });
    invariant(ended.ok, "a live attempt ends");
    // freed already, and said so: the promise on the receipt stands
    const isFreed = row.abandoned === "freed";
    if (!isFreed)
      await transaction.append(
        { kind: "attemptAbandoned", body: { attempt: id, sale: row.sale.id, freed: false } },
        { staff: row.sale.staff },
      );
    const unpaid: AttemptRow = { ...row, sale: ended.value, resolved: 1, abandoned: isFreed ? "freed" : "asked" };
    await transaction.database.attempt.put(unpaid);
    return unpaid;
  });
  if (!written.ok) return breakOn(core, written.refusal);
  if (written.value === null) return;
  showUnpaid(core, written.value, why);
  await refreshParked(core);
  afterCommit(core);
}

function tenderOf(payment: PaymentBody, row: AttemptRow): Tender {
  const { capture, channel } = payment;
  invariant(capture !== null && channel !== null, "a captured payment says what was captured");
  return {
    kind: "payment",
    amount: subtract(capture.order, row.tip),
    attempt: payment.id,
    channel,
    providerTransactionId: capture.providerTransactionId,
    capturedAt: capture.capturedAt,
    tip: row.tip,
  };
}

function showStage(core: Core, row: AttemptRow, payment: PaymentBody): void {
  const { counter } = core.state.get();
  if (counter.kind !== "waiting" || counter.attempt !== row.id) return;
  const { prompt } = payment;
  core.state.patch({
    counter: {
      ...counter,
      stage: stageOf(payment.state, row.abandoned),
      gatewayHeard: true,
      code: prompt === null ? counter.code : { content: prompt.content, expiresAt: tillTime(core, prompt.expiresAt) },
    },
  });
}

/** The till's clock when the gateway's says `at`. */
function tillTime(core: Core, at: Instant): Instant {
  return plusMs(at, -core.ports.offset.offsetMs());
}

/** Money is in the sale and more is to come: it stays where it is being paid, or waits with the sales that stand aside. */
function showPartPaid(core: Core, row: AttemptRow): void {
  if (isOnScreen(core, row)) {
    showSale(core, row.sale);
    core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null, ...nothingAsked });
  }
  void refreshTickets(core);
}

/** What the waiting view says for the gateway's state. */
export function stageOf(state: PaymentBody["state"], abandoned: AttemptRow["abandoned"]): WaitingCounter["stage"] {
  if (abandoned !== "no" || state === "reversing" || state === "closing") return "undoing";
  if (state === "pending" || state === "authorized") return "password";
  return state === "unknown" ? "unknown" : "contacting";
}

async function showCompleted(core: Core, row: AttemptRow, sale: SaleRow): Promise<void> {
  if (isOnScreen(core, row)) return finishSale(core, sale);
  tell(core, { kind: "parkedPaid", receipt: sale.receipt, total: sale.body.sale.total });
  await printReceipt(core, sale, 0);
}

function showUnpaid(
  core: Core,
  row: AttemptRow,
  reason: Extract<Counter, { kind: "declined" }>["reason"],
  givenBack = false,
): void {
  if (row.parked === 1) return tell(core, { kind: "parkedUnpaid", total: row.asked ?? balanceOf(row.sale) });
  if (!isOnScreen(core, row)) return;
  showSale(core, row.sale);
  core.state.patch({ counter: { kind: "declined", channel: row.channel, reason, givenBack } });
  void saveDraft(core);
}

function isOnScreen(core: Core, row: AttemptRow): boolean {
  const { counter } = core.state.get();
  return (counter.kind === "waiting" || counter.kind === "secondPerson") && counter.attempt === row.id;
}

function reasonOf(payment: PaymentBody): Extract<Counter, { kind: "declined" }>["reason"] {
  return payment.state === "declined" ? payment.reason : payment.state === "reversed" ? "reversed" : "closed";
}
