import { money, sum, type CurrencyCode, type Money } from "./money.ts";

/** A note or coin that a drawer is counted by; `isCoin` where it is a coin, or a coin and a small note of the same worth. */
export type Denomination = { readonly worth: number; readonly isCoin: boolean };

const notes = (...worths: readonly number[]): Denomination[] => worths.map((worth) => ({ worth, isCoin: false }));
const coins = (...worths: readonly number[]): Denomination[] => worths.map((worth) => ({ worth, isCoin: true }));

/** In minor units, largest first, down to the smallest that a drawer holds: one jiao, one yen, one cent. */
export const denominationsOf: { readonly [Code in CurrencyCode]: readonly Denomination[] } = {
  CNY: [...notes(10_000, 5_000, 2_000, 1_000, 500), ...coins(100, 50, 10)],
  JPY: [...notes(10_000, 5_000, 2_000, 1_000), ...coins(500, 100, 50, 10, 5, 1)],
  USD: [...notes(10_000, 5_000, 2_000, 1_000, 500, 200, 100), ...coins(25, 10, 5, 1)],
};

/** So many notes or coins of one worth, as a journal or a deposit's slip keeps them. */
export type NoteCount = { readonly worth: number; readonly count: number };

/** A count of cash as far as it was typed: by note and coin (a nought that somebody entered is one of them), or as a sum. */
export type CountBegun = { readonly isByNote: boolean; readonly notes: readonly NoteCount[]; readonly typed: string };

/** What so many of each come to; `counts` by a denomination's worth. */
export function worthOf(counts: ReadonlyMap<number, number>, currency: CurrencyCode): Money {
  return sum(
    [...counts].map(([worth, count]) => money(worth * count, currency)),
    currency,
  );
}

/** The counts as they are kept: the largest first, without those of which there are none. */
export function notesOf(counts: ReadonlyMap<number, number>): readonly NoteCount[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([worth, count]) => ({ worth, count }))
    .toSorted((a, b) => b.worth - a.worth);
}
