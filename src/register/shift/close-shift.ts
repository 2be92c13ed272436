import type { Money } from "../../domain/money.ts";
import type { JournalFact } from "../../domain/journal.ts";
import { compare } from "../../domain/money.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import { emptyTally, type LedgerDatabase } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";
import { breakOn, byWindow, hasTicket, tell, type Core, type Proof } from "../core.ts";
import { refreshOutbox } from "../outbox-state.ts";
import { afterCommit } from "../paying/finish-sale.ts";
import { refreshSession } from "../people/sign-on.ts";
import { closeSession } from "./close-session.ts";
import { currentTotals, printShift } from "./shift.ts";

/** What leaves the counted drawer as its shift closes, and whose yes proves that it was received. */
export type HandedOver = {
  /** The count it was worked out from: another one since makes it untrue. */
  readonly counted: Money;
  readonly body: Extract<JournalFact, { kind: "cashHandedOver" }>["body"];
  readonly proof: Proof | null;
};

/**
 * Closes the counted shift, handing over what is said: the hand-over and the Z report are facts of one transaction. The Z is printed;
 * the till waits for the next person. When money moved since the count (another window sold), the count is no longer true and is
 * asked for again.
 */
export async function closeCounted(core: Core, handed: HandedOver | null): Promise<ShiftTotals | null> {
  const { who } = core.state.get();
  if (hasTicket(core)) {
    tell(core, { kind: "refused", why: "saleOpen" });
    return null;
  }
  const written = await core.ports.ledger.transact((transaction) => close(core, transaction, handed));
  if (!written.ok) {
    breakOn(core, written.refusal);
    return null;
  }
  await refreshSession(core);
  if (written.value.kind === "cashInTicket") {
    core.state.patch({ counter: { kind: "shift", totals: await currentTotals(core) } });
    tell(core, { kind: "refused", why: "cashInTicket" });
    return null;
  }
  if (written.value.kind === "uncounted") {
    const nth = written.value.counts + 1;
    core.state.patch({
      counter: { kind: "count", nth, result: null },
      notice: { kind: "refused", why: "countUntrue" },
    });
    return null;
  }
  // who reads "unsent: 0" after the close switches the device off: the Z report counts before the next person is asked for
  await refreshOutbox(core);
  core.state.patch({ who: null, phase: "signOn", counter: { kind: "goods" }, notice: null, cutPassed: false });
  afterCommit(core);
  const { totals } = written.value;
  if (totals !== null) void printShift(core, totals, "z", who?.id ?? null);
  return totals;
}

type Closing =
  | { readonly kind: "cashInTicket" }
  | { readonly kind: "uncounted"; readonly counts: number }
  | { readonly kind: "closed"; readonly totals: ShiftTotals | null };

async function close(core: Core, transaction: LedgerTransaction, handed: HandedOver | null): Promise<Closing> {
  const row = transaction.session;
  if (await cashInTickets(transaction.database)) return { kind: "cashInTicket" };
  const counts = (row?.drawer ?? emptyTally).counts;
  if (row?.session.state === "open") return { kind: "uncounted", counts: counts.length };
  if (handed === null || row?.session.state !== "counting")
    return { kind: "closed", totals: await closeSession(transaction) };
  const last = counts.at(-1);
  if (last === undefined || compare(last, handed.counted) !== 0 || row.session.id !== handed.body.session)
    return { kind: "uncounted", counts: counts.length };
  const approval = handed.proof === null ? {} : { approval: handed.proof.approval };
  await transaction.append({ kind: "cashHandedOver", body: handed.body }, { ...byWindow(core), ...approval });
  return { kind: "closed", totals: await closeSession(transaction, handed.body.amount) };
}

/** Whether a sale that is not complete, in whatever window, has cash in it. */
export async function cashInTickets(database: LedgerDatabase): Promise<boolean> {
  const rows = await database.ticket.where("kind").equals("partPaid").toArray();
  return rows.some((row) => row.sale.tenders.some((tender) => tender.kind === "cash"));
}
