import type { PaymentId } from "../../domain/identifier.ts";
import { saleAfter } from "../../domain/sale.ts";
import type { AttemptRow } from "../../storage/database.ts";
import { breakOn, byWindow, hasTicket, showSale, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import { tallyVoid } from "../shift/close-session.ts";
import { afterCommit } from "./finish-sale.ts";
import { refreshParked } from "./parked.ts";
import { isFree } from "../held/tickets.ts";

/** Takes up again a sale that was set aside and found unpaid: back on the screen, ready to be paid another way. */
export async function resumeParked(core: Core, attempt: PaymentId): Promise<void> {
  const { window } = core.ports.draft;
  const row = await takeUnpaid(core, attempt, async ({ sale }, { database }) => {
    // with money in it, it is this window's from now on: no other one shows it as well
    const ticket = await database.ticket.get(sale.id);
    if (ticket?.kind === "partPaid") await database.ticket.put({ ...ticket, window });
  });
  if (row === null) return;
  showSale(core, { ...row.sale, ...byWindow(core) });
  core.steps.firstLineAt = row.firstLineAt;
  core.steps.lastLineAt = row.lastLineAt;
  core.steps.payAt = row.payAt;
  core.steps.count = row.steps;
  core.state.patch({ counter: { kind: "tender", method: "code" }, undo: null, notice: null });
  void saveDraft(core);
}

/** Ends a sale that was set aside and found unpaid, when the customer has left. */
export async function voidParked(core: Core, attempt: PaymentId): Promise<void> {
  const { parked } = core.state.get();
  if (parked.find((each) => each.attempt === attempt)?.hasMoney === true)
    return tell(core, { kind: "refused", why: "hasTenders" });
  await takeUnpaid(core, attempt, async (row, transaction) => {
    await transaction.append({ kind: "saleVoided", body: { sale: row.sale.id } }, byWindow(core));
    await tallyVoid(transaction);
  });
}

/** Ends the sale on screen without payment. Not while money may be on its way. */
export async function voidSale(core: Core): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null) return;
  const voided = saleAfter(sale, { kind: "void" });
  if (!voided.ok) return tell(core, { kind: "refused", why: voided.refusal });
  // The draft goes first: a ticket that was voided must not come back after a crash.
  await core.ports.draft.clear();
  const written = await core.ports.ledger.transact(async (transaction) => {
    await transaction.append({ kind: "saleVoided", body: { sale: sale.id } }, byWindow(core));
    await tallyVoid(transaction);
  });
  if (!written.ok) return breakOn(core, written.refusal);
  showSale(core, null);
  core.state.patch({ counter: { kind: "goods" }, newest: null, undo: null, notice: null });
  afterCommit(core);
}

type Transaction = Parameters<Parameters<Core["ports"]["ledger"]["transact"]>[0]>[0];

async function takeUnpaid(
  core: Core,
  attempt: PaymentId,
  also: (row: AttemptRow, transaction: Transaction) => Promise<void>,
): Promise<AttemptRow | null> {
  if (hasTicket(core)) {
    tell(core, { kind: "refused", why: "notNow" });
    return null;
  }
  const ticket = await core.ports.ledger.run(async (database) => {
    const row = await database.attempt.get(attempt);
    return row === undefined ? undefined : database.ticket.get(row.sale.id);
  });
  if (ticket.ok && ticket.value !== undefined && !(await isFree(core, ticket.value))) {
    tell(core, { kind: "refused", why: "notNow" });
    return null;
  }
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = await transaction.database.attempt.get(attempt);
    if (row === undefined || row.parked === 0 || row.resolved === 0) return null;
    await also(row, transaction);
    await transaction.database.attempt.put({ ...row, parked: 0 });
    return row;
  });
  if (!written.ok) breakOn(core, written.refusal);
  await refreshParked(core);
  afterCommit(core);
  return written.ok ? written.value : null;
}
