import { minorUnits, type Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";
import { quickCashAmounts } from "./tender.ts";

/** What the largest note is worth, in minor units: nobody hands over one more than the amount needs. */
const largestNote: { readonly [Code in Money["currency"]]: number } = { CNY: 10_000, JPY: 10_000, USD: 10_000 };
/** Ten times what the drawer begins with is a nought too many, not change from the bank. */
const movesOfFloat = 10;
/** The usual counter scale carries 15 kg. */
const counterScaleGrams = 15_000;
/** A point left out or put in, a nought too many or too few. */
const slipFactors = [10, 100] as const;

/**
 * Whether cash `given` for `due` looks like a slip of the hand: a nought or a point off, or at least a whole largest note more
 * than is due. What a customer is likely to hand over (the next of each note) never does, however many times the amount it is.
 */
export function cashSlip(due: Money, given: Money): boolean {
  if (quickCashAmounts(due, Number.POSITIVE_INFINITY).some((likely) => likely.amount === given.amount)) return false;
  return isFactorOff(due, given) || given.amount - due.amount >= largestNote[due.currency];
}

/** Whether `typed`, where `usual` is expected, is a nought or a point off. Nothing usual: nothing to compare with. */
export function amountSlip(usual: Money, typed: Money): boolean {
  return isFactorOff(usual, typed);
}

/** Whether an amount paid in or out is more than ten times what the drawer begins with, or ten of the largest notes. */
export function moveSlip(float: Money, amount: Money): boolean {
  const base = minorUnits(Math.max(float.amount, largestNote[amount.currency]));
  return amount.amount > base * movesOfFloat;
}

/** Whether a weight typed in is more than a counter's scale carries: a point was left out, most likely. */
export function weightSlip({ thousandths, unit }: Quantity): boolean {
  return unit === "kg" && Math.abs(thousandths) > counterScaleGrams;
}

function isFactorOff(due: Money, typed: Money): boolean {
  if (due.amount <= 0 || typed.amount <= 0) return false;
  return slipFactors.some((factor) => typed.amount === due.amount * factor || typed.amount * factor === due.amount);
}
