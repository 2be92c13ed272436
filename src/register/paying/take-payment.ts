import { paymentBody, tillWaitsMs } from "../../contract/payment.ts";
import type { ProblemCode } from "../../contract/problem.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { makeId, type PaymentId } from "../../domain/identifier.ts";
import { add, money, type Money } from "../../domain/money.ts";
import type { Presentment } from "../../domain/payment-attempt.ts";
import { balanceOf, saleAfter } from "../../domain/sale.ts";
import { snapshotOf } from "../../domain/sale-snapshot.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import type { AttemptRow } from "../../storage/database.ts";
import { awaitsApproval, breakOn, showSale, stepsSoFar, tell, type Core } from "../core.ts";
import { applyPayment, endUnsent } from "./resolve-payment.ts";
import { isLeftHere } from "../returning/own-returns.ts";
import { amountAsked, partOf } from "./part-asked.ts";
import type { WaitingCounter } from "../state.ts";
import { isStillHeld } from "../returning/settle-return.ts";
import { refuseMoney } from "../shift/shift-over.ts";
import { payable, type TenderRefusal } from "./take-tender.ts";
import { tipOf } from "./tip-asked.ts";
import { watchAttempt } from "./watch-attempt.ts";

/**
 * Charges the customer's code, or with null has a code made that the shop shows, for the balance or the part of it that was chosen, and the tip. The attempt and the sale's snapshot are in the ledger before anything is
 * sent; the code itself is never stored. Sent once, live, with a deadline: afterwards it is only asked about. Resolves when the
 * attempt is stored; the answer comes later.
 */
export async function takePayment(core: Core, channel: PaymentChannel, code: string | null): Promise<void> {
  if (awaitsApproval(core)) return tell(core, { kind: "refused", why: "notPermitted" });
  if (!(await isStillHeld(core))) return;
  const stored = await storeAttempt(core, channel, code === null ? "merchant" : "consumer");
  if (stored === null) return;
  showSale(core, stored.sale);
  void core.ports.draft.clear();
  showWaiting(core, stored, "contacting");
  watchAttempt(core, stored.id);
  void send(core, stored, stored.deadline, code, true);
}

async function storeAttempt(core: Core, channel: PaymentChannel, presentment: Presentment): Promise<AttemptRow | null> {
  const { sale, settings } = core.state.get();
  if (sale === null || settings === null) return null;
  const id = makeId<PaymentId>(core.ports.clock.now(), settings.tag, core.ports.random);
  const started = saleAfter(sale, { kind: "attemptStarted", attempt: id });
  if (!started.ok) {
    tell(core, { kind: "refused", why: started.refusal });
    return null;
  }
  const deadline = plusMs(core.ports.offset.gatewayNow(), tillWaitsMs);
  const asked = partOf(core.state.get().part, sale) ?? balanceOf(sale);
  const tip = tipOf(core.state.get().tip, sale) ?? money(0, sale.currency);
  const written = await core.ports.ledger.transact(async (transaction): Promise<AttemptRow | TenderRefusal> => {
    const refusal = await payable(transaction, sale);
    if (refusal !== null) return refusal;
    if (!(await isLeftHere(transaction.database, sale, core.returnHeld))) return "nothingLeft";
    const entry = await transaction.append(
      { kind: "paymentAttempted", body: { attempt: id, sale: sale.id, amount: add(asked, tip), channel } },
      { staff: sale.staff },
    );
    const row: AttemptRow = {
      id,
      sale: started.value,
      channel,
      presentment,
      asked,
      tip,
      startedAt: transaction.at,
      ...stepsSoFar(core),
      entry: { series: entry.series, number: entry.number },
      window: core.ports.draft.window,
      deadline,
      payment: null,
      abandoned: "no",
      parked: 0,
      parkedAt: null,
      resolved: 0,
    };
    await transaction.database.attempt.add(row);
    return row;
  });
  if (!written.ok) breakOn(core, written.refusal);
  else if (typeof written.value !== "string") return written.value;
  else refuseMoney(core, written.value);
  return null;
}

/** Chooses how much of what is due the payment to come is for; null, or as much as is due: all of it. */
export function choosePart(core: Core, amount: Money | null): void {
  const { sale, counter } = core.state.get();
  if (sale === null || counter.kind !== "tender") return;
  const due = balanceOf(sale);
  const isPart = amount !== null && amount.amount > 0 && amount.amount < due.amount;
  core.state.patch({ part: isPart ? { sale: sale.id, due, amount } : null });
}

/** Shows the view that waits for `row`'s outcome. */
export function showWaiting(core: Core, row: AttemptRow, stage: WaitingCounter["stage"]): void {
  const isShown = row.presentment === "merchant";
  const terms = core.state.get().settings?.channels.find((each) => each.channel === row.channel);
  core.state.patch({
    notice: null,
    counter: {
      kind: "waiting",
      attempt: row.id,
      channel: row.channel,
      amount: amountAsked(row),
      stage,
      startedAt: row.startedAt,
      // a code that the shop shows is closed at once; a charge must have had its time at the provider
      abandonFrom: plusMs(row.startedAt, isShown ? 0 : (terms?.abandonNotBeforeMs ?? 0)),
      reverseAt: plusMs(row.startedAt, (isShown ? terms?.codeLivesMs : terms?.reverseAfterMs) ?? 0),
      gatewayHeard: true,
      presentment: row.presentment,
      code: null,
    },
  });
}

/**
 * Refusals after which the gateway certainly has nothing under the id, or has it closed. Any other is silence: a line between
 * the two may have sent the request twice, and then the refusal of the second (`replayed`) says nothing of the first.
 */
const nothingStored: ReadonlySet<string> = new Set<ProblemCode>([
  "badRequest",
  "unsigned",
  "badSignature",
  "staleSignature",
  "otherTag",
  "codeInvalid",
  "channelUnavailable",
  "clock",
  "deadlinePassed",
  "wrongHost",
]);

async function send(
  core: Core,
  row: AttemptRow,
  deadline: Instant,
  code: string | null,
  mayRepeat: boolean,
): Promise<void> {
  const { amount, currency } = amountAsked(row);
  const body = {
    v: 1,
    deadline,
    amount,
    currency,
    channel: row.channel,
    code,
    tip: row.tip.amount,
    sale: snapshotOf(row.sale),
    entry: row.entry,
  };
  const answer = await core.ports.client.ask(
    { method: "PUT", path: `/v1/payments/${row.id}`, body, withinMs: tillWaitsMs },
    paymentBody,
  );
  if (answer.kind === "answer") return applyPayment(core, answer.value);
  if (answer.kind === "silence" || !nothingStored.has(answer.problem.code)) return silent(core, row.id);
  // Our clock was wrong and the answer has just set it right: nothing was stored there, so the same id may be sent once more.
  if (answer.problem.code === "clock" && mayRepeat)
    return send(core, row, plusMs(core.ports.offset.gatewayNow(), tillWaitsMs), code, false);
  await endUnsent(core, row.id, answer.problem.code === "deadlinePassed" ? "deadlinePassed" : "notSent");
}

function silent(core: Core, attempt: PaymentId): void {
  const { counter } = core.state.get();
  if (counter.kind !== "waiting" || counter.attempt !== attempt || counter.stage !== "contacting") return;
  core.state.patch({ counter: { ...counter, stage: "unknown", gatewayHeard: false } });
}
