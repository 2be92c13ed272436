import type { SessionId } from "../../domain/identifier.ts";
import type { Tender } from "../../domain/tender.ts";
import type { AttemptRow, SessionRow } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";

/** Whose Z a sale stands in that a payment completed after one shift was closed and before the next was open: the next one's. */
export const nextShift = "" as SessionId;

/** The shift that counts a sale completed now. */
export function countingShift(row: SessionRow | null): SessionId {
  return row === null || row.session.state === "closed" ? nextShift : row.session.id;
}

/**
 * Whether a sale that is completed now is another shift's than the one that counts it: no shift is open, or a payment in it was
 * begun before this one. Its Z says how much of it is such.
 */
export function isLate(row: SessionRow | null, tenders: readonly Tender[], attempts: readonly AttemptRow[]): boolean {
  if (row === null || row.session.state === "closed") return true;
  const { openedAt } = row.session;
  const begun = new Map(attempts.map((attempt) => [attempt.id, attempt.startedAt]));
  return tenders.some((tender) => tender.kind === "payment" && (begun.get(tender.attempt) ?? openedAt) < openedAt);
}

/** Gives what was completed between the shifts to the one that opens, inside the transaction that opens it. */
export async function countLateIn(transaction: LedgerTransaction, session: SessionId): Promise<void> {
  await transaction.database.sale.where("session").equals(nextShift).modify({ session });
}
