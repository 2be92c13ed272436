import { z } from "zod";
import { instant, type Instant } from "../../../domain/clock.ts";
import { minorUnits } from "../../../domain/money.ts";
import type { AttemptReference } from "../../provider.ts";
import type { Capture, FundedDiscount } from "../../provider-outcome.ts";

const fen = z.number().int().nonnegative().max(1_000_000_000_000);
const coupon = z.object({
  name: z.string().nullish(),
  type: z.string().nullish(),
  amount: fen,
});
const order = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.string(),
  trade_state_desc: z.string().nullish(),
  transaction_id: z.string().min(1).max(64).nullish(),
  success_time: z.string().nullish(),
  amount: z.object({ total: fen.nullish(), payer_total: fen.nullish(), currency: z.string().nullish() }).nullish(),
  promotion_detail: z.array(coupon).max(100).nullish(),
});
const shown = z.object({ code_url: z.string().max(512).startsWith("weixin://") });
const reversal = z.object({ mchid: z.string(), out_trade_no: z.string() });
const trouble = z.object({ code: z.string().max(64), message: z.string().nullish() });

/** An order as WeChat Pay describes it; only the first three members are always there. */
export type OrderAnswer = z.infer<typeof order>;

/** The order in `json` if it is the attempt's: same merchant, number, amount and currency. Else null. */
export function ownOrder(json: unknown, mchid: string, attempt: AttemptReference): OrderAnswer | null {
  const read = order.safeParse(json);
  if (!read.success || read.data.mchid !== mchid || read.data.out_trade_no !== attempt.id) return null;
  const amount = read.data.amount ?? {};
  if ((amount.total ?? attempt.amount.amount) !== attempt.amount.amount) return null;
  if ((amount.currency ?? attempt.amount.currency) !== attempt.amount.currency) return null;
  return read.data;
}

/** The order in `json`, whoever it is of: who calls checks merchant, number and amount. Null when it is none. */
export function anyOrder(json: unknown): OrderAnswer | null {
  const read = order.safeParse(json);
  return read.success && read.data.amount?.currency === "CNY" ? read.data : null;
}

/** What a QR code is to say, unchanged; null when the answer holds none of WeChat Pay's. */
export function shownCode(json: unknown): string | null {
  const read = shown.safeParse(json);
  return read.success ? read.data.code_url : null;
}

/** True when `json` confirms a reversal of this attempt. */
export function isOwnReversal(json: unknown, mchid: string, attempt: AttemptReference): boolean {
  const read = reversal.safeParse(json);
  return read.success && read.data.mchid === mchid && read.data.out_trade_no === attempt.id;
}

/** `{code, message}` of an error answer, or null. */
export function troubleIn(json: unknown): { readonly code: string; readonly message: string } | null {
  const read = trouble.safeParse(json);
  return read.success ? { code: read.data.code, message: read.data.message ?? "" } : null;
}

/**
 * The capture a paid order describes, or null when it does not say how much of which currency under which number: then it
 * is no certain yes. NOCASH coupons are the shop's own loss, CASH coupons reach the shop (WeChat's `promotion_detail`).
 */
export function captureOf(answer: OrderAnswer, answeredAt: Instant): Omit<Capture, "kind"> | null {
  const total = answer.amount?.total;
  const transactionId = answer.transaction_id;
  if (total === undefined || total === null || typeof answer.amount?.currency !== "string") return null;
  if (transactionId === undefined || transactionId === null) return null;
  const coupons = answer.promotion_detail ?? [];
  if (coupons.some(({ type }) => type !== "CASH" && type !== "NOCASH")) return null;
  const discounts = coupons.map(({ name, type, amount }): FundedDiscount => ({
    name: name ?? "",
    amount: minorUnits(amount),
    fundedBy: type === "NOCASH" ? "shop" : "others",
  }));
  const ownLoss = discounts.reduce((all, { amount, fundedBy }) => (fundedBy === "shop" ? all + amount : all), 0);
  if (ownLoss > total) return null;
  const at = Date.parse(answer.success_time ?? "");
  return {
    amounts: {
      order: minorUnits(total),
      receivable: minorUnits(total - ownLoss),
      paid: minorUnits(answer.amount.payer_total ?? total),
      discounts,
    },
    providerTransactionId: transactionId,
    at: Number.isNaN(at) ? answeredAt : instant(at),
  };
}
