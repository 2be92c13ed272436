import { sql } from "kysely";
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

/** Rows in one statement. */
const rowsAtOnce = 2_000;

/** Writes many postings at once, each under its business date while that day is open, else under the first that is (`books.md` 6). Answers how many rows were not there yet. */
export async function postAll(step: Database, postings: readonly Posting[], at: Instant): Promise<number> {
  const rows = postings.flatMap((posting) =>
    posting.transfers.map((transfer, i) => ({ ...posting, ...transfer, n: i + 1 })),
  );
  let written = 0;
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    written += await writeRows(step, rows.slice(from, from + rowsAtOnce), at);
  return written;
}

type Row = Omit<Posting, "transfers"> & Transfer & { readonly n: number };

async function writeRows(step: Database, rows: readonly Row[], at: Instant): Promise<number> {
  const column = (of: (row: Row) => string | number): readonly (string | number)[] => rows.map(of);
  const days = new Map(rows.map(({ store, businessDate }) => [`${store} ${businessDate}`, { store, businessDate }]));
  const result = await sql`
    insert into ledger_transfer
      (store, posting, n, debit, credit, amount, currency, business_date, posting_date, event, subject, at)
    select r.store, r.posting, r.n, r.debit, r.credit, r.amount, r.currency, r.day,
      coalesce((select max(next_day) from store_day s where s.store = d.store and s.next_day > d.day), d.day),
      r.event, r.subject, cast(${at} as bigint)
    from unnest(${[...days.values()].map(({ store }) => store)}::text[],
      ${[...days.values()].map(({ businessDate }) => businessDate)}::text[]) as d (store, day)
    join unnest(${column((row) => row.store)}::text[], ${column((row) => row.posting)}::text[],
      ${column((row) => row.n)}::integer[], ${column((row) => row.debit)}::text[], ${column((row) => row.credit)}::text[],
      ${column((row) => row.amount.amount)}::bigint[], ${column((row) => row.amount.currency)}::text[],
      ${column((row) => row.businessDate)}::text[], ${column((row) => row.event)}::text[],
      ${column((row) => row.subject)}::text[])
      as r (store, posting, n, debit, credit, amount, currency, day, event, subject)
      on r.store = d.store and r.day = d.day
    on conflict do nothing
  `.execute(step);
  return Number(result.numAffectedRows ?? 0n);
}
