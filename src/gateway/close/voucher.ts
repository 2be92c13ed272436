import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** One line of a voucher: an account's debits and credits of the day; red entries count with their sign. */
export type VoucherLine = { readonly account: string; readonly debit: number; readonly credit: number };

/** A store's day as it stands for ever. What every export is made of; the same bytes each time. */
export type Voucher = {
  readonly v: 1;
  readonly store: string;
  readonly day: string;
  /** Without gaps in its store, from 1. */
  readonly number: number;
  readonly currency: string;
  readonly lines: readonly VoucherLine[];
  /** What came later than its day, by the business day that it is of. */
  readonly late: readonly { readonly businessDate: string; readonly debits: number }[];
  readonly debits: number;
  readonly credits: number;
  readonly transfers: number;
  /** What it rests on: the journals' last numbers of that day, and the bills. */
  readonly journals: readonly { readonly till: string; readonly series: number; readonly number: number }[];
  readonly bills: readonly string[];
};

type Posted = { readonly account: string; readonly debit: number; readonly credit: number };

/** The day's voucher from the ledger as it stands, with number `number`. */
export async function voucherOf(step: Database, store: string, day: string, number: number): Promise<Voucher> {
  const { rows: lines } = await sql<Posted>`
    select account, sum(debit)::bigint as debit, sum(credit)::bigint as credit from (
      select debit as account, amount as debit, 0 as credit from ledger_transfer where store = ${store} and posting_date = ${day}
      union all
      select credit, 0, amount from ledger_transfer where store = ${store} and posting_date = ${day}
    ) sides group by account order by account collate "C"
  `.execute(step);
  const { rows: late } = await sql<{ businessDate: string; debits: number }>`
    select business_date as "businessDate", sum(amount)::bigint as debits from ledger_transfer
    where store = ${store} and posting_date = ${day} and business_date <> ${day}
    group by business_date order by business_date
  `.execute(step);
  const { rows: journals } = await sql<{ till: string; series: number; number: number }>`
    select till, series, max(number)::bigint as number from sale
    where store = ${store} and business_date = ${day} group by till, series order by till, series
  `.execute(step);
  const { rows: bills } = await sql<{ id: string }>`
    select distinct subject as id from ledger_transfer
    where store = ${store} and posting_date = ${day} and event in ('billTaken', 'billReplaced') order by subject
  `.execute(step);
  const counted = await step
    .selectFrom("ledger_transfer")
    .select([sql<number>`count(*)::integer`.as("count"), sql<string>`coalesce(max(currency), '')`.as("currency")])
    .where("store", "=", store)
    .where("posting_date", "=", day)
    .executeTakeFirstOrThrow();
  return {
    v: 1,
    store,
    day,
    number,
    currency: counted.currency,
    lines: lines.filter(({ debit, credit }) => debit !== 0 || credit !== 0),
    late,
    debits: lines.reduce((all, line) => all + line.debit, 0),
    credits: lines.reduce((all, line) => all + line.credit, 0),
    transfers: counted.count,
    journals,
    bills: bills.map(({ id }) => id),
  };
}

/** Its bytes: UTF-8 JSON, members in this order. */
export function voucherBytes(voucher: Voucher): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(voucher));
}
