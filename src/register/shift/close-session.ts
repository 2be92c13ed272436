import { money, type Money } from "../../domain/money.ts";
import { shiftTotals, withHandOver, type ShiftTotals } from "../../domain/shift.ts";
import { sessionAfter } from "../../domain/till-session.ts";
import { emptyTally, type SessionRow } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";
import { sessionTotals } from "./session-totals.ts";

/**
 * Closes the session inside the caller's transaction with its Z report; null when none is open. What is not `handedOver` stays in the
 * drawer for the next shift.
 */
export async function closeSession(
  transaction: LedgerTransaction,
  handedOver: Money | null = null,
): Promise<ShiftTotals | null> {
  const row = transaction.session;
  if (row === null || row.session.state === "closed") return null;
  const counted = sessionAfter(row.session, { kind: "count" });
  const closed = counted.ok ? sessionAfter(counted.value, { kind: "close" }) : counted;
  if (!closed.ok) return null;
  const none = money(0, row.session.float.currency);
  const shift = withHandOver(await totalsOf(transaction, row), handedOver ?? none);
  const totals = await sessionTotals(transaction, row.session);
  await transaction.append({ kind: "sessionClosed", body: { ...totals, shift } });
  await transaction.setSession({
    ...row,
    session: closed.value as SessionRow["session"],
    left: shift.cash.kept ?? none,
  });
  return shift;
}

/** The shift's figures as they stand, from this till's own sales and its tally. */
export async function totalsOf(transaction: LedgerTransaction, row: SessionRow): Promise<ShiftTotals> {
  const { session } = row;
  const sales = await transaction.database.sale.where("session").equals(session.id).sortBy("completedAt");
  const tally = row.drawer ?? emptyTally;
  return shiftTotals({
    session: session.id,
    businessDate: session.businessDate,
    openedAt: session.openedAt,
    at: transaction.at,
    currency: transaction.install.settings.store.currency,
    float: session.float,
    sales: sales.map(({ body, isLate = false }) => ({ ...body, isLate })),
    moves: tally.moves,
    drawerOpened: tally.opened,
    voided: tally.voided,
    counted: tally.counts.at(-1) ?? null,
    counts: tally.counts.length,
  });
}

/** Counts a void in the shift's tally, inside the caller's transaction. */
export async function tallyVoid(transaction: LedgerTransaction): Promise<void> {
  const row = transaction.session;
  if (row === null) return;
  // the Z is written: the next one counts it
  if (row.session.state === "closed")
    return transaction.setSession({ ...row, voidedAfter: (row.voidedAfter ?? 0) + 1 });
  const tally = row.drawer ?? emptyTally;
  await transaction.setSession({ ...row, drawer: { ...tally, voided: tally.voided + 1 } });
}

/** Cash came in or went out: a count of the drawer from before is no longer true. Inside the caller's transaction. */
export async function cashMoved(transaction: LedgerTransaction): Promise<void> {
  const row = transaction.session;
  if (row === null || row.session.state !== "counting") return;
  const open = sessionAfter(row.session, { kind: "cashMoved" });
  if (open.ok) await transaction.setSession({ ...row, session: open.value as SessionRow["session"] });
}
