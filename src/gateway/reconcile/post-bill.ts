import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { wholeFee } from "../../domain/reconciliation/fee.ts";
import { accounts, type Transfer } from "../books/ledger.ts";
import type { Posting } from "../books/post.ts";
import { restate } from "../books/restate.ts";
import type { BillShareRow, BillStoredRow } from "../store/bill-tables.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { Database } from "../store/database.ts";
import { movedRows, receivedSql, wholeFeeSql } from "./moved-rows.ts";

type Sums = Omit<BillShareRow, "account" | "day" | "bill"> & { readonly currency: string; readonly fee_parts: number };

/**
 * Posts what a complete bill says, store by store (`books.md` 10, rows 9, 10 and 17): fees taken and given back, what is with the
 * provider now, and what came through the account beside our tills. A corrected bill first takes back in red what the one before
 * it had posted. Bills of later days with a reversal whose payment has come or gone are posted anew: it moves something only beside it.
 *
 * @param isFirst whether all its rows are new, else they are those in `bill_changed`
 * @returns the other days that were posted anew
 */
export async function postBill(
  step: Database,
  bill: BillStoredRow,
  isFirst: boolean,
  at: Instant,
): Promise<readonly string[]> {
  await takeBack(step, bill, at);
  await postRows(step, bill, at);
  const others = await billsOfReversals(step, bill, isFirst);
  for (const other of others) await postRows(step, other, at);
  return others.map(({ day }) => day);
}

/** Posts what the bill's rows come to now: what it had posted otherwise goes out in red. */
async function postRows(step: Database, bill: BillStoredRow, at: Instant): Promise<void> {
  const stores = await storesOf(step, bill);
  const sums = await sumsOf(step, bill, stores);
  await step.deleteFrom("bill_share").where("store", "in", stores).where("bill", "=", bill.id).execute();
  const currency = sums.find((each) => each.currency !== "")?.currency as CurrencyCode | undefined;
  const parts = sums.reduce((all, each) => all + each.fee_parts, 0);
  // the fen that rows of five decimals leave over is one fee line, in the account's home, also where that has no row
  const rest = wholeFee(parts) - sums.reduce((all, each) => all + each.fee, 0);
  const isHomeIn = rest === 0 || sums.some(({ store }) => store === bill.store);
  const wanted = new Map<string, Transfer[]>(stores.map((store) => [store, []]));
  for (const each of isHomeIn ? sums : [...sums, { ...nothing, store: bill.store }]) {
    const fee = each.store === bill.store ? each.fee + rest : each.fee;
    const { currency: _, fee_parts: __, ...row } = { ...each, fee };
    await step
      .insertInto("bill_share")
      .values({ ...row, account: bill.account, day: bill.day, bill: bill.id })
      .execute();
    if (currency === undefined) continue;
    const share = shareOf(bill, row, currency);
    wanted.get(row.store)?.push(...share.own);
    wanted.get(bill.store)?.push(...share.home);
  }
  const postings = [...wanted].map(([store, transfers]) => ({ ...postingOf(bill, store, "billTaken"), transfers }));
  await restate(step, postings, at);
}

function postingOf(bill: BillStoredRow, store: string, event: "billTaken" | "billReplaced"): Posting {
  const posting = `bill/${bill.id}`;
  return { store: store as StoreId, posting, event, subject: bill.id, businessDate: bill.day, transfers: [] };
}

/** What a store's share posts in its own books, and in those of the account's home, where the balance with the provider is kept. */
function shareOf(
  bill: BillStoredRow,
  row: Omit<Sums, "currency" | "fee_parts">,
  currency: CurrencyCode,
): { readonly own: readonly Transfer[]; readonly home: readonly Transfer[] } {
  const receivable = accounts.receivable(bill.account);
  const balance = accounts.balance(bill.account);
  const net = row.receivable - row.taken - row.given_back - row.fee + row.other_amount;
  const isHome = row.store === bill.store;
  return {
    own: [
      ...flow(receivable, accounts.otherBusiness, row.other_amount, currency),
      ...flow(accounts.fees, receivable, row.fee, currency),
      ...flow(isHome ? balance : accounts.betweenStores(bill.store), receivable, net, currency),
    ],
    home: isHome ? [] : flow(balance, accounts.betweenStores(row.store), net, currency),
  };
}

