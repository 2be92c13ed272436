import { sql, type RawBuilder } from "kysely";
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
export async function post(step: Database, posting: Posting, at: Instant): Promise<boolean> {
  return (await postAll(step, [posting], at)) > 0;
}

/** The business date while its day is open; else the first day that is (`books.md` 6). */
function postingDate(store: StoreId, businessDate: string): RawBuilder<string> {
  return sql<string>`coalesce((select max(next_day) from store_day where store = ${store} and next_day > ${businessDate}),
    ${businessDate})`;
}

/** Rows in one statement: each has 15 values, and a statement takes 65,535. */
const rowsAtOnce = 2_000;

/** Writes many postings at once. Answers how many rows were not there yet. */
export async function postAll(step: Database, postings: readonly Posting[], at: Instant): Promise<number> {
  const rows = postings.flatMap(({ store, posting, event, subject, businessDate, transfers }) =>
    transfers.map(({ debit, credit, amount }, i) => ({
      store,
      posting,
      n: i + 1,
      debit,
      credit,
      amount: amount.amount as number,
      currency: amount.currency,
      business_date: businessDate,
      posting_date: postingDate(store, businessDate),
      event,
      subject,
      at,
    })),
  );
  let written = 0;
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const result = await step
      .insertInto("ledger_transfer")
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    written += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  return written;
}
