import type { PaymentBody } from "../../src/contract/payment.ts";
import { money } from "../../src/domain/money.ts";

/** What a till asks for with a payment, as far as the answer needs it. Minor units. */
export type PaymentAsked = { readonly amount: number; readonly tip: number; readonly sale: { readonly id: string } };

/** What the gateway says of payment `id` in this state: all of it captured, or refused for want of money. */
export function paymentAnswer(
  id: string,
  { amount, tip, sale }: PaymentAsked,
  state: "pending" | "captured" | "declined",
  version = 1,
): PaymentBody {
  const whole = money(amount, "CNY");
  return {
    id,
    version,
    till: "till-a1",
    sale: sale.id,
    channel: "wechat",
    amount: whole,
    state,
    reason: state === "declined" ? "notEnoughMoney" : null,
    capture:
      state === "captured"
        ? { order: whole, receivable: whole, paid: whole, providerTransactionId: `42${id}`, capturedAt: 1 }
        : null,
    presentment: "consumer",
    prompt: null,
    tip: tip === 0 ? null : money(tip, "CNY"),
    givenBack: false,
    abandoned: false,
    freed: false,
    startedAt: 1,
    reverseAt: null,
  } as never;
}

/** The payment's id in its address. */
export function paymentIn(path: string): string {
  return path.split("/")[3] ?? "";
}
