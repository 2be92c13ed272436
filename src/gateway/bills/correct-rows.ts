import { sql } from "kysely";
import { bigWork } from "../store/big-work.ts";
import type { Database } from "../store/database.ts";
import type { RowsOf } from "./write-rows.ts";
import { tradeColumns } from "./write-rows.ts";

/** One number whose rows a corrected bill changed. */
export type ChangedIdentity = { readonly store: string; readonly side: string; readonly number: string };

/** Where a corrected bill's rows wait until they are compared; gone with the SQL transaction. */
export async function openStaging(step: Database): Promise<void> {
  await sql`
    create temporary table bill_staging (
      store text, account text, bill text, line integer, kind text, day text, side text, number text, payment text,
      own boolean, amount bigint, receivable bigint, fee bigint, rate integer, currency text, provider_number text,
      at bigint, status text
    ) on commit drop`.execute(step);
}

/** What a row is compared by. */
const compared = sql.raw("store, side, number, amount, receivable, fee, rate, currency, provider_number, at, payment");

/**
 * Puts a corrected bill's rows in place of those of the bill before: a row that stays as it was is not touched, one that is not
 * there any more is marked with the new bill, what is new or different comes in. Rows of one number are told apart by their order
 * in the file.
 *
 * @returns the numbers that changed, in a table `bill_changed` of this SQL transaction, and how many
 */
export async function replaceRows(step: Database, of: RowsOf): Promise<number> {
  await bigWork(step);
  await sql`analyze bill_staging`.execute(step);
  const current = sql`bill_row where account = ${of.account} and kind = ${of.kind} and day = ${of.day} and gone_with is null`;
  // the many rows that stayed fall away by their hash; only numbers with a row that differs are looked at one by one
  await sql`
    create temporary table bill_differs on commit drop as
    select distinct store, side, number from (
      select ${compared} from (
        select ${compared}, 1 as times from ${current}
        union all
        select ${compared}, -1 from bill_staging
      ) both_bills group by ${compared} having sum(times) <> 0
    ) d
  `.execute(step);
  await sql`analyze bill_differs`.execute(step);
  await sql`
    create temporary table bill_changed on commit drop as
    with old as (
      select b.*, row_number() over (partition by store, side, number order by line) as n
      from (select * from ${current}) b join bill_differs using (store, side, number)
    ), fresh as (
      select f.*, row_number() over (partition by store, side, number order by line) as n
      from bill_staging f join bill_differs using (store, side, number)
    )
    select coalesce(old.store, fresh.store) as store, coalesce(old.side, fresh.side) as side,
      coalesce(old.number, fresh.number) as number, coalesce(old.own, fresh.own) as own, old.bill as old_bill,
      old.line as old_line, fresh.line as fresh_line
    from old full join fresh using (store, side, number, n)
    where (old.amount, old.receivable, old.fee, old.rate, old.currency, old.provider_number, old.at, old.payment)
      is distinct from
      (fresh.amount, fresh.receivable, fresh.fee, fresh.rate, fresh.currency, fresh.provider_number, fresh.at, fresh.payment)
  `.execute(step);
  await sql`
    update bill_row set gone_with = ${of.bill} from bill_changed c
    where bill_row.store = c.store and bill_row.account = ${of.account} and bill_row.bill = c.old_bill
      and bill_row.line = c.old_line and c.old_line is not null
  `.execute(step);
  await sql`
    insert into bill_row (${sql.join(tradeColumns.map((name) => sql.ref(name)))})
    select ${sql.join(tradeColumns.map((name) => sql.ref(`s.${name}`)))}
    from bill_staging s join bill_changed c on c.fresh_line = s.line
  `.execute(step);
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from bill_changed`.execute(step);
  return rows[0]?.count ?? 0;
}
