import { unzipSync } from "fflate";
import iconv from "iconv-lite";
import {
  BillRefused,
  type BillKind,
  type BillPart,
  type BillTotals,
  type FlowRow,
  type TradeRow,
} from "../../src/domain/bills/bill.ts";
import { alipayTextReader, wechatTextReader, type TextRecord } from "../../src/domain/bills/text-records.ts";
import { readAlipayBill } from "../../src/gateway/providers/alipay/read-bill.ts";
import { readWechatBill } from "../../src/gateway/providers/wechat-pay/read-bill.ts";
import type { BillSource } from "../../src/gateway/provider-bills.ts";
import { gunzipSync } from "node:zlib";
import { sourceOf } from "../fakes/bill-source.ts";
import type { VectorCase } from "./replay.ts";

/** A bill of WeChat Pay, plain and packed: cells as text, totals, and what our rows make of them. */
export async function replayWechatBill(vector: VectorCase): Promise<string | null> {
  const announced = { type: "SHA1", value: String(vector.announced_hash_value ?? vector.hash_value) } as const;
  const kind: BillKind = "资金流水总笔数" in (vector.expect?.summary ?? {}) ? "fundFlow" : "trade";
  for (const [form, member] of [
    ["plain", "file_base64"],
    ["gzip", "file_gzip_base64"],
  ] as const) {
    if (typeof vector[member] !== "string") continue;
    const bytes = Buffer.from(vector[member], "base64");
    const trouble = await replayForm(vector, bytes, form === "gzip" ? gunzipSync(bytes) : bytes, kind, announced);
    if (trouble !== null) return `${form}: ${trouble}`;
  }
  return null;
}

async function replayForm(
  vector: VectorCase,
  bytes: Uint8Array,
  plain: Uint8Array,
  kind: BillKind,
  announced: BillSource["announced"],
): Promise<string | null> {
  const read = await outcomeOf(readWechatBill(kind, { ...sourceOf(bytes), announced }));
  if (vector.expect_refused === true) {
    if (!(read instanceof BillRefused)) return "was not refused";
    const isOtherHash = ![undefined, vector.hash_value].includes(vector.announced_hash_value);
    return isOtherHash && read.trouble !== "hashDiffers" ? `refused, but not for its hash: ${read.message}` : null;
  }
  if (read instanceof BillRefused) return `refused: ${read.message}`;
  const reader = wechatTextReader();
  const first = reader.push(new TextDecoder().decode(plain));
  const { rows, footer } = reader.end();
  const texts = [...first, ...rows];
  const { rows: expected, summary } = vector.expect;
  return (
    recordsDiffer(texts, expected) ??
    recordsDiffer([footer], [summary]) ??
    (kind === "fundFlow" ? wechatFlowDiffers(read, texts, footer) : wechatTradeDiffers(read, texts, footer))
  );
}

/** A bill of Alipay: the zip as it is fetched, rows, and totals. */
export async function replayAlipayBill(vector: VectorCase): Promise<string | null> {
  const bytes = Buffer.from(vector.zip_base64, "base64");
  const read = await outcomeOf(readAlipayBill("trade", sourceOf(bytes)));
  if (vector.expect_refused === true) return read instanceof BillRefused ? null : "was not refused";
  if (read instanceof BillRefused) return `refused: ${read.message}`;
  const reader = alipayTextReader();
  const first = reader.push(detailText(bytes));
  const texts = [...first, ...reader.end().rows];
  const trouble = recordsDiffer(texts, vector.expect_rows);
  if (trouble !== null) return trouble;
  for (const [index, text] of texts.entries()) {
    const row = read.trade[index];
    const sign = text["业务类型"] === "退款" ? -1 : 1;
    const isSame =
      row !== undefined &&
      row.order === text["商户订单号"] &&
      row.transaction === text["支付宝交易号"] &&
      row.refund === text["退款批次号/请求号"] &&
      row.kind === (sign === 1 ? "payment" : "refund") &&
      row.amount === sign * times(text["订单金额(元)"], 100) &&
      row.receivable === sign * times(text["商家实收(元)"], 100) &&
      row.fee === times(text["服务费(元)"], -100_000) &&
      beijing(row.at) === text["完成时间"];
    if (!isSame) return `row ${index + 1} became ${JSON.stringify(row)}`;
  }
  const { payments, refunds, receipt_total, refund_total, fee_total } = vector.expect_totals;
  const counted: Partial<BillTotals> = {
    payments,
    refunds,
    ...(receipt_total === undefined ? {} : { receivable: times(receipt_total, 100) as BillTotals["receivable"] }),
    ...(refund_total === undefined ? {} : { taken: times(refund_total, -100) as BillTotals["taken"] }),
  };
  return (
    totalsDiffer(read.footer, counted) ??
    totalsDiffer(read.counted, {
      ...counted,
      rows: texts.length,
      ...(fee_total === undefined ? {} : { fee: times(fee_total, -100_000) }),
    })
  );
}

type Read = {
  readonly trade: readonly TradeRow[];
  readonly flow: readonly FlowRow[];
  readonly footer: BillTotals;
  readonly counted: BillTotals;
};

