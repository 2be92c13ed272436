import { breakOf, type Verdict } from "./verdict.ts";

/** What an account is to cost from a date on (`books.md` 5). */
export type FeeRate = {
  /** Parts per million of the receivable: 0.6 % is 6000. */
  readonly rate: number;
  /** Whether a refund gives its part of the fee back. */
  readonly givesBack: boolean;
};

const million = 1_000_000;
/** Thousandths of the smallest unit, as bills give fees. */
const feeParts = 1000;

/** The fee of a payment: half up of rate × receivable. All in the smallest unit, none below zero. */
export function feeOf({ rate }: Pick<FeeRate, "rate">, receivable: number): number {
  // below 2^53 for every amount a bill can hold: receivable < 10^12, rate < 10^3 on the safe side of a percent
  return Math.floor((receivable * rate * 2 + million) / (2 * million));
}

/**
 * What a refund gives back of the fee: what was left of it less the fee of what is still received. All in the smallest unit.
 *
 * @param takenBefore what earlier refunds of the same payment had taken of `receivable`
 */
export function feeBackOf(fee: FeeRate, receivable: number, takenBefore: number, taken: number): number {
  if (!fee.givesBack) return 0;
  return feeOf(fee, receivable - takenBefore) - feeOf(fee, receivable - takenBefore - taken);
}

/** A bill's fee (thousandths) in the smallest unit, half up, with its sign. */
export function wholeFee(thousandths: number): number {
  const whole = Math.floor((Math.abs(thousandths) * 2 + feeParts) / (2 * feeParts));
  return thousandths < 0 ? -whole : whole;
}

/** How the fees of a number's rows in the bill stand to our rate. */
export type FeeStand = {
  readonly isRight: boolean;
  /** What the shop keeps more than the rate leaves it (below zero: less), in the smallest unit. Rows may outweigh each other. */
  readonly more: number;
};

/** A fee that is not what our rate gives is a break of what the shop keeps more or less for it. */
export function rateVerdicts(fee: FeeStand | null): readonly Verdict[] {
  return fee === null || fee.isRight ? [] : [breakOf("rateDiffers", fee.more)];
}
