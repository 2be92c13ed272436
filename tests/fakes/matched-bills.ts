import type { BillPart, BillTotals, FlowRow, TradeRow } from "../../src/domain/bills/bill.ts";
import { noTotals } from "../../src/domain/bills/totals.ts";
import type { Instant } from "../../src/domain/clock.ts";
import type { MinorUnits } from "../../src/domain/money.ts";

export async function* billParts(rows: readonly TradeRow[], footer: BillTotals): AsyncIterable<BillPart> {
  yield { kind: "trade", rows };
  const amount = rows.reduce((all, row) => all + (row.kind === "payment" ? row.amount : 0), 0) as MinorUnits;
  yield { kind: "end", footer, counted: { ...noTotals, rows: rows.length, amount } };
}

export async function* flowParts(rows: readonly FlowRow[]): AsyncIterable<BillPart> {
  yield { kind: "flow", rows };
  yield { kind: "end", footer: noTotals, counted: noTotals };
}

export async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

let line = 0;

/** A row of a bill; its fee is 0.6 %, rounded to the fen. */
export function tradeRow(order: string, amount: number, at: Instant, change: Partial<TradeRow> = {}): TradeRow {
  line++;
  return {
    line,
    kind: "payment",
    order,
    transaction: `42${order}`,
    refund: "",
    providerRefund: "",
    at,
    amount: amount as MinorUnits,
    receivable: amount as MinorUnits,
    fee: Math.floor((amount * 6 + 500) / 1000) * 1000,
    rate: 6000,
    status: "SUCCESS",
    currency: "CNY",
    device: "",
    isJoined: false,
    ...change,
  };
}
