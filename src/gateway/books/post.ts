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

/** Rows in one statement. */
const rowsAtOnce = 2_000;

/**
 * Writes many postings at once, each under its business date while that day is open, else under the first day that is open and in no
 * locked month (`books.md` 6). A transfer of nought is none. Answers how many rows were not there yet.
 */
export async function postAll(step: Database, postings: readonly Posting[], at: Instant): Promise<number> {
  const rows = postings.flatMap((posting) =>
    posting.transfers
      .filter(({ amount }) => amount.amount !== 0)
      .map((transfer, i) => ({ ...posting, ...transfer, n: i + 1 })),
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
      d.posting_day,
      r.event, r.subject, cast(${at} as bigint)
    from (${postingDays([...days.values()])}) d
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

/** The posting day of each of these business days; of the days behind it none is closed, and of a run of locked months it is the day after. */
function postingDays(days: readonly Pick<Row, "store" | "businessDate">[]): RawBuilder<unknown> {
  return sql`
    select o.store, o.day, coalesce((
        select min(f.first) from locked_month m
        cross join lateral (select to_char((m.month || '-01')::date + interval '1 month', 'YYYY-MM-DD') as first) f
        where m.store = o.store and m.month >= left(o.open_day, 7)
          and exists (select 1 from locked_month l where l.store = o.store and l.month = left(o.open_day, 7))
          and not exists (select 1 from locked_month n where n.store = o.store and n.month = left(f.first, 7))
      ), o.open_day) as posting_day
    from (
      select u.store, u.day, coalesce(
        (select max(next_day) from store_day s where s.store = u.store and s.next_day > u.day), u.day) as open_day
      from unnest(${days.map(({ store }) => store)}::text[], ${days.map(({ businessDate }) => businessDate)}::text[])
        as u (store, day)
    ) o`;
}
