import type { Instant } from "../../../../domain/clock.ts";
import { timeOf } from "../../settlement/days.ts";
import { rateText } from "../../settlement/fees.ts";
import type { TradeRow } from "../../settlement/trade-row.ts";
import { oneLine, sumBy, yuan } from "../../settlement/yuan.ts";
import type { SandboxMerchant } from "../wire.ts";
import { csv } from "./csv.ts";

export const billTypes = ["ALL", "SUCCESS", "REFUND", "RECHARGE_REFUND"] as const;
export type BillType = (typeof billTypes)[number];

const begin =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额";
const refundTimes = "退款申请时间,退款成功时间";
const refundColumns = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态";
const end = "商品名称,商户数据包,手续费,费率,订单金额";
const headers: Readonly<Record<BillType, string>> = {
  ALL: `${begin},${refundColumns},${end},申请退款金额,费率备注`,
  SUCCESS: `${begin},${end},费率备注`,
  REFUND: `${begin},${refundTimes},${refundColumns},${end},申请退款金额,费率备注`,
  RECHARGE_REFUND: `${begin},${refundTimes},${refundColumns},${end},申请退款金额,费率备注`,
};
const footer = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
const shortFooter = "总交易单数,应结订单总金额,手续费总金额,订单总金额";

/** The rows that stand in a bill of this type. Refunds from the available balance stand in their own alone. */
export function rowsOfType(rows: readonly TradeRow[], type: BillType): readonly TradeRow[] {
  switch (type) {
    case "ALL":
      return rows.filter(({ isFromAvailable }) => !isFromAvailable);
    case "SUCCESS":
      return rows.filter(({ kind }) => kind === "payment");
    case "REFUND":
      return rows.filter(({ kind, isFromAvailable }) => kind === "refund" && !isFromAvailable);
    case "RECHARGE_REFUND":
      return rows.filter(({ isFromAvailable }) => isFromAvailable);
  }
}

/**
 * The file: BOM, CRLF, a grave accent before every cell of data, totals at the end. `snapshot`: a refund that ended later is
 * under way. `footerOff` fen are added to the total of receivables.
 */
export function writeTradeBill(
  rows: readonly TradeRow[],
  type: BillType,
  of: { readonly merchant: SandboxMerchant; readonly snapshot: Instant; readonly footerOff: number },
): Uint8Array {
  const cells = rows.map((row) => {
    const { front, times, refund, back, asked } = parts(row, of);
    switch (type) {
      case "ALL":
        return [...front, ...refund, ...back, asked, ""];
      case "SUCCESS":
        return [...front, ...back, ""];
      case "REFUND":
      case "RECHARGE_REFUND":
        return [...front, ...times, ...refund, ...back, asked, ""];
    }
  });
  const paid = rows.filter(({ kind }) => kind === "payment");
  const gone = rows.filter(({ kind }) => kind !== "payment");
  const count = String(rows.length);
  const receivable = yuan(sumBy(paid, (row) => row.receivable) + of.footerOff);
  const fee = feeText(sumBy(rows, (row) => row.fee));
  const amount = yuan(sumBy(paid, (row) => row.amount));
  const back = [yuan(sumBy(gone, (row) => row.receivable)), yuan(sumBy(gone, couponBack))];
  const asked = yuan(sumBy(gone, (row) => (row.kind === "refund" ? row.amount : 0)));
  return type === "SUCCESS"
    ? csv(headers[type], cells, shortFooter, [count, receivable, fee, amount])
    : csv(headers[type], cells, footer, [count, receivable, ...back, fee, amount, asked]);
}

const states = { payment: "SUCCESS", refund: "REFUND", reversal: "REVOKED" } as const;

function parts(
  row: TradeRow,
  { merchant, snapshot }: { readonly merchant: SandboxMerchant; readonly snapshot: Instant },
) {
  const isPaid = row.kind === "payment";
  const isOver = row.endedAt === null || row.endedAt <= snapshot;
  const status = isOver ? row.status : "PROCESSING";
  const coupon = yuan(isPaid ? row.othersCoupon + row.shopCoupon : 0);
  const seller = [merchant.appid, merchant.mchid, "0", oneLine(row.device), row.transaction, row.order];
  const trade = [row.payer, row.way, states[row.kind], "OTHERS", "CNY", yuan(isPaid ? row.receivable : 0), coupon];
  return {
    front: [timeOf(row.at), ...seller, ...trade],
    times: isPaid ? ["", ""] : [timeOf(row.at), status === "SUCCESS" ? timeOf(row.endedAt ?? row.at) : ""],
    refund: isPaid
      ? ["0", "0", "0.00", "0.00", "", ""]
      : [row.providerRefund, row.refund || "0", yuan(row.receivable), yuan(couponBack(row)), "ORIGINAL", status],
    back: [
      oneLine(row.subject),
      oneLine(row.attach),
      feeText(row.fee),
      rateText(row.ratePpm),
      yuan(isPaid ? row.amount : 0),
    ],
    asked: yuan(row.kind === "refund" ? row.amount : 0),
  };
}

/** The part of money given back that goes to who funded a coupon that reached the shop. */
function couponBack(row: TradeRow): number {
  return row.othersCoupon;
}

/** Fees have five decimals. */
function feeText(fen: number): string {
  return `${yuan(fen)}000`;
}
