import type { Instant } from "../../../domain/clock.ts";
import { beijing } from "./books.ts";
import { yuan } from "./members.ts";
import { statusAt, type Coupon, type Trade } from "./trade.ts";
import type { Told } from "./wire.ts";

/** Amounts before anything was paid. */
export const noAmounts: Told = {
  buyer_pay_amount: "0.00",
  invoice_amount: "0.00",
  point_amount: "0.00",
  receipt_amount: "0.00",
};

/** What the payer paid and what the shop gets, in fen. */
export function amountsOf({ total, coupon }: Trade): { readonly paid: number; readonly receipt: number } {
  const discount = coupon?.amount ?? 0;
  return { paid: total - discount, receipt: coupon?.fundedBy === "shop" ? total - discount : total };
}

/** The answer to a payment: as paid, or with zero amounts while the payer is asked. */
export function paidBody(trade: Trade): Told {
  const { paidAt } = trade;
  return {
    ...whose(trade),
    ...(paidAt === null ? noAmounts : { ...paidAmounts(trade), gmt_payment: beijing(paidAt) }),
  };
}

/** The answer to a query. A trade that was paid tells so even when all of it was given back. */
export function queriedBody(trade: Trade, now: Instant): Told {
  const { paidAt } = trade;
  return {
    ...whose(trade),
    ...(paidAt === null ? noAmounts : { ...paidAmounts(trade), send_pay_date: beijing(paidAt) }),
    store_id: trade.storeId,
    terminal_id: trade.terminalId,
    trade_status: statusAt(trade, now),
  };
}

function whose(trade: Trade): Told {
  return {
    buyer_logon_id: "tes***@example.test",
    buyer_open_id: "0SANDBOXopenid000000000000000000000001",
    out_trade_no: trade.outTradeNo,
    total_amount: yuan(trade.total),
    trade_no: trade.tradeNo,
  };
}

function paidAmounts(trade: Trade): Told {
  const { paid, receipt } = amountsOf(trade);
  const { coupon } = trade;
  return {
    buyer_pay_amount: yuan(paid),
    fund_bill_list: fundBills(trade).map(([channel, amount]) => ({ amount, fund_channel: channel })),
    invoice_amount: yuan(paid),
    point_amount: "0.00",
    receipt_amount: yuan(receipt),
    ...(coupon === null
      ? {}
      : {
          [coupon.fundedBy === "shop" ? "mdiscount_amount" : "discount_amount"]: yuan(coupon.amount),
          voucher_detail_list: [voucherBody(coupon)],
        }),
  };
}

/** Channel and amount of what paid the trade. */
export function fundBills(trade: Trade): readonly (readonly [channel: string, amount: string])[] {
  const { coupon } = trade;
  const own = ["ALIPAYACCOUNT", yuan(amountsOf(trade).paid)] as const;
  if (coupon === null) return [own];
  return [own, [coupon.fundedBy === "shop" ? "MDISCOUNT" : "DISCOUNT", yuan(coupon.amount)]];
}

/** A coupon with who pays for it, in the words of answers. */
export function voucherBody({ name, fundedBy, amount }: Coupon): Told {
  return {
    id: "2026112100073002586200000001",
    name,
    type: fundedBy === "shop" ? "ALIPAY_BIZ_VOUCHER" : "ALIPAY_COMMON_ITEM_VOUCHER",
    amount: yuan(amount),
    merchant_contribute: yuan(fundedBy === "shop" ? amount : 0),
    other_contribute: yuan(fundedBy === "shop" ? 0 : amount),
  };
}
