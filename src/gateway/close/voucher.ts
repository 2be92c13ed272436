import { sql } from "kysely";
import { flowEvents } from "../settlement/flow-rows.ts";
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
  /** What it rests on: the last number of each journal that something in it comes from, sales and cash, late ones among them; and the bills. */
  readonly journals: readonly JournalNumber[];
  readonly bills: readonly string[];
};

type JournalNumber = { readonly till: string; readonly series: number; readonly number: number };
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
  const journals = await journalsOf(step, store, day);
  const bills = await billsOf(step, store, day);
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
    bills,
  };
}

/** A bill's posting bears its id; a fund flow's bear the account and the numbers of its rows, under its day. */
async function billsOf(step: Database, store: string, day: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with posted as (
      select distinct event, subject, business_date as day, split_part(posting, '/', 2) as account from ledger_transfer
      where store = ${store} and posting_date = ${day} and event = any(${["billTaken", "billReplaced", "opening", ...flowEvents]}::text[])
    )
    select subject as id from posted where event in ('billTaken', 'billReplaced')
    union
    select b.id from posted p join bill b on b.store = ${store} and b.account = p.account and b.day = p.day
      and b.kind = 'fundFlow' and b.state = 'current'
    where p.event not in ('billTaken', 'billReplaced')
    order by id
  `.execute(step);
  return rows.map(({ id }) => id);
}

/** A drawer's posting bears the number of the entry that it comes from; a sale's stands with the sale. */
async function journalsOf(step: Database, store: string, day: string): Promise<readonly JournalNumber[]> {
  const { rows } = await sql<JournalNumber>`
    with posted as (
      select distinct posting, subject, event from ledger_transfer where store = ${store} and posting_date = ${day}
    )
    select till, series, max(number)::bigint as number from (
      select till, series, number from sale where store = ${store} and business_date = ${day}
      union all
      select s.till, s.series, s.number from posted p join sale s on s.store = ${store} and s.id = p.subject
      where p.event = 'saleCompleted'
      union all
      select j.till, j.series, j.number from (
        select regexp_match(posting, '^([^/]+)/([0-9]{1,9})/([0-9]{1,15})(/ended)?$') as n from posted
      ) p join journal_entry j on j.store = ${store} and j.till = n[1] and j.series = n[2]::integer and j.number = n[3]::bigint
    ) named group by till, series order by till, series
  `.execute(step);
  return rows;
}

/** Its bytes: UTF-8 JSON, members in this order. */
export function voucherBytes(voucher: Voucher): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(voucher));
}
