import type { Instant } from "./clock.ts";
import type { PaymentId, RefundId, SaleId } from "./identifier.ts";
import { compare, money, negate, subtract, type Money } from "./money.ts";
import { ok, refuse, type Result } from "./result.ts";
import { roundingOf, type RoundingRule } from "./rounding.ts";

/** Which wallet or network money came through. */
export type PaymentChannel = "wechat" | "alipay" | "unionpay" | "ecny";

/** Money that settles part of a sale: `amount` counts towards its total, and is negative for money going back. */
export type Tender =
  | {
      readonly kind: "cash";
      readonly amount: Money;
      readonly given: Money;
      readonly change: Money;
      /** 抹零: what this tender took off the sale's total. */
      readonly rounding: Money;
    }
  | {
      readonly kind: "payment";
      readonly amount: Money;
      readonly attempt: PaymentId;
      readonly channel: PaymentChannel;
      readonly providerTransactionId: string;
      readonly capturedAt: Instant;
      /** For the staff, beside `amount`: the payer paid both. */
      readonly tip: Money;
    }
  /** Money back to the payment it came from: a promise that the gateway keeps. */
  | {
      readonly kind: "refund";
      readonly amount: Money;
      readonly refund: RefundId;
      readonly attempt: PaymentId;
      readonly channel: PaymentChannel;
      /** The sale whose money goes back. */
      readonly of: SaleId;
    }
  /** Paid to the shop's static code while the till could not ask (`books.md` 3): proved later, by the bill. */
  | {
      readonly kind: "unverified";
      readonly amount: Money;
      readonly channel: PaymentChannel;
      readonly at: Instant;
      /** The last digits of the number on the payer's screen; empty in entries of older builds. */
      readonly tail: string;
    };

/** Fewer digits of a payment's number than these do not tell it from others of its amount. */
export const unverifiedTailMin = 4;

/** Cash larger than this is a slip of the keypad. */
export const cashGivenMax = 10_000_000;

/**
 * Cash `given` against `due`: what counts, what rounding takes off, and what goes back. Refused when it is too little, or above
 * `cashGivenMax` without being exact.
 */
export function cashTender(
  due: Money,
  given: Money,
  rule: RoundingRule | null = null,
): Result<Extract<Tender, { kind: "cash" }>, "tooLittle" | "tooMuch"> {
  const rounding = roundingOf(due, rule);
  const amount = subtract(due, rounding);
  if (compare(given, amount) < 0) return refuse("tooLittle");
  if (given.amount > cashGivenMax && compare(given, amount) > 0) return refuse("tooMuch");
  return ok({ kind: "cash", amount, given, change: subtract(given, amount), rounding });
}

/** Part of what is due in cash: it counts as it is, without rounding and without change, so it must be in the shop's coins. */
export function partCash(
  due: Money,
  given: Money,
  rule: RoundingRule | null = null,
): Result<Extract<Tender, { kind: "cash" }>, "tooLittle" | "tooMuch" | "notInCoins"> {
  if (given.amount <= 0) return refuse("tooLittle");
  if (rule !== null && given.amount % rule.step !== 0) return refuse("notInCoins");
  if (compare(given, due) >= 0) return refuse("tooMuch");
  const none = money(0, due.currency);
  return ok({ kind: "cash", amount: given, given, change: none, rounding: none });
}

/** Cash out of the drawer for `owed` (above zero): a tender that counts negatively. */
export function cashBack(owed: Money): Extract<Tender, { kind: "cash" }> {
  const none = money(0, owed.currency);
  return { kind: "cash", amount: negate(owed), given: none, change: none, rounding: none };
}

/** Notes and coins in use, in minor units, largest first. */
const denominations: { readonly [Code in Money["currency"]]: readonly number[] } = {
  CNY: [10_000, 5_000, 2_000, 1_000, 500, 100],
  JPY: [10_000, 5_000, 1_000, 500, 100],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 100],
};

/**
 * The amounts a customer is likely to hand over for `due`, smallest first, without the exact amount: the next multiple of
 * each note. At most `count`.
 */
export function quickCashAmounts(due: Money, count: number): Money[] {
  const likely = new Set<number>();
  for (const note of denominations[due.currency]) {
    const up = Math.ceil(due.amount / note) * note;
    if (up > due.amount) likely.add(up);
  }
  return [...likely]
    .toSorted((a, b) => a - b)
    .slice(0, count)
    .map((amount) => ({ ...due, amount: amount as Money["amount"] }));
}
