import type { Instant } from "./clock.ts";
import type { PaymentId } from "./identifier.ts";
import { compare, subtract, type Money } from "./money.ts";
import { ok, refuse, type Result } from "./result.ts";

/** Which wallet or network money came through. */
export type PaymentChannel = "wechat" | "alipay" | "unionpay" | "ecny";

/** Money that settles part of a sale: `amount` counts towards its total. */
export type Tender =
  | { readonly kind: "cash"; readonly amount: Money; readonly given: Money; readonly change: Money }
  | {
      readonly kind: "payment";
      readonly amount: Money;
      readonly attempt: PaymentId;
      readonly channel: PaymentChannel;
      readonly providerTransactionId: string;
      readonly capturedAt: Instant;
    };

/** Cash larger than this is a slip of the keypad. */
export const cashGivenMax = 10_000_000;

/** Cash `given` against `due`: what counts and what goes back. Refused when it is too little, or above `cashGivenMax` without being exact. */
export function cashTender(
  due: Money,
  given: Money,
): Result<Extract<Tender, { kind: "cash" }>, "tooLittle" | "tooMuch"> {
  if (compare(given, due) < 0) return refuse("tooLittle");
  if (given.amount > cashGivenMax && compare(given, due) > 0) return refuse("tooMuch");
  return ok({ kind: "cash", amount: due, given, change: subtract(given, due) });
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
