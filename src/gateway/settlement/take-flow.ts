import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { storesOf } from "../bills/account-stores.ts";
import { accounts, type Transfer } from "../books/ledger.ts";
import type { Posting } from "../books/post.ts";
import { restate } from "../books/restate.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import { ownNames, ownRows, type OwnFlowRow } from "./flow-rows.ts";
import { keepPayouts } from "./keep-payouts.ts";

/**
 * What a fund flow tells beside the trade bill: payouts with their fees, payouts that came back, and refunds that the provider closed
 * after taking them on (`books.md` 10, rows 11 and 12). What stands by a number is what the current flows say of it: the same flow
 * again adds nothing, and what a corrected one has otherwise, or not any more, goes out in red first.
 */
export async function takeFlow(step: Database, bill: BillStoredRow, at: Instant): Promise<void> {
  const currency = await currencyOf(step, bill);
  await keepOpening(step, bill, currency, at);
  const names = await ownNames(step, bill);
  const rows = await ownRows(step, bill, names);
  const payouts = names.flatMap(({ kind, name }) => (kind === "payout" || kind === "payoutReturned" ? [name] : []));
  await keepPayouts(step, bill, rows, payouts, currency, at);
  const wanted = new Map<string, Posting>();
  const add = (posting: Posting): void => {
    const transfers = [...(wanted.get(posting.posting)?.transfers ?? []), ...posting.transfers];
    wanted.set(posting.posting, { ...posting, transfers });
  };
  for (const { kind, name } of names) add(namedPosting(bill, kind, name));
  for (const row of rows) {
    const transfers = await transfersOf(step, bill, row, currency);
    add({ ...namedPosting(bill, row.kind, row.name), transfers });
  }
  await restate(step, [...wanted.values()], at);
}

const events: Readonly<Record<string, readonly [prefix: string, event: string]>> = {
  payout: ["payout", "payoutSent"],
  payoutReturned: ["payoutReturned", "payoutReturned"],
  refundClosed: ["refundClosed", "refundClosed"],
};

/** The posting of a number's rows of a kind; what is none of the others is a fee of a payout. */
function namedPosting(bill: BillStoredRow, kind: string, name: string): Posting {
  const [prefix, event] = events[kind] ?? ["payoutFee", "payoutFee"];
  return {
    store: bill.store as StoreId,
    posting: `${prefix}/${bill.account}/${name}`,
    event,
    subject: name,
    businessDate: bill.day,
    transfers: [],
  };
}

async function transfersOf(
  step: Database,
  bill: BillStoredRow,
  row: OwnFlowRow,
  currency: CurrencyCode,
): Promise<readonly Transfer[]> {
  const balance = accounts.balance(bill.account);
  const transit = accounts.payoutInTransit(bill.account);
  switch (row.kind) {
    case "payout":
      return [{ debit: transit, credit: balance, amount: money(-row.amount, currency) }];
    case "payoutReturned":
      return [{ debit: balance, credit: transit, amount: money(row.amount, currency) }];
    case "refundClosed":
      return refundClosed(step, bill, row, currency);
    default:
      return [{ debit: accounts.fees, credit: balance, amount: money(-row.amount, currency) }];
  }
}

/** A refund came back to the balance: what its row had taken, less the part of the fee that is taken again with it. */
async function refundClosed(
  step: Database,
  bill: BillStoredRow,
  row: OwnFlowRow,
  currency: CurrencyCode,
): Promise<readonly Transfer[]> {
  const taken = (await takenBy(step, bill, row)) ?? row.amount;
  const rest = taken - row.amount;
  const home = accounts.balance(bill.account);
  const transfers: Transfer[] = [
    { debit: home, credit: accounts.receivable(bill.account), amount: money(row.amount, currency) },
  ];
  if (rest !== 0)
    transfers.push({ debit: accounts.fees, credit: accounts.receivable(bill.account), amount: money(rest, currency) });
  return transfers;
}

/** What the refund that the row names had taken; null where nobody knows it. A refund's own number decides before the provider's. */
async function takenBy(step: Database, bill: BillStoredRow, row: OwnFlowRow): Promise<number | null> {
  const stores = await storesOf(step, bill);
  const { rows } = await sql<{ taken: number }>`
    select receivable as taken, 1 as nth from bill_row
    where store = any(${stores}) and account = ${bill.account} and side = 'refund' and number = ${row.voucher}
      and gone_with is null
    union all
    -- its trade bill may come later than its flow
    select receivable, 2 from movement
    where store = any(${stores}) and account = ${bill.account} and side = 'refund' and number = ${row.voucher}
    order by nth limit 1
  `.execute(step);
  const [known] = rows;
  // one that has no number of the provider's is not every other one that has none
  if (known !== undefined || row.provider_number === "") return known?.taken ?? null;
  const theirs = await step
    .selectFrom("bill_row")
    .select("receivable")
    .where("store", "in", stores)
    .where("account", "=", bill.account)
    .where("side", "=", "refund")
    .where("provider_number", "=", row.provider_number)
    .where("gone_with", "is", null)
    .limit(1)
    .executeTakeFirst();
  return theirs?.receivable ?? null;
}

/** What lay with the provider when the earliest flow of all begins, and our books knew nothing of it. */
async function keepOpening(step: Database, bill: BillStoredRow, currency: CurrencyCode, at: Instant): Promise<void> {
  const first = await step
    .selectFrom("flow_row")
    .innerJoin("bill", (join) => join.onRef("bill.store", "=", "flow_row.store").onRef("bill.id", "=", "flow_row.bill"))
    .select(["flow_row.day", "amount", "balance"])
    .where("flow_row.store", "=", bill.store)
    .where("flow_row.account", "=", bill.account)
    .where("bill.state", "=", "current")
    .orderBy("flow_row.day")
    .orderBy("line")
    .limit(1)
    .executeTakeFirst();
  if (first === undefined) return;
  const opening = first.balance - first.amount;
  const balance = accounts.balance(bill.account);
  const [debit, credit] = opening > 0 ? [balance, accounts.openingBalance] : [accounts.openingBalance, balance];
  const posting = {
    store: bill.store as StoreId,
    posting: `opening/${bill.account}`,
    event: "opening",
    subject: bill.account,
    businessDate: first.day,
    transfers: [{ debit, credit, amount: money(Math.abs(opening), currency) }],
  };
  await restate(step, [posting], at);
}

/** A flow names no currency: it is that of the account's home. */
export async function currencyOf(step: Database, bill: Pick<BillStoredRow, "store">): Promise<CurrencyCode> {
  const { currency } = await step
    .selectFrom("store")
    .select("currency")
    .where("id", "=", bill.store)
    .executeTakeFirstOrThrow();
  return currency as CurrencyCode;
}
