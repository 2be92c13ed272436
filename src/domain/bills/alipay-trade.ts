import { minorUnits, type MinorUnits } from "../money.ts";
import { BillRefused, type TradeRow, type TradeRowKind } from "./bill.ts";
import { alipayForm } from "./alipay-form.ts";
import { fenOfYuan } from "./cells.ts";
import { columnOf, neededColumn } from "./columns.ts";
import { alipayOwnerComment } from "./alipay-owner.ts";
import { ownerCheck, rowBatch, type BillOwner, type BillReader } from "./reader.ts";
import type { BillRecord } from "./record.ts";
import { emptyTally, noTotals, tradeTotals, type Tally } from "./totals.ts";

type Columns = ReturnType<typeof columnsOf>;

const paymentsTotal = /^#交易合计:(\d{1,9})笔,商家实收共(-?\d[\d.]*)元/u;
const refundsTotal = /^#退款合计:(\d{1,9})笔,商家实收退款共(-?\d[\d.]*)元/u;

/**
 * Alipay's trade bill (业务明细). Its amounts fall below zero on refunds and its fee on payments: both are turned our way. A refund whose
 * number is missing or repeats the order's has none: it may belong to a cancelled order.
 */
export function alipayTradeReader(owner: BillOwner | null = null): BillReader<TradeRow> {
  const check = ownerCheck(owner);
  const tally = emptyTally();
  const footer = { payments: null, refunds: null, receivable: null, taken: null } as {
    -readonly [Member in "payments" | "refunds"]: number | null;
  } & { receivable: MinorUnits | null; taken: MinorUnits | null };
  let columns: Columns | null = null;
  const batch = rowBatch<TradeRow>();
  const form = alipayForm({
    comment(text, line) {
      alipayOwnerComment(text, owner);
      const [, payments, receivable] = paymentsTotal.exec(text) ?? [];
      if (payments !== undefined && receivable !== undefined) {
        footer.payments = Number(payments);
        footer.receivable = yuanIn(receivable, line);
      }
      const [, refunds, taken] = refundsTotal.exec(text) ?? [];
      if (refunds !== undefined && taken !== undefined) {
        footer.refunds = Number(refunds);
        footer.taken = yuanIn(taken, line);
      }
    },
    header(names) {
      columns = columnsOf(names);
    },
    row(record) {
      if (columns === null) return;
      const row = rowOf(record, columns);
      check.see(row.at);
      count(tally, row);
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
      if (columns === null && !isOver) throw new BillRefused("cutOff", "the file ends before its columns");
      const hasTotals = footer.payments !== null && footer.refunds !== null;
      if (!isOver || (tally.rows > 0 && !hasTotals))
        throw new BillRefused("cutOff", "the file ends before its totals (合计)");
      check.end();
      return { rows: batch.take(), footer: { ...noTotals, ...footer }, counted: tradeTotals(tally) };
    },
  };
}

function columnsOf(names: readonly string[]) {
  return {
    transaction: neededColumn(names, "支付宝交易号"),
    order: neededColumn(names, "商户订单号"),
    type: neededColumn(names, "业务类型"),
    at: neededColumn(names, "完成时间"),
    amount: neededColumn(names, "订单金额(元)"),
    receivable: neededColumn(names, "商家实收(元)"),
    refund: neededColumn(names, "退款批次号/请求号"),
    fee: neededColumn(names, "服务费(元)"),
    device: columnOf(names, "终端号"),
  };
}

function rowOf(record: BillRecord, columns: Columns): TradeRow {
  const amount = record.fen(columns.amount);
  const receivable = record.fen(columns.receivable);
  const kind = kindOf(record, columns, amount);
  if (kind === "payment" ? amount < 0 : amount > 0) record.refuse(columns.amount);
  if (kind === "payment" ? receivable < 0 : receivable > 0) record.refuse(columns.receivable);
  const order = record.cell(columns.order);
  const fee = -record.thousandths(columns.fee);
  return {
    line: record.line,
    kind,
    order,
    transaction: record.cell(columns.transaction),
    refund: kind === "payment" || record.is(columns.refund, order) ? "" : record.cell(columns.refund),
    providerRefund: "",
    at: record.time(columns.at),
    amount: minorUnits(Math.abs(amount)),
    receivable: minorUnits(Math.abs(receivable)),
    fee: fee === 0 ? 0 : fee,
    rate: null,
    status: record.cell(columns.type),
    currency: "CNY",
    device: record.cell(columns.device),
    isJoined: record.isJoined,
  };
}

/** A type that is not listed is told apart by the way its money went; it stands in the row as Alipay wrote it. */
function kindOf(record: BillRecord, columns: Columns, amount: MinorUnits): TradeRowKind {
  if (record.is(columns.type, "交易")) return "payment";
  return record.is(columns.type, "退款") || amount < 0 ? "refund" : "payment";
}

function count(tally: Tally, row: TradeRow): void {
  tally.rows += 1;
  tally.fee += row.fee;
  if (row.kind === "payment") {
    tally.payments += 1;
    tally.amount += row.amount;
    tally.receivable += row.receivable;
  } else {
    tally.refunds += 1;
    tally.asked += row.amount;
    tally.taken += row.receivable;
  }
}

function yuanIn(text: string, line: number): MinorUnits {
  const fen = fenOfYuan(text);
  if (fen === null) throw new BillRefused("cellUnreadable", `line ${line}, totals`);
  return minorUnits(Math.abs(fen));
}
