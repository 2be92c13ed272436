import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { accounts, type Transfer } from "../books/ledger.ts";
import { postAll, type Posting } from "../books/post.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import type { BillFlowRow, BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";

/** Fees of payouts stand in the flow alone; those of payments in the trade bill. */
const ofPayout = /提现/u;

/**
 * What a fund flow tells beside the trade bill: payouts with their fees, payouts that came back, and refunds that the provider closed
 * after taking them on (`books.md` 10, rows 11 and 12). Everything is posted once by the provider's own number, so that a corrected
 * flow, or the same one again, adds only what is new.
 */
export async function takeFlow(step: Database, bill: BillStoredRow, at: Instant): Promise<void> {
  const rows = await step
    .selectFrom("flow_row")
    .selectAll()
    .where("store", "=", bill.store)
    .where("account", "=", bill.account)
    .where("bill", "=", bill.id)
    .where((row) =>
      row.or([
        row("kind", "in", ["payout", "payoutReturned", "refundClosed"]),
        row.and([row("kind", "in", ["fee", "other"]), row("words", "~", ofPayout.source)]),
      ]),
    )
    .orderBy("line")
    .execute();
  const currency = await currencyOf(step, bill);
  await keepOpening(step, bill, currency, at);
  for (const row of rows) {
    if (row.kind === "payout") await keepPayout(step, bill, row, currency);
    if (row.kind === "payoutReturned") await payoutReturned(step, bill, row, currency, at);
  }
  const postings = await Promise.all(rows.map((row) => postingOf(step, bill, row, currency)));
  await postAll(
    step,
    postings.flatMap((posting) => posting ?? []),
    at,
  );
}

/** What a payout's row is called: the shop's number where the file names one, else the movement's own. */
function numberOf(row: BillFlowRow): string {
  return row.voucher || row.provider_number || row.number;
}

async function keepPayout(
  step: Database,
  bill: BillStoredRow,
  row: BillFlowRow,
  currency: CurrencyCode,
): Promise<void> {
  await step
    .insertInto("payout")
    .values({
      store: bill.store,
      account: bill.account,
      number: numberOf(row),
      day: bill.day,
      at: row.at,
      amount: -row.amount,
      fee: 0,
      currency,
      state: "sent",
      arrived_on: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function payoutReturned(
  step: Database,
  bill: BillStoredRow,
  row: BillFlowRow,
  currency: CurrencyCode,
  at: Instant,
): Promise<void> {
  await step
    .updateTable("payout")
    .set({ state: "returned" })
    .where("store", "=", bill.store)
    .where("account", "=", bill.account)
    .where("number", "=", numberOf(row))
    .execute();
  const account = { id: bill.account, homeStore: bill.store };
  const identity = { store: bill.store, side: "payout", number: numberOf(row) } as const;
  const place = placeOfBill(bill.id, bill.day, currency);
  const verdicts = [breakOf("payoutReturned", row.amount)];
  await keepDifferences(step, account, [{ identity, verdicts, place, detail: { note: row.note } }], at);
}

async function postingOf(
  step: Database,
  bill: BillStoredRow,
  row: BillFlowRow,
  currency: CurrencyCode,
): Promise<Posting | null> {
  const balance = accounts.balance(bill.account);
  const transit = accounts.payoutInTransit(bill.account);
  const number = numberOf(row);
  const common = { store: bill.store as StoreId, subject: number, businessDate: bill.day };
  const amount = money(Math.abs(row.amount), currency);
  switch (row.kind) {
    case "payout":
      return {
        ...common,
        posting: `payout/${bill.account}/${number}`,
        event: "payoutSent",
        transfers: [{ debit: transit, credit: balance, amount }],
      };
    case "payoutReturned":
      return {
        ...common,
        posting: `payoutReturned/${bill.account}/${number}`,
        event: "payoutReturned",
        transfers: [{ debit: balance, credit: transit, amount }],
      };
    case "refundClosed":
      return refundClosed(step, bill, row, currency);
    default:
      return {
        ...common,
        posting: `payoutFee/${bill.account}/${number}`,
        event: "payoutFee",
        transfers: [{ debit: accounts.fees, credit: balance, amount }],
      };
  }
}

/** A refund came back to the balance: what its row had taken, less the part of the fee that is taken again with it. */
async function refundClosed(
  step: Database,
  bill: BillStoredRow,
  row: BillFlowRow,
  currency: CurrencyCode,
): Promise<Posting | null> {
  const { rows } = await sql<{ taken: number }>`
    select receivable as taken, 1 as nth from bill_row
    where account = ${bill.account} and side = 'refund' and gone_with is null
      and (number = ${row.voucher} or provider_number = ${row.provider_number})
    union all
    -- its trade bill may come later than its flow
    select receivable, 2 from movement where account = ${bill.account} and side = 'refund' and number = ${row.voucher}
    order by nth limit 1
  `.execute(step);
  const refund = rows[0];
  const taken = refund?.taken ?? row.amount;
  const rest = taken - row.amount;
  const home = accounts.balance(bill.account);
  const transfers: Transfer[] = [
    { debit: home, credit: accounts.receivable(bill.account), amount: money(row.amount, currency) },
  ];
  if (rest !== 0)
    transfers.push({ debit: accounts.fees, credit: accounts.receivable(bill.account), amount: money(rest, currency) });
  return {
    store: bill.store as StoreId,
    posting: `refundClosed/${bill.account}/${numberOf(row)}`,
    event: "refundClosed",
    subject: numberOf(row),
    businessDate: bill.day,
    transfers,
  };
}

/** What lay with the provider when its first flow begins and our books knew nothing of it. */
async function keepOpening(step: Database, bill: BillStoredRow, currency: CurrencyCode, at: Instant): Promise<void> {
  const earlier = await step
    .selectFrom("flow_row")
    .select("line")
    .where("store", "=", bill.store)
    .where("account", "=", bill.account)
    .where("day", "<", bill.day)
    .limit(1)
    .executeTakeFirst();
  if (earlier !== undefined) return;
  const first = await step
    .selectFrom("flow_row")
    .select(["amount", "balance"])
    .where("store", "=", bill.store)
    .where("account", "=", bill.account)
    .where("bill", "=", bill.id)
    .orderBy("line")
    .limit(1)
    .executeTakeFirst();
  const opening = first === undefined ? 0 : first.balance - first.amount;
  if (opening === 0) return;
  const [debit, credit] =
    opening > 0
      ? [accounts.balance(bill.account), accounts.openingBalance]
      : [accounts.openingBalance, accounts.balance(bill.account)];
  await postAll(
    step,
    [
      {
        store: bill.store as StoreId,
        posting: `opening/${bill.account}`,
        event: "opening",
        subject: bill.account,
        businessDate: bill.day,
        transfers: [{ debit, credit, amount: money(Math.abs(opening), currency) }],
      },
    ],
    at,
  );
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
