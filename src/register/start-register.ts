import { saleAfter, type Sale } from "../domain/sale.ts";
import { readInstall } from "../storage/install.ts";
import { breakOn, showSale, type Core } from "./core.ts";
import type { Desk } from "./desk.ts";
import { draftKeptMs } from "./draft.ts";
import { loadCatalog, showCatalogHead } from "./selling/load-catalog.ts";
import { refreshOutbox } from "./outbox-state.ts";
import { refreshParked } from "./paying/parked.ts";
import { refreshPeople } from "./people/people.ts";
import { refreshSession } from "./people/sign-on.ts";
import { refreshTickets } from "./held/tickets.ts";

/**
 * Brings the till up from what is stored, without the network: who it is, the catalogue, the open ticket, and payments whose
 * window is gone. Those are parked and asked about: the till is free to serve, and a capture completes its sale by itself.
 */
export async function startRegister(core: Core, loadDesk: () => Promise<Desk>, begin: () => void): Promise<void> {
  // All asked at once: the first screen waits for the slowest, not for their sum.
  const shown = Promise.all([
    refreshPeople(core),
    refreshSession(core),
    refreshOutbox(core),
    showCatalogHead(core),
    refreshTickets(core),
  ]);
  const install = await core.ports.ledger.run((database) => readInstall(database));
  if (!install.ok)
    return breakOn(core, {
      ...install.refusal,
      kind: install.refusal.kind === "failed" ? "stuck" : install.refusal.kind,
    });
  if (install.value === null) return core.state.patch({ phase: "activation" });
  core.ports.useInstall(install.value);
  const persisted = core.ports.persistence.persisted();
  core.state.patch({ settings: install.value.settings });
  await Promise.all([shown, takeOverAttempts(core, loadDesk)]);
  showSale(core, await openTicket(core));
  core.state.patch({ phase: "signOn" });
  // The browser takes its time to answer; the first screen does not say it.
  void persisted.then((isKept) => core.state.patch({ storage: { ...core.state.get().storage, persisted: isKept } }));
  loadCatalog(core);
  begin();
}

/**
 * The ticket that a window before us left open. A crash can come between the ledger's commit and the end of the draft: what is
 * paid, or stands aside with a payment, is the ledger's and must not be sold a second time.
 */
async function openTicket(core: Core): Promise<Sale | null> {
  const { found } = core.ports.draft;
  if (found === null) return null;
  const held = await core.ports.ledger.run(async ({ sale, attempt, ticket }) => {
    // one with money in it, or held, is taken up from the list; one that was let go is another till's
    if ((await ticket.get(found.id)) !== undefined) return true;
    const attempts = await attempt.where("sale.id").equals(found.id).toArray();
    const stands = attempts.some((row) => row.parked === 1 || (row.resolved === 0 && row.abandoned !== "freed"));
    return stands || (await sale.get(found.id)) !== undefined;
  });
  const tooOld = core.ports.clock.now() - found.openedAt > draftKeptMs;
  if (held.ok && !held.value && !tooOld) return backOnGoods(found);
  await core.ports.draft.clear();
  return null;
}

/** A ticket found while it was being paid is open again: its view starts with the goods. */
function backOnGoods(sale: Sale): Sale {
  const back = saleAfter(sale, { kind: "backToLines" });
  return back.ok ? back.value : sale;
}

async function takeOverAttempts(core: Core, loadDesk: () => Promise<Desk>): Promise<void> {
  const open = await core.ports.ledger.run((database) => database.attempt.where("resolved").equals(0).toArray());
  if (!open.ok) return breakOn(core, open.refusal);
  if (open.value.length === 0) return refreshParked(core);
  await (await loadDesk()).takeOver(open.value);
  await Promise.all([refreshParked(core), refreshTickets(core)]);
}
