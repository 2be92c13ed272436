import type { Brand } from "./brand.ts";
import { invariant } from "./assert.ts";
import { money, scaleHalfUp, type Money } from "./money.ts";

/** Basis points: 1300 is 13 %. */
export type TaxRate = Brand<number, "TaxRate">;
/** Prices that hold their tax (VAT), or tax added on top. */
export type TaxMode = "included" | "added";

/** `basisPoints` as a rate: 0 to 100 %. */
export function taxRate(basisPoints: number): TaxRate {
  invariant(Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= 10_000, `${basisPoints} is a tax rate`);
  return basisPoints as TaxRate;
}

/** The tax inside (`included`) or on top of (`added`) `amount`, rounded half up once. */
export function taxOf(amount: Money, rate: TaxRate, mode: TaxMode): Money {
  return money(scaleHalfUp(amount.amount, rate, mode === "included" ? 10_000 + rate : 10_000), amount.currency);
}
