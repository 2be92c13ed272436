import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { wholeFee } from "../../domain/reconciliation/fee.ts";
import { accounts, reversedTransfers, type Transfer } from "../books/ledger.ts";
import { post } from "../books/post.ts";
import type { BillShareRow, BillStoredRow } from "../store/bill-tables.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { Database } from "../store/database.ts";
import { movedRows, receivedSql, wholeFeeSql } from "./moved-rows.ts";

type Sums = Omit<BillShareRow, "account" | "day" | "bill"> & { readonly currency: string; readonly fee_parts: number };

/**
 * Posts what a complete bill says, store by store (`books.md` 10, rows 9, 10 and 17): fees taken and given back, what is with the
 * provider now, and what came through the account beside our tills. A corrected bill first takes back in red what the one before
 * it had posted.
 */
export async function postBill(step: Database, bill: BillStoredRow, at: Instant): Promise<void> {
  await takeBack(step, bill, at);
  const sums = await sumsOf(step, bill);
  const currency = sums.find((each) => each.currency !== "")?.currency;
  if (currency === undefined) return;
  const parts = sums.reduce((all, each) => all + each.fee_parts, 0);
  // the fen that rows of five decimals leave over is one fee line, in the account's home, also where that has no row
  const rest = wholeFee(parts) - sums.reduce((all, each) => all + each.fee, 0);
  const isHomeIn = rest === 0 || sums.some(({ store }) => store === bill.store);
  for (const each of isHomeIn ? sums : [...sums, { ...nothing, store: bill.store }]) {
    const fee = each.store === bill.store ? each.fee + rest : each.fee;
    const { currency: _, fee_parts: __, ...row } = { ...each, fee };
    await step
      .insertInto("bill_share")
      .values({ ...row, account: bill.account, day: bill.day, bill: bill.id })
      .execute();
    await postShare(step, bill, row, currency as CurrencyCode, at);
  }
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

async function postShare(
  step: Database,
  bill: BillStoredRow,
  row: Omit<Sums, "currency" | "fee_parts">,
  currency: CurrencyCode,
  at: Instant,
): Promise<void> {
  const receivable = accounts.receivable(bill.account);
  const net = row.receivable - row.taken - row.given_back - row.fee + row.other_amount;
  const isHome = row.store === bill.store;
  const own: Transfer[] = [
    ...flow(receivable, accounts.otherBusiness, row.other_amount, currency),
    ...flow(accounts.fees, receivable, row.fee, currency),
    ...flow(isHome ? accounts.balance(bill.account) : accounts.betweenStores(bill.store), receivable, net, currency),
  ];
  const common = { event: "billTaken", subject: bill.id, businessDate: bill.day };
  await post(step, { ...common, store: row.store as StoreId, posting: `bill/${bill.id}`, transfers: own }, at);
  if (isHome) return;
  const passed = flow(accounts.balance(bill.account), accounts.betweenStores(row.store), net, currency);
  await post(
    step,
    { ...common, store: bill.store as StoreId, posting: `bill/${bill.id}/${row.store}`, transfers: passed },
    at,
  );
}

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
    .select("id")
    .where("store", "=", bill.store)
    .where("account", "=", bill.account)
    .where("kind", "=", bill.kind)
    .where("day", "=", bill.day)
    .where("state", "=", "replaced")
    .execute();
  if (before.length === 0) return;
  const rows = await step
    .selectFrom("ledger_transfer as t")
    .selectAll()
    .where(
      "subject",
      "in",
      before.map(({ id }) => id),
    )
    .where("event", "=", "billTaken")
    .where("store", "in", await storesOf(step, bill))
    .where(
      sql<boolean>`not exists (select 1 from ledger_transfer r where r.store = t.store and r.posting = t.posting || '/red')`,
    )
    .orderBy("n")
    .execute();
  for (const posting of new Set(rows.map((row) => `${row.store}\n${row.posting}`))) {
    const [store = "", name = ""] = posting.split("\n");
    const transfers = rows
      .filter((row) => row.store === store && row.posting === name)
      .map((row) => ({
        debit: row.debit,
        credit: row.credit,
        amount: money(row.amount, row.currency as CurrencyCode),
      }));
    await post(
      step,
      {
        store: store as StoreId,
        posting: `${name}/red`,
        event: "billReplaced",
        subject: rows.find((row) => row.store === store && row.posting === name)?.subject ?? "",
        businessDate: bill.day,
        transfers: reversedTransfers(transfers),
      },
      at,
    );
  }
}

/** What the current rows of this bill's kind and day come to, by store. What moved nothing is counted, and no more. */
async function sumsOf(step: Database, bill: BillStoredRow): Promise<readonly Sums[]> {
  const stores = await storesOf(step, bill);
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
