import { amountMax, minorUnits, type MinorUnits } from "../money.ts";
import { BillRefused, type BillTotals, type FlowRow } from "./bill.ts";

/** A bill's totals while they are added up. */
export type Tally = { -readonly [Member in keyof BillTotals]: number };

export function emptyTally(): Tally {
  return {
    rows: 0,
    payments: 0,
    refunds: 0,
    amount: 0,
    receivable: 0,
    asked: 0,
    taken: 0,
    fee: 0,
    moneyIn: 0,
    moneyOut: 0,
  };
}

/** Adds a row of a fund flow. */
export function countFlow(tally: Tally, { amount }: Pick<FlowRow, "amount">): void {
  tally.rows += 1;
  if (amount < 0) tally.moneyOut -= amount;
  else tally.moneyIn += amount;
}

/** What no provider says: the base of a footer. */
export const noTotals: BillTotals = {
  rows: null,
  payments: null,
  refunds: null,
  amount: null,
  receivable: null,
  asked: null,
  taken: null,
  fee: null,
  moneyIn: null,
  moneyOut: null,
};

/** What the rows of a trade bill add up to. */
export function tradeTotals(tally: Tally): BillTotals {
  return {
    ...noTotals,
    rows: tally.rows,
    payments: tally.payments,
    refunds: tally.refunds,
    amount: withinLimit(tally.amount),
    receivable: withinLimit(tally.receivable),
    asked: withinLimit(tally.asked),
    taken: withinLimit(tally.taken),
    fee: tally.fee,
  };
}

/** What the rows of a fund flow add up to. */
export function flowTotals(tally: Tally): BillTotals {
  return {
    ...noTotals,
    rows: tally.rows,
    moneyIn: withinLimit(tally.moneyIn),
    moneyOut: withinLimit(tally.moneyOut),
  };
}

function withinLimit(amount: number): MinorUnits {
  if (amount > amountMax) throw new BillRefused("tooLarge", `its rows add up to more than ${amountMax}`);
  return minorUnits(amount);
}

/** One total that the file says differently from its rows; `difference` is counted − footer, in the member's own unit. */
export type FooterDifference = {
  readonly member: keyof BillTotals;
  readonly footer: number;
  readonly counted: number;
  readonly difference: number;
};

/**
 * Where a bill contradicts itself: every total that it says and its rows do not add up to. Fees are compared in thousandths of the
 * smallest unit, as they stand. What one side does not say is not compared.
 */
export function footerDifferences(counted: BillTotals, footer: BillTotals): readonly FooterDifference[] {
  return (Object.keys(noTotals) as (keyof BillTotals)[]).flatMap((member) => {
    const ours = counted[member];
    const theirs = footer[member];
    if (ours === null || theirs === null || ours === theirs) return [];
    return [{ member, footer: theirs, counted: ours, difference: ours - theirs }];
  });
}

/**
 * By how much more money the footer says than the rows add up to, in the smallest unit; below zero less. Of a trade bill what the shop
 * receives less refunds (or the order amounts, where that alone differs), of a fund flow what came in less what went out. Zero where
 * counts or fees alone differ.
 */
export function footerOver(differences: readonly FooterDifference[]): number {
  const of = (member: keyof BillTotals): number =>
    -(differences.find((each) => each.member === member)?.difference ?? 0);
  return (of("receivable") || of("amount")) - of("taken") + of("moneyIn") - of("moneyOut");
}
