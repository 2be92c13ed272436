import type { CashReason, DrawerReason, JournalFact } from "../../domain/journal.ts";
import type { StaffId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import { moveSlip } from "../../domain/slip.ts";
import { shiftDocument } from "../../domain/shift-document.ts";
import { sessionAfter, type SessionEvent } from "../../domain/till-session.ts";
import { emptyTally, type DrawerTally, type SessionRow } from "../../storage/database.ts";
import { totalsOf } from "./close-session.ts";
import { breakOn, byWindow, tell, type Core, type Proof } from "../core.ts";
import { afterCommit } from "../paying/finish-sale.ts";
import { asksOnce } from "../ask-once.ts";
import { permits } from "../../domain/permissions.ts";
import { permitted } from "../people/permit.ts";
import { refreshSession } from "../people/sign-on.ts";
import type { Counter } from "../state.ts";

/** A slip's number at most. */
const slipMax = 32;

/** Opens the shift's page: figures without what must be in the drawer, so that the count stays blind. */
export async function showShift(core: Core): Promise<void> {
  const { counter, session } = core.state.get();
  if (counter.kind === "waiting" || session === null || session.state === "closed") return;
  core.state.patch({ counter: { kind: "shift", totals: await currentTotals(core) }, notice: null });
}

/** From the shift's page to money in or out, or to the count. */
export function beginCashMove(core: Core, move: "paidIn" | "paidOut"): void {
  if (core.state.get().counter.kind === "shift")
    core.state.patch({ counter: { kind: "cashMove", move }, notice: null });
}

/**
 * Money into the drawer or out of it beside the sales: a fact with its reason, the drawer opens for it. Only while that form is
 * shown: the second press of a double one finds the first's money booked and the form gone.
 */
export async function moveCash(
  core: Core,
  kind: "paidIn" | "paidOut",
  amount: Money,
  reason: CashReason,
  slip: string,
): Promise<void> {
  const { session, counter } = core.state.get();
  if (counter.kind !== "cashMove" || counter.move !== kind) return;
  if (session === null || amount.amount <= 0) return;
  if (moveSlip(session.float, amount) && asksOnce(core, session.id, amount, null)) return;
  core.state.patch({ counter: { ...counter, begun: { amount, reason, slip } } });
  const ask = { act: kind, size: amount.amount, amount, subject: session.id, why: reason } as const;
  await permitted(core, ask, async (proof) => {
    const body = { amount, reason, slip: slip.trim().slice(0, slipMax) };
    const done = await atDrawer(core, { kind, body }, proof, (tally) => ({
      ...tally,
      moves: [...tally.moves, { kind, amount }],
    }));
    if (!done) return;
    kick(core, kind);
    await showShift(core);
  });
}

/** Opens the drawer without a sale, from the shift's page as it was when pressed: it is another once the drawer has opened. */
export async function openDrawer(core: Core, reason: DrawerReason, pressedOn: Counter): Promise<void> {
  const { session, counter } = core.state.get();
  if (session === null || counter.kind !== "shift" || counter !== pressedOn) return;
  const ask = { act: "openDrawer", size: 0, amount: null, subject: session.id, why: reason } as const;
  await permitted(core, ask, async (proof) => {
    const done = await atDrawer(core, { kind: "drawerOpened", body: { reason } }, proof, (tally) => ({
      ...tally,
      opened: tally.opened + 1,
    }));
    if (!done) return;
    kick(core, "drawer");
    if (core.state.get().counter.kind === "shift") await showShift(core);
  });
}

/** Opens the drawer; nothing waits for it, and when it stays shut the screen says so. */
function kick(core: Core, why: string): void {
  void core.ports.printer.openDrawer(`${why}-${core.ports.clock.now()}`).then((outcome) => {
    if (outcome.kind === "failed") tell(core, { kind: "drawerShut" });
  });
}

/** Prints the shift so far (X report) and journals it as printed. */
export async function reportShift(core: Core): Promise<void> {
  const now = await currentTotals(core);
  if (now === null) return;
  const totals = { ...now, cash: { ...now.cash, counted: null } };
  const written = await core.ports.ledger.transact((transaction) =>
    transaction.append({ kind: "shiftReported", body: totals }, byWindow(core)),
  );
  if (!written.ok) return breakOn(core, written.refusal);
  afterCommit(core);
  if (core.state.get().counter.kind === "shift") core.state.patch({ counter: { kind: "shift", totals } });
  void printShift(core, totals, "x", core.state.get().who?.id ?? null);
}

/** The shift's figures as they stand; null when none is open. */
export async function currentTotals(core: Core): Promise<ShiftTotals | null> {
  const read = await core.ports.ledger.transact(async (transaction) =>
    transaction.session === null ? null : totalsOf(transaction, transaction.session),
  );
  if (read.ok) return read.value;
  breakOn(core, read.refusal);
  return null;
}

/** Writes a fact about the drawer and the session's tally together. A movement while counting makes the count untrue. */
export async function atDrawer(
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

/** Prints a report; nothing waits for the paper. */
export async function printShift(
  core: Core,
  totals: ShiftTotals,
  kind: "x" | "z",
  cashier: StaffId | null,
  isCopy = false,
): Promise<void> {
  const { settings, who, permissions } = core.state.get();
  if (settings === null) return;
  const words = core.ports.receiptWords(settings.store.displayLanguage);
  const isBlind = kind === "x" && (who === null || permits(who.role, "seeFigures", 0, permissions) !== "allowed");
  const facts = { shop: settings.store, tillLabel: settings.label, cashier, kind, totals, isCopy, isBlind };
  const job = `shift-${kind}-${totals.at}${isCopy ? `-copy-${core.ports.clock.now()}` : ""}`;
  const outcome = await core.ports.printer.print(job, shiftDocument(facts, words), {
    kick: false,
  });
  const isOut = outcome.kind === "printed" || (outcome.kind === "uncertain" && outcome.reason === "neverAnswers");
  if (!isOut) tell(core, { kind: "reportUnprinted" });
}
