import { sql, type RawBuilder } from "kysely";
import type { FlowRow, TradeRow } from "../../domain/bills/bill.ts";
import type { Database } from "../store/database.ts";
import { identityOf } from "./row-identity.ts";

/** What all rows of one bill have in common. */
export type RowsOf = {
  readonly bill: string;
  readonly account: string;
  readonly kind: string;
  readonly day: string;
  readonly homeStore: string;
  readonly storeOfTag: ReadonlyMap<string, string>;
};

/** Columns of `bill_row` and of the place where a corrected bill's rows wait, in this order. */
export const tradeColumns = [
  "store",
  "account",
  "bill",
  "line",
  "kind",
  "day",
  "side",
  "number",
  "payment",
  "own",
  "amount",
  "receivable",
  "fee",
  "rate",
  "currency",
  "provider_number",
  "at",
  "status",
] as const;

/** Writes a batch of a trade bill's rows into `table` in one statement. */
export async function writeTradeRows(
  step: Database,
  table: "bill_row" | "bill_staging",
  of: RowsOf,
  rows: readonly TradeRow[],
): Promise<void> {
  const same = (value: string): RawBuilder<unknown> => sql`cast(${value} as text)`;
  const columns = columnsOf(rows, of);
  await sql`
    insert into ${sql.table(table)} (${sql.join(tradeColumns.map((name) => sql.ref(name)))})
    select r.store, ${same(of.account)}, ${same(of.bill)}, r.line, ${same(of.kind)}, ${same(of.day)}, r.side, r.number,
      r.payment, r.own, r.amount, r.receivable, r.fee, r.rate, r.currency, r.provider_number, r.at, r.status
    from unnest(${sql.join(columns.map(({ type, values }) => sql`cast(${values} as ${sql.raw(type)}[])`))})
      as r (${sql.join(columns.map(({ name }) => sql.ref(name)))})
  `.execute(step);
}

type Column = { readonly name: string; readonly type: string; readonly values: readonly unknown[] };

/** The rows column by column, as one statement takes thousands of them. */
function columnsOf(rows: readonly TradeRow[], { storeOfTag, homeStore }: RowsOf): readonly Column[] {
  const known = rows.map((row) => ({ ...row, ...identityOf(row, storeOfTag, homeStore) }));
  type Known = (typeof known)[number];
  const column = (name: string, type: string, of: (row: Known) => unknown): Column => ({
    name,
    type,
    values: known.map(of),
  });
  return [
    column("store", "text", (row) => row.store),
    column("line", "integer", (row) => row.line),
    column("side", "text", (row) => row.side),
    column("number", "text", (row) => row.number),
    column("payment", "text", (row) => row.payment),
    column("own", "boolean", (row) => row.own),
    column("amount", "bigint", (row) => row.amount),
    column("receivable", "bigint", (row) => row.receivable),
    column("fee", "bigint", (row) => row.fee),
    column("rate", "integer", (row) => row.rate),
    column("currency", "text", (row) => row.currency),
    column("provider_number", "text", (row) => (row.kind === "refund" ? row.providerRefund : row.transaction)),
    column("at", "bigint", (row) => row.at),
    column("status", "text", (row) => row.status),
  ];
}

/** Writes a batch of a fund flow's rows. */
export async function writeFlowRows(step: Database, of: RowsOf, rows: readonly FlowRow[]): Promise<void> {
  if (rows.length === 0) return;
  await step
    .insertInto("flow_row")
    .values(
      rows.map((row) => ({
        store: of.homeStore,
        account: of.account,
        bill: of.bill,
        line: row.line,
        day: of.day,
        kind: row.kind,
        at: row.at,
        number: row.number,
        provider_number: row.transaction,
        voucher: row.voucher,
        words: row.words,
        amount: row.amount,
        balance: row.balance,
        note: row.note,
      })),
    )
    .execute();
}
