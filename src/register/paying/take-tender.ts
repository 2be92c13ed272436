import { invariant } from "../../domain/assert.ts";
import { balanceOf, saleAfter, type Sale } from "../../domain/sale.ts";
import type { PaymentId } from "../../domain/identifier.ts";
import type { Tender } from "../../domain/tender.ts";
import type { LedgerDatabase, SaleRow } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";
import { cashMoved } from "../shift/close-session.ts";
import { completeSale, type CompletingSteps } from "./complete-sale.ts";
import { isShiftOver } from "../shift/shift-over.ts";
import { isBeingPaid } from "../held/tickets.ts";

export type Taken =
  | { readonly kind: "completed"; readonly row: SaleRow }
  | { readonly kind: "partPaid"; readonly sale: Sale }
  | { readonly kind: "refused"; readonly why: TenderRefusal };

/**
 * Another payment for the same ticket is undecided, the ticket is paid already, the shift closed, or an exchange's goods have come
 * back otherwise: the window is out of date.
 */
export type TenderRefusal = "attemptLive" | "notNow" | "shiftOver" | "nothingLeft";

/**
 * Takes a tender into a sale, inside the caller's transaction: nothing left completes it; else the sale with the money in it is
 * kept in the ledger, where no crash loses it, until the rest is paid. A ticket with another payment on its way takes none, in
 * whatever window it is shown.
 *
 * @param settled the attempt whose capture this tender is; null for money that no attempt brings
 */
export async function takeTender(
  transaction: LedgerTransaction,
  sale: Sale,
  tender: Tender,
  steps: CompletingSteps,
  window: string,
  settled: PaymentId | null = null,
): Promise<Taken> {
  const refusal = await payable(transaction, sale, settled);
  if (refusal !== null) return { kind: "refused", why: refusal };
  const tendered = saleAfter(sale, { kind: "addTender", tender });
  invariant(tendered.ok, "the tender fits the balance");
  if (balanceOf(tendered.value).amount === 0)
    return { kind: "completed", row: await completeSale(transaction, sale, [tender], steps) };
  await keepPartPaid(transaction, tendered.value, window);
  if (tender.kind === "cash") await cashMoved(transaction);
  return { kind: "partPaid", sale: tendered.value };
}

/** Keeps an open sale with money in it; one without is a plain ticket again. */
export async function keepPartPaid(transaction: LedgerTransaction, sale: Sale, window: string): Promise<void> {
  if (sale.tenders.length === 0) return transaction.database.ticket.delete(sale.id);
  const row = { id: sale.id, kind: "partPaid", sale, window, at: transaction.at, shared: 0 } as const;
  await transaction.database.ticket.put(row);
}

/** Why `sale` takes no money now, by what the ledger says of it; null when it does. Asked before an attempt is begun, too. */
export async function payable(
  transaction: LedgerTransaction,
  sale: Sale,
  settled: PaymentId | null = null,
): Promise<TenderRefusal | null> {
  const { database } = transaction;
  // what a provider already took is taken all the same
  if (settled === null && isShiftOver(transaction)) return "shiftOver";
  const [isLive, done] = await Promise.all([isBeingPaid(database, sale.id, settled), database.sale.get(sale.id)]);
  if (done !== undefined) return "notNow";
  if (isLive) return "attemptLive";
  return settled === null && (await isOutdated(database, sale)) ? "notNow" : null;
}

/** Another window has put money into the ticket, or taken some off, since this one showed it. */
async function isOutdated(database: LedgerDatabase, sale: Sale): Promise<boolean> {
  const row = await database.ticket.get(sale.id);
  const kept = row?.kind === "partPaid" ? row.sale.tenders : [];
  return JSON.stringify(kept) !== JSON.stringify(sale.tenders);
}
