import { z } from "zod";
import type { Instant } from "../../../domain/clock.ts";
import { minorUnits, type MinorUnits } from "../../../domain/money.ts";
import type { AttemptReference } from "../../provider.ts";
import type { Capture, FundedDiscount } from "../../provider-outcome.ts";
import { instantOfBeijing } from "./beijing-time.ts";
import { fenOf } from "./yuan.ts";

const yuan = z.union([z.string().max(16), z.number()]).nullish();
/** Answers write names with underscores, notifications in camel case. */
const voucher = z.object({
  name: z.string().nullish(),
  merchant_contribute: yuan,
  merchantContribute: yuan,
  other_contribute: yuan,
  otherContribute: yuan,
});
const trade = z.object({
  out_trade_no: z.string(),
  trade_no: z.string().min(1).max(64).nullish(),
  trade_status: z.string().max(32).nullish(),
  total_amount: yuan,
  receipt_amount: yuan,
  buyer_pay_amount: yuan,
  trans_currency: z.string().nullish(),
  gmt_payment: z.string().nullish(),
  send_pay_date: z.string().nullish(),
  voucher_detail_list: z.array(voucher).max(100).nullish(),
});

/** A trade as Alipay describes it; only the shop's number is always there. */
export type Trade = z.infer<typeof trade>;

/** The trade in `members`, or null when it has another form. */
export function readTrade(members: unknown): Trade | null {
  const read = trade.safeParse(members);
  return read.success ? read.data : null;
}

/** The trade in `members` if it is the attempt's: same number, and same amount and currency where they are told. Else null. */
export function ownTrade(members: unknown, attempt: AttemptReference): Trade | null {
  const read = readTrade(members);
  if (read === null || read.out_trade_no !== attempt.id) return null;
  if (isTold(read.total_amount) && fenOf(read.total_amount) !== attempt.amount.amount) return null;
  return (read.trans_currency ?? "CNY") === attempt.amount.currency ? read : null;
}

/** When the payer paid, by Alipay's clock; null for a trade that was not paid. */
export function paidAt(told: Trade): Instant | null {
  return instantOfBeijing(told.gmt_payment) ?? instantOfBeijing(told.send_pay_date);
}

/**
 * The capture that a paid trade describes, or null when it does not say how much under which number: then it is no certain
 * yes. What the shop receives (`receipt_amount`) decides how much of the coupons was its own.
 */
export function captureOf(told: Trade, answeredAt: Instant): Omit<Capture, "kind"> | null {
  const order = isTold(told.total_amount) ? fenOf(told.total_amount) : null;
  if (order === null || order === 0 || typeof told.trade_no !== "string") return null;
  const listed = (told.voucher_detail_list ?? []).flatMap(fundedParts);
  if (listed.includes(null)) return null;
  const discounts = listed.filter((part) => part !== null);
  const ownLoss = sumOf(discounts, "shop");
  const receivable = isTold(told.receipt_amount) ? fenOf(told.receipt_amount) : minorUnits(order - ownLoss);
  if (receivable === null || receivable < 0 || receivable > order) return null;
  const paid = isTold(told.buyer_pay_amount) ? fenOf(told.buyer_pay_amount) : receivable;
  if (paid === null) return null;
  return {
    amounts: {
      order,
      receivable,
      paid,
      discounts: [
        ...made(discounts, "shop", minorUnits(order - receivable)),
        ...made(discounts, "others", minorUnits(Math.max(0, receivable - paid))),
      ],
    },
    providerTransactionId: told.trade_no,
    at: paidAt(told) ?? answeredAt,
  };
}

function fundedParts(told: z.infer<typeof voucher>): readonly (FundedDiscount | null)[] {
  const part = (fundedBy: FundedDiscount["fundedBy"], amount: string | number | null | undefined) => {
    if (!isTold(amount)) return [];
    const fen = fenOf(amount);
    if (fen === 0) return [];
    return [fen === null ? null : { name: told.name ?? "", amount: fen, fundedBy }];
  };
  return [
    ...part("shop", told.merchant_contribute ?? told.merchantContribute),
    ...part("others", told.other_contribute ?? told.otherContribute),
  ];
}

/** The listed coupons of one funder when they explain `amount`, else one that does: the amounts decide, the list names. */
function made(
  listed: readonly FundedDiscount[],
  fundedBy: FundedDiscount["fundedBy"],
  amount: MinorUnits,
): readonly FundedDiscount[] {
  const own = listed.filter((part) => part.fundedBy === fundedBy);
  if (sumOf(own, fundedBy) === amount) return own;
  return amount === 0 ? [] : [{ name: own[0]?.name ?? "", amount, fundedBy }];
}

function sumOf(listed: readonly FundedDiscount[], fundedBy: FundedDiscount["fundedBy"]): number {
  return listed.reduce((all, part) => (part.fundedBy === fundedBy ? all + part.amount : all), 0);
}

function isTold(amount: string | number | null | undefined): amount is string | number {
  return amount !== null && amount !== undefined && amount !== "";
}
