import { minorUnits, type MinorUnits } from "../money.ts";
import { BillRefused, type BillTotals, type TradeRow, type TradeRowKind } from "./bill.ts";
import { columnOf, neededColumn } from "./columns.ts";
import { ownerCheck, rowBatch, type BillOwner, type BillReader } from "./reader.ts";
import type { BillRecord } from "./record.ts";
import { emptyTally, noTotals, tradeTotals, type Tally } from "./totals.ts";
import { figure, wechatForm } from "./wechat-form.ts";

/** Where a trade bill's columns stand; -1 for one that this type of bill does not have. */
type Columns = ReturnType<typeof columnsOf>;

/** WeChat Pay's trade bill: ALL, SUCCESS, REFUND and RECHARGE_REFUND alike. Fees keep the sign they stand with. */
export function wechatTradeReader(owner: BillOwner | null = null): BillReader<TradeRow> {
  const check = ownerCheck(owner);
  const tally = emptyTally();
  let columns: Columns | null = null;
  const batch = rowBatch<TradeRow>();
  const form = wechatForm({
    header(names) {
      columns = columnsOf(names);
    },
    row(record) {
      if (columns === null) return;
      if (owner !== null && !record.is(columns.account, owner.account))
        throw new BillRefused("notOurs", `line ${record.line} is of another merchant`);
      const row = rowOf(record, columns);
      check.see(row.at);
      count(tally, row, record, columns);
      batch.add(row);
    },
  });
  return {
    push(text) {
      form.push(text);
      return batch.take();
    },
    end() {
      const footer = footerOf(form.end());
      check.end();
      return { rows: batch.take(), footer, counted: tradeTotals(tally) };
    },
  };
}

function columnsOf(names: readonly string[]) {
  return {
    account: columnOf(names, "商户号"),
    at: neededColumn(names, "交易时间"),
    order: neededColumn(names, "商户订单号"),
    transaction: neededColumn(names, "微信订单号"),
    status: neededColumn(names, "交易状态"),
    currency: neededColumn(names, "货币种类"),
    amount: neededColumn(names, "订单金额"),
    receivable: neededColumn(names, "应结订单金额"),
    fee: neededColumn(names, "手续费"),
    rate: columnOf(names, "费率"),
    device: columnOf(names, "设备号"),
    refundAt: columnOf(names, "退款申请时间"),
    refund: columnOf(names, "商户退款单号"),
    providerRefund: columnOf(names, "微信退款单号"),
    refundStatus: columnOf(names, "退款状态"),
    asked: columnOf(names, "申请退款金额"),
    taken: columnOf(names, "退款金额"),
  };
}

/** Columns that only bills with refunds have; a refund's row cannot do without. */
const refundColumns = [
  ["refund", "商户退款单号"],
  ["providerRefund", "微信退款单号"],
  ["asked", "申请退款金额"],
  ["taken", "退款金额"],
] as const;

function rowOf(record: BillRecord, columns: Columns): TradeRow {
  const kind = kindOf(record, columns);
  const isPayment = kind === "payment";
  if (kind === "refund") {
    for (const [column, name] of refundColumns)
      if (columns[column] === -1) throw new BillRefused("columnMissing", `${name} (line ${record.line} is a refund)`);
  }
  return {
    line: record.line,
    kind,
    order: numberIn(record, columns.order),
    transaction: numberIn(record, columns.transaction),
    refund: isPayment ? "" : numberIn(record, columns.refund),
    providerRefund: isPayment ? "" : numberIn(record, columns.providerRefund),
    at: record.time(isPayment || record.isEmpty(columns.refundAt) ? columns.at : columns.refundAt),
    amount: amountOf(kind, record, columns),
    receivable: receivableOf(kind, record, columns),
    fee: record.thousandths(columns.fee),
    rate: record.rate(columns.rate),
    status: record.cell(
      kind !== "refund" || record.isEmpty(columns.refundStatus) ? columns.status : columns.refundStatus,
    ),
    currency: record.cell(columns.currency),
    device: record.cell(columns.device),
    isJoined: record.isJoined,
  };
}

/** A reversal asks for nothing by a number of its own: what it undid is what was taken, or what it says of the order. */
function amountOf(kind: TradeRowKind, record: BillRecord, columns: Columns): MinorUnits {
  if (kind === "payment") return record.fenNotBelowZero(columns.amount);
  const asked = fenOrZero(record, columns.asked);
  if (kind === "refund") return asked;
  return asked > 0 ? asked : receivableOf(kind, record, { ...columns, receivable: columns.amount });
}

function receivableOf(kind: TradeRowKind, record: BillRecord, columns: Columns): MinorUnits {
  if (kind === "payment") return record.fenNotBelowZero(columns.receivable);
  const taken = fenOrZero(record, columns.taken);
  return kind === "refund" || taken > 0 ? taken : record.fenNotBelowZero(columns.receivable);
}

function fenOrZero(record: BillRecord, column: number): MinorUnits {
  return column === -1 ? minorUnits(0) : record.fenNotBelowZero(column);
}

/** A status that is not listed is told apart by the refund's number; it stands in the row as the provider wrote it. */
function kindOf(record: BillRecord, columns: Columns): TradeRowKind {
  if (record.is(columns.status, "SUCCESS")) return "payment";
  if (record.is(columns.status, "REFUND")) return "refund";
  if (record.is(columns.status, "REVOKED")) return "reversal";
  return numberIn(record, columns.providerRefund) === "" ? "payment" : "refund";
}

/** A number; WeChat Pay writes `0` where there is none. */
function numberIn(record: BillRecord, column: number): string {
  return record.is(column, "0") ? "" : record.cell(column);
}

/** The footer is the sums of the columns over all rows, whatever they tell. */
function count(tally: Tally, row: TradeRow, record: BillRecord, columns: Columns): void {
  tally.rows += 1;
  if (row.kind === "payment") tally.payments += 1;
  if (row.kind === "refund") tally.refunds += 1;
  tally.fee += row.fee;
  const isPayment = row.kind === "payment";
  tally.amount += isPayment ? row.amount : record.fenNotBelowZero(columns.amount);
  tally.receivable += isPayment ? row.receivable : record.fenNotBelowZero(columns.receivable);
  tally.asked += fenOrZero(record, columns.asked);
  tally.taken += fenOrZero(record, columns.taken);
}

function footerOf(told: ReadonlyMap<string, string>): BillTotals {
  const fen = (name: string) => figure(told, name, 2);
  return {
    ...noTotals,
    rows: figure(told, "总交易单数", 0),
    amount: fen("订单总金额"),
    receivable: fen("应结订单总金额"),
    asked: fen("申请退款总金额"),
    taken: fen("退款总金额"),
    fee: figure(told, "手续费总金额", 5),
  };
}
