import type { CompletedSale } from "../../domain/journal.ts";
import { invariant } from "../../domain/assert.ts";
import { balanceOf, saleAfter, type Sale } from "../../domain/sale.ts";
import { snapshotOf } from "../../domain/sale-snapshot.ts";
import type { Instant } from "../../domain/clock.ts";
import type { Tender } from "../../domain/tender.ts";
import type { SaleRow } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";
import { cashMoved } from "../shift/close-session.ts";
import { countingShift, isLate } from "../shift/late-sales.ts";

export type CompletingSteps = {
  readonly firstLineAt: Instant;
  readonly lastLineAt: Instant;
  readonly payAt: Instant;
  readonly steps: number;
};

/**
 * Adds the last tenders and completes the sale, inside the caller's transaction: sale, lines, tenders, receipt number, journal
 * entry and new head are on disk together, before any drawer opens or paper moves. A second completion of one sale fails.
 */
export async function completeSale(
  transaction: LedgerTransaction,
  sale: Sale,
  tenders: readonly Tender[],
  steps: CompletingSteps,
): Promise<SaleRow> {
  const tendered = tenders.reduce((before, tender) => {
    const after = saleAfter(before, { kind: "addTender", tender });
    invariant(after.ok, "the tender fits the balance");
    return after.value;
  }, sale);
  invariant(balanceOf(tendered).amount === 0, "the tenders close the balance");
  const done = saleAfter(tendered, { kind: "complete" });
  invariant(done.ok, "a sale without balance completes");
  const attempts = await transaction.database.attempt.where("sale.id").equals(sale.id).toArray();
  const receipt = transaction.nextReceipt();
  const body = completedBody(done.value, receipt, steps, transaction.at);
  const { session } = transaction;
  const row: SaleRow = {
    id: sale.id,
    receipt,
    completedAt: transaction.at,
    businessDate: session?.session.businessDate ?? ("" as SaleRow["businessDate"]),
    session: countingShift(session),
    staff: sale.staff,
    body,
    promisedRefunds: attempts.filter((each) => each.abandoned === "freed").map((each) => each.id),
    copies: 0,
    ...(isLate(session, sale.tenders.concat(tenders), attempts) ? { isLate: true } : {}),
  };
  await Promise.all([
    transaction.append({ kind: "saleCompleted", body }, { staff: sale.staff }),
    transaction.database.sale.add(row),
    transaction.database.ticket.delete(sale.id),
  ]);
  if (body.drawer) await cashMoved(transaction);
  return row;
}

function completedBody(sale: Sale, receipt: string, steps: CompletingSteps, at: Instant): CompletedSale {
  const [first] = sale.lines;
  invariant(first !== undefined, "a completed sale has lines");
  return {
    sale: snapshotOf(sale),
    receipt,
    tenders: sale.tenders,
    carried: sale.carried,
    approvals: sale.approvals,
    steps: {
      firstLineAt: steps.firstLineAt,
      lastLineAt: steps.lastLineAt,
      payAt: steps.payAt,
      tenderAt: at,
      completedAt: at,
      steps: steps.steps,
    },
    drawer: sale.tenders.some((tender) => tender.kind === "cash"),
  };
}
