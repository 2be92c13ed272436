import { minorUnits, type MinorUnits } from "../money.ts";
import { alipayForm } from "./alipay-form.ts";
import { alipayOwnerComment } from "./alipay-owner.ts";
import { BillRefused, type FlowKind, type FlowRow } from "./bill.ts";
import { fenOfYuan } from "./cells.ts";
import { columnOf, neededColumn } from "./columns.ts";
import { ownerCheck, rowBatch, type BillOwner, type BillReader } from "./reader.ts";
import type { BillRecord } from "./record.ts";
import { countFlow, emptyTally, flowTotals, noTotals } from "./totals.ts";

/** Under which names an account flow holds what we need; names in plain signs, `null` where a file has no such column. */
export type AlipayFlowColumns = {
  readonly number: string;
  readonly transaction: string;
  readonly voucher: string;
  readonly at: string;
  readonly moneyIn: string;
  readonly moneyOut: string;
  readonly balance: string;
  readonly words: string;
  readonly note: string | null;
};

/** The layout of 账务明细 as it is commonly seen; not confirmed by the provider's pages, so it can be replaced. */
export const alipayFlowColumns: AlipayFlowColumns = {
  number: "账务流水号",
  transaction: "业务流水号",
  voucher: "商户订单号",
  at: "发生时间",
  moneyIn: "收入金额(+元)",
  moneyOut: "支出金额(-元)",
  balance: "账户余额(元)",
  words: "业务类型",
  note: "备注",
};

/** Alipay's own words (业务类型) by the way the balance moved; the same words the other way are not listed. */
const kindByWords: Readonly<Record<"in" | "out", ReadonlyMap<string, FlowKind>>> = {
  in: new Map([
    ["交易", "payment"],
    ["交易付款", "payment"],
    ["在线支付", "payment"],
    ["交易退款", "refundClosed"],
    ["退款", "refundClosed"],
    ["退费", "feeBack"],
    ["提现退回", "payoutReturned"],
    ["提现退票", "payoutReturned"],
  ]),
  out: new Map([
    ["交易退款", "refund"],
    ["退款", "refund"],
    ["收费", "fee"],
    ["服务费", "fee"],
    ["提现", "payout"],
    ["提现手续费", "fee"],
  ]),
};

type Columns = ReturnType<typeof columnsOf>;

const inTotal = /^#收入合计:(\d{1,9})笔,共(\+?-?\d[\d.]*)元/u;
const outTotal = /^#支出合计:(\d{1,9})笔,共(\+?-?\d[\d.]*)元/u;

/** Alipay's account flow (账务明细, `signcustomer`), its columns found by `map`. */
export function alipayFlowReader(
  owner: BillOwner | null = null,
  map: AlipayFlowColumns = alipayFlowColumns,
): BillReader<FlowRow> {
  const check = ownerCheck(owner);
  const tally = emptyTally();
  const told = { in: null as Total | null, out: null as Total | null };
  let columns: Columns | null = null;
  const batch = rowBatch<FlowRow>();
  const form = alipayForm({
    comment(text, line) {
      alipayOwnerComment(text, owner);
      told.in ??= totalIn(inTotal, text, line);
      told.out ??= totalIn(outTotal, text, line);
    },
    header(names) {
      columns = columnsOf(names, map);
    },
    row(record) {
      if (columns === null) return;
      const row = rowOf(record, columns);
      check.see(row.at);
      countFlow(tally, row);
      batch.add(row);
    },
  });
  return {
    push(text) {
      form.push(text);
      return batch.take();
    },
    end() {
      const { isOver } = form.end();
      if (!isOver || (tally.rows > 0 && (told.in === null || told.out === null)))
        throw new BillRefused("cutOff", "the file ends before its totals (合计)");
      check.end();
      const rowsTold = told.in === null || told.out === null ? null : told.in.rows + told.out.rows;
      const footer = {
        ...noTotals,
        rows: rowsTold,
        moneyIn: told.in?.amount ?? null,
        moneyOut: told.out?.amount ?? null,
      };
      return { rows: batch.take(), footer, counted: flowTotals(tally) };
    },
  };
}

function columnsOf(names: readonly string[], map: AlipayFlowColumns) {
  return {
    number: neededColumn(names, map.number),
    transaction: neededColumn(names, map.transaction),
    voucher: neededColumn(names, map.voucher),
    at: neededColumn(names, map.at),
    moneyIn: neededColumn(names, map.moneyIn),
    moneyOut: neededColumn(names, map.moneyOut),
    balance: neededColumn(names, map.balance),
    words: neededColumn(names, map.words),
    note: map.note === null ? -1 : columnOf(names, map.note),
  };
}

function rowOf(record: BillRecord, columns: Columns): FlowRow {
  const moneyIn = record.isEmpty(columns.moneyIn) ? 0 : record.fenNotBelowZero(columns.moneyIn);
  const moneyOut = record.isEmpty(columns.moneyOut) ? 0 : Math.abs(record.fen(columns.moneyOut));
  if (moneyIn > 0 && moneyOut > 0) record.refuse(columns.moneyOut);
  const words = record.cell(columns.words);
  return {
    line: record.line,
    kind: kindByWords[moneyOut === 0 ? "in" : "out"].get(words) ?? "other",
    at: record.time(columns.at),
    number: record.cell(columns.number),
    transaction: record.cell(columns.transaction),
    voucher: record.cell(columns.voucher),
    words,
    amount: minorUnits(moneyIn - moneyOut),
    balance: record.fen(columns.balance),
    note: record.cell(columns.note),
    isJoined: record.isJoined,
  };
}

type Total = { readonly rows: number; readonly amount: MinorUnits };

function totalIn(pattern: RegExp, comment: string, line: number): Total | null {
  const [, rows, yuan] = pattern.exec(comment) ?? [];
  if (rows === undefined || yuan === undefined) return null;
  const fen = fenOfYuan(yuan);
  if (fen === null) throw new BillRefused("cellUnreadable", `line ${line}, totals`);
  return { rows: Number(rows), amount: minorUnits(Math.abs(fen)) };
}
