import type { Brand } from "./brand.ts";
import { invariant } from "./assert.ts";

/** A whole number of the currency's smallest unit: fen, cents, yen. Negative for money going back. */
export type MinorUnits = Brand<number, "MinorUnits">;
/** ISO 4217. */
export type CurrencyCode = "CNY" | "JPY" | "USD";
export type Money = { readonly amount: MinorUnits; readonly currency: CurrencyCode };

/** Decimals of each currency's minor unit (ISO 4217). */
export const minorDigits: { readonly [Code in CurrencyCode]: number } = { CNY: 2, JPY: 0, USD: 2 };

/** No amount of ours is larger: a million million minor units keeps every product below 2^53 safe to check. */
export const amountMax = 1_000_000_000_000;

/** A whole amount; throws for a fraction or beyond `amountMax`. */
export function minorUnits(amount: number): MinorUnits {
  invariant(Number.isInteger(amount) && Math.abs(amount) <= amountMax, `${amount} is a whole amount within the limit`);
  return (amount === 0 ? 0 : amount) as MinorUnits;
}

/** `amount` minor units of `currency`. */
export function money(amount: number, currency: CurrencyCode): Money {
  return { amount: minorUnits(amount), currency };
}

/** The sum of amounts of one currency; of none, zero of `currency`. */
export function sum(parts: readonly Money[], currency: CurrencyCode): Money {
  let amount = 0;
  for (const part of parts) {
    invariant(part.currency === currency, `${part.currency} is not added to ${currency}`);
    amount += part.amount;
  }
  return money(amount, currency);
}

/** a + b; both of one currency. */
export function add(a: Money, b: Money): Money {
  return sum([a, b], a.currency);
}

/** a − b; both of one currency. */
export function subtract(a: Money, b: Money): Money {
  return add(a, negate(b));
}

/** The same amount going the other way. */
export function negate(a: Money): Money {
  return money(-a.amount, a.currency);
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Money, b: Money): number {
  return subtract(a, b).amount;
}

/** numerator × factor ÷ divisor, rounded half up (away from zero), in exact integer arithmetic. */
export function scaleHalfUp(amount: number, factor: number, divisor: number): number {
  invariant(
    Number.isSafeInteger(amount) && Number.isSafeInteger(factor) && Number.isSafeInteger(divisor) && divisor > 0,
    "scaling is of whole numbers",
  );
  const product = BigInt(amount) * BigInt(factor);
  const magnitude = product < 0n ? -product : product;
  const by = BigInt(divisor);
  const rounded = Number((magnitude * 2n + by) / (by * 2n));
  return product < 0n && rounded !== 0 ? -rounded : rounded;
}

/**
 * Splits `total` in proportion to `weights` without creating or losing a minor unit.
 *
 * Largest remainder, in exact integer arithmetic; ties go to the earlier part, so the same basket
 * always splits the same way.
 *
 * @param weights whole numbers, not negative, not all zero. Line totals are the usual choice.
 * @returns one part per weight, in order; the parts sum exactly to `total`.
 */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  invariant(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    "weights are whole and not negative",
  );
  const whole = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  invariant(whole > 0n, "some weight is above zero");
  const sign = total.amount < 0 ? -1n : 1n;
  const magnitude = BigInt(Math.abs(total.amount));
  const parts = weights.map((weight, index) => {
    const share = magnitude * BigInt(weight);
    return { index, base: share / whole, remainder: share % whole };
  });
  let left = magnitude - parts.reduce((all, part) => all + part.base, 0n);
  const byRemainder = parts.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  const extra = new Set<number>();
  for (const part of byRemainder) {
    if (left === 0n) break;
    extra.add(part.index);
    left -= 1n;
  }
  return parts.map((part) => money(Number(sign * (part.base + (extra.has(part.index) ? 1n : 0n))), total.currency));
}
