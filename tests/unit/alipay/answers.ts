import { instant } from "../../../src/domain/clock.ts";
import type { PaymentId, RefundId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import type { AnswerNode } from "../../../src/gateway/providers/alipay/answer-node.ts";

export const now = instant(Date.parse("2026-11-21T19:00:00+08:00"));
export const id = "01JD7Z0000AAAA000000000001" as PaymentId;
export const attempt = { id, accountId: "a", amount: money(5_600, "CNY"), withinMs: 5_000 };
export const refund = {
  ...attempt,
  id: "01JD7Z0000AAAA000000000002" as RefundId,
  payment: id,
  providerTransactionId: "2026112122001400000000000001",
  total: attempt.amount,
  amount: money(2_800, "CNY"),
  reason: "",
  submittedAt: instant(now - 10_000),
  notifyUrl: "https://shop.invalid/n",
};

/** An answer's node as the adapter reads it. */
export function node(code: string, subCode = "", members: object = {}): AnswerNode {
  return { code, subCode, word: { code: subCode || code, message: "", httpStatus: 200 }, members };
}
export const trade = (over: object = {}) => ({
  out_trade_no: id,
  trade_no: "2026112122001400000000000001",
  total_amount: "56.00",
  receipt_amount: "56.00",
  buyer_pay_amount: "56.00",
  ...over,
});