const nothing: Omit<Sums, "store"> = {
  currency: "",
  payments: 0,
  amount: 0,
  receivable: 0,
  refunds: 0,
  taken: 0,
  reversals: 0,
  given_back: 0,
  fee: 0,
  fee_parts: 0,
  other_rows: 0,
  other_amount: 0,
};

/** `amount` from credit to debit; below zero the other way round. */
function flow(debit: string, credit: string, amount: number, currency: CurrencyCode): readonly Transfer[] {
  if (amount === 0) return [];
  return amount > 0
    ? [{ debit, credit, amount: money(amount, currency) }]
    : [{ debit: credit, credit: debit, amount: money(-amount, currency) }];
}

/** What replaced bills of this day posted and still stands, in red: found by what was posted, not by which file came when. */
async function takeBack(step: Database, bill: BillStoredRow, at: Instant): Promise<void> {
  const before = await step
    .selectFrom("bill")
    .selectAll()
    .where("store", "=", bill.store)
    .where("account", "=", bill.account)
    .where("kind", "=", bill.kind)
    .where("day", "=", bill.day)
    .where("state", "=", "replaced")
    .execute();
  const stores = await storesOf(step, bill);
  const gone = before.flatMap((each) => stores.map((store) => postingOf(each, store, "billReplaced")));
  await restate(step, gone, at);
}

/**
 * The bills that say of a payment that it was reversed, where this bill brought its row or has it no longer. A reversal stands in
 * the bill of its payment's day or of a later one.
 */
async function billsOfReversals(
  step: Database,
  { store, account, day, kind }: BillStoredRow,
  isFirst: boolean,
): Promise<readonly BillStoredRow[]> {
  const stores = await storesOf(step, { account, store });
  const later = sql`select 1 from bill where store = ${store} and account = ${account} and day > ${day}
    and kind <> 'fundFlow' and state = 'current'`;
  const payments = isFirst
    ? sql`select store, number from bill_row where store = any(${stores}) and account = ${account} and day = ${day}
        and kind = ${kind} and side = 'payment' and gone_with is null`
    : sql`select store, number from bill_changed where side = 'payment' and (old_line is null or fresh_line is null)`;
  const { rows } = await sql<BillStoredRow>`
    select b.* from bill b
    join (
      select distinct r.kind, r.day from (${payments}) p
      -- by the index, payment by payment: all reversals there ever were are more
      cross join lateral (
        select distinct kind, day from bill_row r where r.store = p.store and r.account = ${account} and r.side = 'reversal'
          and r.number = p.number and r.gone_with is null and r.day > ${day}
      ) r
      -- bills come in order: as a rule there is no later one
      where exists (${later})
    ) of using (kind, day)
    where b.store = ${store} and b.account = ${account} and b.state = 'current'
    order by b.day
  `.execute(step);
  return rows;
}

/** What the current rows of this bill's kind and day come to, by store. What moved nothing is counted, and no more. */
async function sumsOf(step: Database, bill: BillStoredRow, stores: readonly string[]): Promise<readonly Sums[]> {
  const { rows } = await sql<Sums>`
    select b.store, max(b.currency) as currency,
      count(*) filter (where b.own and b.side = 'payment') as payments,
      coalesce(sum(b.amount) filter (where b.own and b.side = 'payment'), 0)::bigint as amount,
      coalesce(sum(b.receivable) filter (where b.own and b.side = 'payment'), 0)::bigint as receivable,
      count(*) filter (where b.own and b.side = 'refund') as refunds,
      coalesce(sum(b.receivable) filter (where b.own and b.side = 'refund'), 0)::bigint as taken,
      count(*) filter (where b.own and b.side = 'reversal') as reversals,
      coalesce(sum(b.receivable) filter (where b.own and b.side = 'reversal' and b.moved), 0)::bigint as given_back,
      coalesce(sum(${wholeFeeSql}) filter (where b.moved), 0)::bigint as fee,
      coalesce(sum(b.fee) filter (where b.moved), 0)::bigint as fee_parts,
      count(*) filter (where not b.own) as other_rows,
      coalesce(sum(${receivedSql}) filter (where not b.own and b.moved), 0)::bigint as other_amount
    from ${movedRows(stores, bill.account, bill.day)} b where b.kind = ${bill.kind}
    group by b.store
  `.execute(step);
  return rows;
}
