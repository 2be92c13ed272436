import type { CashReason, DrawerReason, JournalFact } from "../domain/journal.ts";
import type { Money } from "../domain/money.ts";
import type { ShiftTotals } from "../domain/shift.ts";
import { shiftDocument } from "../domain/shift-document.ts";
import { sessionAfter, type SessionEvent } from "../domain/till-session.ts";
import { emptyTally, type DrawerTally, type SessionRow } from "../storage/database.ts";
import { closeSession, totalsOf } from "./close-session.ts";
import { breakOn, byWindow, hasTicket, tell, type Core } from "./core.ts";
import { afterCommit } from "./finish-sale.ts";
import { permitted, type Proof } from "./permit.ts";
import { refreshSession } from "./sign-on.ts";

/** A slip's number at most. */
const slipMax = 32;

/** Opens the shift's page: figures without what must be in the drawer, so that the count stays blind. */
export async function showShift(core: Core): Promise<void> {
  const { counter, session } = core.state.get();
  if (counter.kind === "waiting" || session === null) return;
  core.state.patch({ counter: { kind: "shift", totals: await currentTotals(core) }, notice: null });
}

/** From the shift's page to money in or out, or to the count. */
export function beginCashMove(core: Core, move: "paidIn" | "paidOut"): void {
  if (core.state.get().counter.kind === "shift")
    core.state.patch({ counter: { kind: "cashMove", move }, notice: null });
}

/** Money into the drawer or out of it beside the sales: a fact with its reason, the drawer opens for it. */
export async function moveCash(
  core: Core,
  kind: "paidIn" | "paidOut",
  amount: Money,
  reason: CashReason,
  slip: string,
): Promise<void> {
  const { session } = core.state.get();
  if (session === null || amount.amount <= 0) return;
  const ask = { act: kind, size: amount.amount, amount, subject: session.id } as const;
  await permitted(core, ask, async (proof) => {
    const body = { amount, reason, slip: slip.trim().slice(0, slipMax) };
    const done = await atDrawer(core, { kind, body }, proof, (tally) => ({
      ...tally,
      moves: [...tally.moves, { kind, amount }],
    }));
    if (!done) return;
    await core.ports.printer.openDrawer(`${kind}-${core.ports.clock.now()}`);
    await showShift(core);
  });
}

/** Opens the drawer without a sale. */
export async function openDrawer(core: Core, reason: DrawerReason): Promise<void> {
  const { session } = core.state.get();
  if (session === null) return;
  const ask = { act: "openDrawer", size: 0, amount: null, subject: session.id } as const;
  await permitted(core, ask, async (proof) => {
    const done = await atDrawer(core, { kind: "drawerOpened", body: { reason } }, proof, (tally) => ({
      ...tally,
      opened: tally.opened + 1,
    }));
    if (done) await core.ports.printer.openDrawer(`drawer-${core.ports.clock.now()}`);
  });
}

/** Prints the shift so far (X report) and journals it as printed. */
export async function reportShift(core: Core): Promise<void> {
  const totals = await currentTotals(core);
  if (totals === null) return;
  const written = await core.ports.ledger.transact((transaction) =>
    transaction.append({ kind: "shiftReported", body: totals }, byWindow(core)),
  );
  if (!written.ok) return breakOn(core, written.refusal);
  afterCommit(core);
  await printShift(core, totals, "x");
}

/** To the blind count of the drawer; not while a sale is open. */
export function beginCount(core: Core): void {
  if (hasTicket(core)) return tell(core, { kind: "refused", why: "saleOpen" });
  core.state.patch({ counter: { kind: "count", nth: 1, result: null }, notice: null });
}

/** What was counted; what must be there shows only now. A second count needs a second person. */
export async function countDrawer(core: Core, counted: Money): Promise<void> {
  const { counter, session } = core.state.get();
  if (counter.kind !== "count" || session === null || counted.amount < 0) return;
  const { nth } = counter;
  const take = async (proof: Proof | null): Promise<void> => {
    const body = { session: session.id, counted, nth };
    const done = await atDrawer(core, { kind: "drawerCounted", body }, proof, (tally) => ({
      ...tally,
      counts: [...tally.counts, counted],
    }));
    const totals = done ? await currentTotals(core) : null;
    if (totals !== null)
      core.state.patch({ counter: { kind: "count", nth, result: { counted, expected: totals.cash.expected } } });
  };
  if (nth === 1) return take(null);
  await permitted(core, { act: "recount", size: 0, amount: counted, subject: session.id }, take);
}

/** Counts once more, blind again. One recount and no more. */
export function recountDrawer(core: Core): void {
  const { counter } = core.state.get();
  if (counter.kind === "count" && counter.result !== null && counter.nth === 1)
    core.state.patch({ counter: { kind: "count", nth: 2, result: null }, notice: null });
}

/** Closes the counted shift: the Z report is a fact and is printed; the till waits for the next person. */
export async function closeShift(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "count" || counter.result === null) return;
  if (hasTicket(core)) return tell(core, { kind: "refused", why: "saleOpen" });
  const written = await core.ports.ledger.transact((transaction) => closeSession(transaction));
  if (!written.ok) return breakOn(core, written.refusal);
  await refreshSession(core);
  core.state.patch({
    who: null,
    phase: "signOn",
    counter: { kind: "goods" },
    notice: null,
    cutPassed: false,
  });
  afterCommit(core);
  if (written.value !== null) await printShift(core, written.value, "z");
}

/** The shift's figures as they stand; null when none is open. */
async function currentTotals(core: Core): Promise<ShiftTotals | null> {
  const read = await core.ports.ledger.transact(async (transaction) =>
    transaction.session === null ? null : totalsOf(transaction, transaction.session),
  );
  if (read.ok) return read.value;
  breakOn(core, read.refusal);
  return null;
}

/** Writes a fact about the drawer and the session's tally together. A movement while counting makes the count untrue. */
async function atDrawer(
  core: Core,
  fact: JournalFact,
  proof: Proof | null,
  tallied: (tally: DrawerTally) => DrawerTally,
): Promise<boolean> {
  const event: SessionEvent = { kind: fact.kind === "drawerCounted" ? "count" : "cashMoved" };
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = transaction.session;
    const next = row === null ? null : sessionAfter(row.session, event);
    if (row === null || next === null || !next.ok) return false;
    await transaction.append(fact, {
      ...byWindow(core),
      ...(proof === null ? {} : { approval: proof.approval }),
    });
    await transaction.setSession({
      ...row,
      session: next.value as SessionRow["session"],
      drawer: tallied(row.drawer ?? emptyTally),
    });
    return true;
  });
  if (!written.ok) {
    breakOn(core, written.refusal);
    return false;
  }
  await refreshSession(core);
  afterCommit(core);
  return written.value;
}

async function printShift(core: Core, totals: ShiftTotals, kind: "x" | "z"): Promise<void> {
  const { settings, who } = core.state.get();
  if (settings === null) return;
  const words = core.ports.receiptWords(settings.store.displayLanguage);
  const facts = { shop: settings.store, tillLabel: settings.label, cashier: who?.id ?? null, kind, totals };
  const outcome = await core.ports.printer.print(`shift-${kind}-${totals.at}`, shiftDocument(facts, words), {
    kick: false,
  });
  if (outcome.kind !== "printed") tell(core, { kind: "printed", outcome });
}
