import { minorUnits } from "../money.ts";
import type { BillTotals, FlowKind, FlowRow } from "./bill.ts";
import { columnOf, neededColumn } from "./columns.ts";
import { ownerCheck, rowBatch, type BillOwner, type BillReader } from "./reader.ts";
import type { BillRecord } from "./record.ts";
import { countFlow, emptyTally, flowTotals, noTotals } from "./totals.ts";
import { figure, wechatForm } from "./wechat-form.ts";

type Columns = ReturnType<typeof columnsOf>;

/** WeChat Pay's own words (业务名称, 业务类型) by the way the balance moved; the same words the other way are not listed. */
const kindByWords: Readonly<Record<"in" | "out", ReadonlyMap<string, FlowKind>>> = {
  in: new Map([
    ["交易", "payment"],
    ["退款", "refundClosed"],
    ["退款关闭", "refundClosed"],
    ["关闭退款", "refundClosed"],
    ["返还交易手续费", "feeBack"],
    ["退还交易手续费", "feeBack"],
    ["返还手续费", "feeBack"],
    ["退还手续费", "feeBack"],
    ["提现退回", "payoutReturned"],
    ["提现退票", "payoutReturned"],
  ]),
  out: new Map([
    ["退款", "refund"],
    ["扣除交易手续费", "fee"],
    ["交易手续费", "fee"],
    ["提现", "payout"],
    ["提现手续费", "fee"],
  ]),
};

/** WeChat Pay's fund flow of one account. The file names no merchant, so only the day can be checked. */
export function wechatFlowReader(owner: BillOwner | null = null): BillReader<FlowRow> {
  const check = ownerCheck(owner);
  const tally = emptyTally();
  let columns: Columns | null = null;
  const batch = rowBatch<FlowRow>();
  const form = wechatForm({
    header(names) {
      columns = columnsOf(names);
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
      const footer = footerOf(form.end());
      check.end();
      return { rows: batch.take(), footer, counted: flowTotals(tally) };
    },
  };
}

function columnsOf(names: readonly string[]) {
  return {
    at: neededColumn(names, "记账时间"),
    number: neededColumn(names, "资金流水单号"),
    transaction: neededColumn(names, "微信支付业务单号"),
    name: neededColumn(names, "业务名称"),
    type: neededColumn(names, "业务类型"),
    way: neededColumn(names, "收支类型"),
    amount: neededColumn(names, "收支金额(元)"),
    balance: neededColumn(names, "账户结余(元)"),
    note: columnOf(names, "备注"),
    voucher: neededColumn(names, "业务凭证号"),
  };
}

function rowOf(record: BillRecord, columns: Columns): FlowRow {
  const isIn = record.is(columns.way, "收入");
  if (!isIn && !record.is(columns.way, "支出")) record.refuse(columns.way);
  const amount = record.fenNotBelowZero(columns.amount);
  const name = record.cell(columns.name);
  const type = record.cell(columns.type);
  const kinds = kindByWords[isIn ? "in" : "out"];
  return {
    line: record.line,
    kind: kinds.get(name) ?? kinds.get(type) ?? "other",
    at: record.time(columns.at),
    number: record.cell(columns.number),
    transaction: record.cell(columns.transaction),
    voucher: record.cell(columns.voucher),
    words: name === type || type === "" ? name : `${name} / ${type}`,
    amount: isIn ? amount : minorUnits(-amount),
    balance: record.fen(columns.balance),
    note: record.cell(columns.note),
    isJoined: record.isJoined,
  };
}

function footerOf(told: ReadonlyMap<string, string>): BillTotals {
  return {
    ...noTotals,
    rows: figure(told, "资金流水总笔数", 0),
    moneyIn: figure(told, "收入金额", 2),
    moneyOut: figure(told, "支出金额", 2),
  };
}
