import { heldPerTillMax, saleOfTicket } from "../../contract/held.ts";
import type { SaleId } from "../../domain/identifier.ts";
import { saleAfter, type Sale } from "../../domain/sale.ts";
import { saleTotal } from "../../domain/sale-totals.ts";
import { breakOn, byWindow, hasTicket, showSale, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import { afterCommit } from "../paying/finish-sale.ts";
import { askForHeld, claimHeld, shareHeld } from "./share-held.ts";
import { closeAtCut } from "../people/sign-on.ts";
import { isBeingPaid, isFree, refreshTickets } from "./tickets.ts";

/** Sets the open ticket aside (挂单) with its prices and discounts; the next customer is served. Ten at once on one till. */
export async function holdSale(core: Core): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null) return;
  const held = saleAfter(sale, { kind: "suspend" });
  if (!held.ok) return tell(core, { kind: "refused", why: held.refusal });
  const written = await core.ports.ledger.transact(async (transaction) => {
    if ((await transaction.database.ticket.where("kind").equals("held").count()) >= heldPerTillMax) return false;
    await transaction.append({ kind: "saleHeld", body: { sale: sale.id, total: saleTotal(sale) } }, byWindow(core));
    const { window } = core.ports.draft;
    await transaction.database.ticket.put({
      id: sale.id,
      kind: "held",
      sale: held.value,
      window,
      at: transaction.at,
      shared: 0,
    });
    return true;
  });
  if (!written.ok) return breakOn(core, written.refusal);
  if (!written.value) return tell(core, { kind: "refused", why: "tooManyHeld" });
  void core.ports.draft.clear();
  showSale(core, null);
  core.state.patch({ counter: { kind: "goods" }, newest: null, undo: null, notice: null });
  await refreshTickets(core);
  afterCommit(core);
  void shareHeld(core);
}

/**
 * Takes up a ticket that waits on this till: held, or with money in it. Nobody is asked, so that it works without a network: no
 * other till has it unless this one let it go.
 */
export async function takeUp(core: Core, id: SaleId): Promise<void> {
  if (hasTicket(core)) return tell(core, { kind: "refused", why: "saleOpen" });
  if (!(await closeAtCut(core))) return;
  const read = await core.ports.ledger.run((database) => database.ticket.get(id));
  if (!read.ok || read.value === undefined) return refreshTickets(core);
  const { window } = read.value;
  if (!(await isFree(core, read.value))) {
    tell(core, { kind: "refused", why: "notNow" });
    return refreshTickets(core);
  }
  // the draft comes first: a ticket that leaves the list must not be lost to a crash
  await core.ports.draft.save(takenUp(core, read.value.sale), core.ports.clock.now());
  const taken = await core.ports.ledger.transact(async (transaction) => {
    const row = await transaction.database.ticket.get(id);
    // the list on the screen may be older than a payment that was set aside since, or than another till's asking
    if (row?.kind !== "held" && (row?.kind !== "partPaid" || row.window !== window)) return "gone";
    if (await isBeingPaid(transaction.database, id)) return "paying";
    if (row.kind === "partPaid") await transaction.database.ticket.put({ ...row, window: core.ports.draft.window });
    else await transaction.database.ticket.delete(id);
    return row;
  });
  if (!taken.ok) return breakOn(core, taken.refusal);
  if (taken.value === "gone" || taken.value === "paying") {
    await core.ports.draft.clear();
    tell(core, { kind: "refused", why: taken.value === "gone" ? "takenElsewhere" : "attemptLive" });
  } else {
    open(core, taken.value.sale);
    // the others' lists need not show it any more; whether they hear it or not, they do not get it
    if (taken.value.kind === "held") void claimHeld(core, id);
  }
  await refreshTickets(core);
}

/** Takes up a ticket that another till of the store holds, once that till has let it go. */
export async function takeUpElsewhere(core: Core, id: SaleId): Promise<void> {
  if (hasTicket(core)) return tell(core, { kind: "refused", why: "saleOpen" });
  if (!(await closeAtCut(core))) return;
  const asker = core.state.get().who?.id;
  showAsking(core, "asking");
  const answer = await askForHeld(core, id);
  showAsking(core, "answered");
  if (answer.kind === "problem") return tell(core, { kind: "refused", why: "takenElsewhere" });
  if (answer.kind === "silence") return tell(core, { kind: "refused", why: "noAnswer" });
  const { ticket } = answer.value;
  if (ticket === null) return tell(core, { kind: "refused", why: "holderSilent" });
  // kept before it is opened, and opened as this till's own: a window that dies on the way loses nothing
  const written = await core.ports.ledger.transact(({ database, at }) =>
    database.ticket.put({
      id,
      kind: "held",
      sale: saleOfTicket(ticket),
      window: core.ports.draft.window,
      at,
      shared: 1,
    }),
  );
  if (!written.ok) return breakOn(core, written.refusal);
  void claimHeld(core, id, { ends: true, got: true });
  const { phase, who } = core.state.get();
  if (phase === "selling" && who?.id === asker && !hasTicket(core)) await takeUp(core, id);
  else await refreshTickets(core);
}

function showAsking(core: Core, asked: "asking" | "answered"): void {
  const { counter } = core.state.get();
  if (counter.kind === "held") core.state.patch({ counter: { ...counter, asked } });
}

/** The ticket as the open sale of whoever is signed on here. */
function takenUp(core: Core, ticket: Sale): Sale {
  const { who, session } = core.state.get();
  const resumed = ticket.state === "suspended" ? saleAfter(ticket, { kind: "resume" }) : null;
  return {
    ...(resumed?.ok === true ? resumed.value : ticket),
    ...(who === null ? {} : { staff: who.id }),
    ...(session === null ? {} : { session: session.id }),
  };
}

function open(core: Core, ticket: Sale): void {
  const sale = takenUp(core, ticket);
  showSale(core, sale);
  const now = core.ports.clock.now();
  core.steps.firstLineAt = now;
  core.steps.lastLineAt = now;
  core.steps.payAt = sale.state === "tendering" ? now : null;
  core.steps.count = 0;
  core.state.patch({
    counter: sale.state === "tendering" ? { kind: "tender", method: "code" } : { kind: "goods" },
    newest: null,
    undo: null,
    notice: null,
  });
  void saveDraft(core);
}
