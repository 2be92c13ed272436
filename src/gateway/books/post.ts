import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { Database } from "../store/database.ts";
import type { Transfer } from "./ledger.ts";

export type Posting = {
  readonly store: StoreId;
  /** Names the posting for ever: the same one written again changes nothing. */
  readonly posting: string;
  /** What happened, in our words: saleCompleted, captured, captureReversed. */
  readonly event: string;
  /** The sale's or attempt's id. */
  readonly subject: string;
  readonly businessDate: string;
  readonly transfers: readonly Transfer[];
};

/** Writes a posting's rows, in the SQL transaction of what caused it. True when it was not there yet. */
export async function post(
  step: Database,
  { store, posting, event, subject, businessDate, transfers }: Posting,
  at: Instant,
): Promise<boolean> {
  if (transfers.length === 0) return false;
  const rows = transfers.map(({ debit, credit, amount }, i) => ({
    store,
    posting,
    n: i + 1,
    debit,
    credit,
    amount: amount.amount as number,
    currency: amount.currency,
    business_date: businessDate,
    event,
    subject,
    at,
  }));
  const written = await step
    .insertInto("ledger_transfer")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
