import { plusDays } from "../local-time.ts";

/** Cash that left a safe for the bank. Amounts in minor units. */
export type OpenDeposit = {
  readonly key: string;
  /** The number on its slip. */
  readonly slip: string;
  readonly amount: number;
  /** The day on which it left. */
  readonly day: string;
  /** Somebody has settled it as lost: only a line that names its slip brings it after all. */
  readonly isGivenUp?: boolean;
};

/** A credit of the bank's that no provider's name is on. */
export type CashCredit = {
  readonly key: string;
  readonly amount: number;
  readonly day: string;
  /** Counterparty, text and reference, as the bank wrote them. */
  readonly said: string;
};

export type DepositMatches = {
  /** One line brought one deposit, exactly. */
  readonly exact: readonly { readonly credit: string; readonly deposit: string }[];
  /** They can only be each other's and differ: `short` is what is missing, below zero what is over. */
  readonly differing: readonly { readonly credit: string; readonly deposit: string; readonly short: number }[];
};

/** A bank credits cash on the day it was brought up to this many days later; after them a deposit is missing (`books.md` 7). */
export const depositWithinDays = 5;
/** A slip's number shorter than this stands in too many texts by chance. */
const slipNamedMin = 4;
/** What the bank counted otherwise is at most one part in so many of what was brought. */
const nearShare = 10;
/** How a bank's text says that a credit was cash. */
const cashWords = /现金|存现|现存|缴存|缴款|cash/iu;

/**
 * Matches credits with deposits one to one: by the slip's number that the text names, however late; else by exactly that amount within
 * `depositWithinDays`, those that say they are cash first. Of what is left, a credit that names a slip, or the only cash credit of nearly
 * that amount where only one deposit can be meant, differs.
 */
export function matchDeposits(deposits: readonly OpenDeposit[], credits: readonly CashCredit[]): DepositMatches {
  const byDay = (a: { readonly day: string }, b: { readonly day: string }): number =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : 0;
  const left = new Set(deposits.toSorted(byDay));
  const open = new Set(credits.toSorted(byDay));
  const exact: { credit: string; deposit: string }[] = [];
  const find = (may: (credit: CashCredit, deposit: OpenDeposit) => boolean): void => {
    for (const credit of open) {
      const deposit = [...left].find((each) => each.amount === credit.amount && may(credit, each));
      if (deposit === undefined) continue;
      left.delete(deposit);
      open.delete(credit);
      exact.push({ credit: credit.key, deposit: deposit.key });
    }
  };
  find(names);
  const isFree = (credit: CashCredit): boolean => !deposits.some((each) => names(credit, each));
  find((credit, deposit) => cashWords.test(credit.said) && isFree(credit) && isInTime(credit, deposit));
  find((credit, deposit) => isFree(credit) && isInTime(credit, deposit));
  return { exact, differing: differ([...left], [...open], isFree) };
}

/** The first day on which a deposit of `day` is missing where no line has brought it. */
export function missingFrom(day: string): string {
  return plusDays(day, depositWithinDays + 1);
}

function differ(
  left: readonly OpenDeposit[],
  open: readonly CashCredit[],
  isFree: (credit: CashCredit) => boolean,
): DepositMatches["differing"] {
  const found: { credit: string; deposit: string; short: number }[] = [];
  const mayMean = (credit: CashCredit, deposit: OpenDeposit): boolean =>
    names(credit, deposit) ||
    (cashWords.test(credit.said) && isFree(credit) && isInTime(credit, deposit) && isNear(credit, deposit));
  for (const credit of open) {
    const named = left.filter((deposit) => names(credit, deposit));
    const meant = named.length > 0 ? named : left.filter((deposit) => mayMean(credit, deposit));
    const [deposit] = meant;
    if (deposit === undefined || meant.length !== 1 || found.some((each) => each.deposit === deposit.key)) continue;
    if (named.length === 0 && open.filter((other) => mayMean(other, deposit)).length !== 1) continue;
    found.push({ credit: credit.key, deposit: deposit.key, short: deposit.amount - credit.amount });
  }
  return found;
}

/** The slip's whole number, not a part of a longer one. */
function names(credit: CashCredit, deposit: OpenDeposit): boolean {
  if (deposit.slip.length < slipNamedMin || credit.day < deposit.day) return false;
  return credit.said
    .toUpperCase()
    .split(/[^\p{L}\p{N}-]+|(?<=\p{Script=Han})(?=[A-Z\d])|(?<=[A-Z\d])(?=\p{Script=Han})/u)
    .includes(deposit.slip.toUpperCase());
}

/** A note too many or too few, not another bag of money. */
function isNear(credit: CashCredit, deposit: OpenDeposit): boolean {
  return Math.abs(deposit.amount - credit.amount) * nearShare <= deposit.amount;
}

function isInTime(credit: CashCredit, deposit: OpenDeposit): boolean {
  return deposit.isGivenUp !== true && credit.day >= deposit.day && credit.day < missingFrom(deposit.day);
}