async function outcomeOf(parts: AsyncIterable<BillPart>): Promise<Read | BillRefused> {
  const trade: TradeRow[] = [];
  const flow: FlowRow[] = [];
  try {
    for await (const part of parts) {
      if (part.kind === "trade") trade.push(...part.rows);
      else if (part.kind === "flow") flow.push(...part.rows);
      else return { trade, flow, footer: part.footer, counted: part.counted };
    }
  } catch (fault) {
    if (fault instanceof BillRefused) return fault;
    throw fault;
  }
  throw new Error("the reader gave no end");
}

function wechatTradeDiffers(read: Read, texts: readonly TextRecord[], footer: TextRecord): string | null {
  for (const [index, text] of texts.entries()) {
    const row = read.trade[index];
    const isPayment = text["交易状态"] === "SUCCESS";
    const isSame =
      row !== undefined &&
      row.order === text["商户订单号"] &&
      row.transaction === text["微信订单号"] &&
      row.fee === times(text["手续费"], 100_000) &&
      row.rate === times(text["费率"]?.replace("%", ""), 10_000) &&
      row.device === text["设备号"] &&
      beijing(row.at) === (text["退款申请时间"] || text["交易时间"]) &&
      (isPayment
        ? row.amount === times(text["订单金额"], 100) && row.receivable === times(text["应结订单金额"], 100)
        : row.providerRefund === text["微信退款单号"] && row.receivable === times(text["退款金额"], 100)) &&
      (text["交易状态"] !== "REFUND" ||
        (row.refund === text["商户退款单号"] && row.amount === times(text["申请退款金额"], 100)));
    if (!isSame) return `row ${index + 1} became ${JSON.stringify(row)}`;
  }
  const columns = [
    ["amount", "订单总金额", "订单金额", 100],
    ["receivable", "应结订单总金额", "应结订单金额", 100],
    ["asked", "申请退款总金额", "申请退款金额", 100],
    ["taken", "退款总金额", "退款金额", 100],
    ["fee", "手续费总金额", "手续费", 100_000],
  ] as const;
  for (const [member, total, column, factor] of columns) {
    if (footer[total] === undefined) continue;
    const added = texts.reduce((all, text) => all + times(text[column], factor), 0);
    if (read.footer[member] !== times(footer[total], factor)) return `footer ${member} is ${read.footer[member]}`;
    if (read.counted[member] !== added) return `counted ${member} is ${read.counted[member]}, not ${added}`;
  }
  return totalsDiffer(read.footer, { rows: times(footer["总交易单数"], 1) });
}

function wechatFlowDiffers(read: Read, texts: readonly TextRecord[], footer: TextRecord): string | null {
  for (const [index, text] of texts.entries()) {
    const row = read.flow[index];
    const sign = text["收支类型"] === "支出" ? -1 : 1;
    const isSame =
      row !== undefined &&
      row.number === text["资金流水单号"] &&
      row.transaction === text["微信支付业务单号"] &&
      row.voucher === text["业务凭证号"] &&
      row.amount === sign * times(text["收支金额(元)"], 100) &&
      row.balance === times(text["账户结余(元)"], 100) &&
      row.note === text["备注"] &&
      beijing(row.at) === text["记账时间"];
    if (!isSame) return `row ${index + 1} became ${JSON.stringify(row)}`;
  }
  const told = {
    rows: times(footer["资金流水总笔数"], 1),
    moneyIn: times(footer["收入金额"], 100) as BillTotals["moneyIn"],
    moneyOut: times(footer["支出金额"], 100) as BillTotals["moneyOut"],
  };
  return totalsDiffer(read.footer, told);
}

function totalsDiffer(found: BillTotals, told: Partial<BillTotals>): string | null {
  for (const [member, value] of Object.entries(told))
    if (found[member as keyof BillTotals] !== value)
      return `${member} is ${found[member as keyof BillTotals]}, not ${value}`;
  return null;
}

function recordsDiffer(found: readonly TextRecord[], expected: readonly TextRecord[]): string | null {
  if (found.length !== expected.length) return `${found.length} rows, not ${expected.length}`;
  for (const [index, row] of expected.entries()) {
    if (Object.keys(row).length !== Object.keys(found[index] ?? {}).length) return `row ${index + 1}: other columns`;
    for (const [name, cell] of Object.entries(row)) {
      const read = found[index]?.[name.normalize("NFKC")];
      if (read !== cell) return `row ${index + 1}, ${name}: ${JSON.stringify(read)}, not ${JSON.stringify(cell)}`;
    }
  }
  return null;
}

/** By another way than the readers': floats, rounded. */
function times(text: string | undefined, factor: number): number {
  const value = Math.round(Number(text) * factor);
  return value === 0 ? 0 : value;
}

function beijing(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}

function detailText(zip: Uint8Array): string {
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    const own = iconv.decode(Buffer.from(name, "latin1"), "gb18030");
    if (own.includes("业务明细") && !own.includes("汇总")) return iconv.decode(Buffer.from(bytes), "gb18030");
  }
  throw new Error("no detail file");
}
