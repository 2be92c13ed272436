import { sql } from "kysely";
import type { BillFlowRow, BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";

/** Fees of payouts stand in the flow alone; those of payments in the trade bill. */
const ofPayout = "提现";

/** The number that a row of payouts, their fees or closed refunds goes by: the shop's where the file names one, else its own. */
const nameSql = sql<string>`coalesce(nullif(f.voucher, ''), nullif(f.provider_number, ''), f.number)`;
/** Which rows of a flow `f` they are. Words that are not listed and brought money are nobody's fee: they are shown, not guessed. */
export const ownFlowSql = sql`(f.kind in ('payout', 'payoutReturned', 'refundClosed')
  or (f.words ~ ${ofPayout} and (f.kind in ('fee', 'feeBack') or (f.kind = 'other' and f.amount < 0))))`;

/** What a fund flow posts beside the trade bill, under its rows' numbers. */
export const flowEvents = ["payoutSent", "payoutReturned", "payoutFee", "refundClosed"] as const;

export type OwnName = { readonly kind: string; readonly name: string };
/** A row of a flow that the trade bill knows nothing of. */
export type OwnFlowRow = OwnName &
  Pick<BillFlowRow, "bill" | "day" | "at" | "voucher" | "provider_number" | "amount" | "note">;
type Flow = Pick<BillStoredRow, "store" | "account" | "day">;

/** The numbers of such rows in any file of that day, also in one that was replaced. */
export async function ownNames(step: Database, { store, account, day }: Flow): Promise<readonly OwnName[]> {
  const { rows } = await sql<OwnName>`
    select distinct f.kind, ${nameSql} as name from flow_row f
    where f.store = ${store} and f.account = ${account} and f.day = ${day} and ${ownFlowSql}
  `.execute(step);
  return rows;
}

/** The rows that current flows have under these numbers: of that day, and of other days under which one of them was posted. */
export async function ownRows(
  step: Database,
  { store, account, day }: Flow,
  names: readonly OwnName[],
): Promise<readonly OwnFlowRow[]> {
  const numbers = [...new Set(names.map(({ name }) => name))];
  if (numbers.length === 0) return [];
  const { rows } = await sql<OwnFlowRow>`
    select f.bill, f.day, f.kind, f.at, f.voucher, f.provider_number, f.amount, f.note, ${nameSql} as name from flow_row f
    join bill b on b.store = f.store and b.id = f.bill and b.state = 'current'
    where f.store = ${store} and f.account = ${account} and ${ownFlowSql} and ${nameSql} = any(${numbers}::text[])
      and f.day in (select ${day} union select business_date from ledger_transfer
        where store = ${store} and subject = any(${numbers}::text[]) and event = any(${[...flowEvents]}::text[]))
    order by f.day, f.line
  `.execute(step);
  return rows;
}
