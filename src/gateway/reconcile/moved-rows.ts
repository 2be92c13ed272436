import { sql, type RawBuilder } from "kysely";

/** The fee of a trade bill's row `b` in the smallest unit, as `wholeFee` has it. */
export const wholeFeeSql = sql<number>`sign(b.fee)::bigint * ((abs(b.fee) * 2 + 1000) / 2000)`;

/** What a trade bill's row `b` adds to what the provider owes, without its fee. */
export const receivedSql = sql<number>`case b.side when 'payment' then b.receivable else -b.receivable end`;

/**
 * The rows of a day's trade bills, and of each whether money `moved` by it. A reversal takes back what its payment's row had brought:
 * without that row nothing moved.
 */
export function movedRows(stores: readonly string[], account: string, day: string): RawBuilder<unknown> {
  const rows = sql`from bill_row r where r.store = any(${stores}) and r.account = ${account} and r.day = ${day}
    and r.gone_with is null`;
  // the few reversals by themselves: else the database may look for a payment's row beside every row
  return sql`(
    select r.*, true as moved ${rows} and r.side <> 'reversal'
    union all
    select r.*, exists (select 1 from bill_row p where p.store = r.store and p.account = r.account and p.side = 'payment'
      and p.number = r.payment and p.gone_with is null) ${rows} and r.side = 'reversal'
  )`;
}
