import { plusDays } from "../local-time.ts";

/** Money that left the provider for the bank. `key` names it among the payouts of all accounts. */
export type OpenPayout = {
  readonly key: string;
  readonly account: string;
  readonly amount: number;
  /** The day on which it left. */
  readonly day: string;
};

/** A credit of the bank's. `accounts` are those whose money its text says it may be; none where it says nothing that we know. */
export type OpenCredit = {
  readonly key: string;
  readonly accounts: readonly string[];
  readonly amount: number;
  readonly day: string;
  /** The payouts whose own numbers the text names, also those that have come already: it is one of theirs or nobody's. */
  readonly names: readonly string[];
  /** The text names a number like those of payouts that is none we know: it never stands for one of another amount. */
  readonly isOfAnother?: boolean;
  /** Not all payouts that it may be are known yet: what brings none of those known exactly waits. */
  readonly isEarly?: boolean;
};

export type PayoutMatches = {
  /** A line brought one or several payouts, exactly. */
  readonly exact: readonly { readonly credit: string; readonly payouts: readonly string[] }[];
  /** One payout and one line of its account that differ: `amount` is what is missing, below zero what is over. */
  readonly differing: readonly { readonly credit: string; readonly payout: string; readonly short: number }[];
  /** Nothing has come within `arrivesWithinDays`. */
  readonly late: readonly string[];
  /** Nobody's payout, and all that it may be are known. */
  readonly unknown: readonly string[];
};

/** A credit comes on the day of its payout up to this many days later (`books.md` 5); a payout that has not come by then is late. */
export const arrivesWithinDays = 5;
/** Most come on the day after: a credit is nobody's only when the flow of the day before is here. */
export const usualAfterDays = 1;
/** Payouts that one credit may bring together. */
const togetherMax = 7;

/**
 * Matches credits with payouts of the accounts whose name they bear: by the number that the text names, else one payout of exactly
 * that amount, else several that left one after the other. What is left of an account, one of each, differs.
 *
 * @param throughOf the last day up to which the lines of the bank to which an account's payouts come are here, null where none are: a
 *   payout is late only when its days are over
 */
export function matchPayouts(
  payouts: readonly OpenPayout[],
  credits: readonly OpenCredit[],
  throughOf: (account: string) => string | null,
): PayoutMatches {
  const left = [...payouts].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const open = [...credits].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const exact: { credit: string; payouts: readonly string[] }[] = [];
  const take = (credit: OpenCredit, found: readonly OpenPayout[]): boolean => {
    if (found.length === 0) return false;
    for (const payout of found) left.splice(left.indexOf(payout), 1);
    open.splice(open.indexOf(credit), 1);
    exact.push({ credit: credit.key, payouts: found.map(({ key }) => key) });
    return true;
  };
  for (const find of [named, single, together])
    // taking one shortens the list that is gone through
    for (const credit of open.slice()) take(credit, find(credit, freeOf(credit, left, open)));
  const differing = differ(
    left,
    open.filter(({ isEarly, isOfAnother }) => isEarly !== true && isOfAnother !== true),
  );
  for (const { credit, payout } of differing) {
    left.splice(
      left.findIndex(({ key }) => key === payout),
      1,
    );
    open.splice(
      open.findIndex(({ key }) => key === credit),
      1,
    );
  }
  const isLate = ({ account, day }: OpenPayout): boolean =>
    plusDays(day, arrivesWithinDays) < (throughOf(account) ?? "");
  const late = left.filter(isLate).map(({ key }) => key);
  return { exact, differing, late, unknown: open.flatMap(({ key, isEarly }) => (isEarly === true ? [] : key)) };
}

/** The payout whose number the text names, or all of them together, if it is that much. */
function named(credit: OpenCredit, left: readonly OpenPayout[]): readonly OpenPayout[] {
  const all = left.filter(({ key }) => credit.names.includes(key));
  const one = all.find(({ amount }) => amount === credit.amount);
  if (one !== undefined) return [one];
  return all.reduce((sum, { amount }) => sum + amount, 0) === credit.amount ? all : [];
}

function single(credit: OpenCredit, left: readonly OpenPayout[]): readonly OpenPayout[] {
  const found = left.find((payout) => payout.amount === credit.amount && mayBring(credit, payout));
  return found === undefined ? [] : [found];
}

/** Several of one account: a credit never brings two accounts' money. */
function together(credit: OpenCredit, left: readonly OpenPayout[]): readonly OpenPayout[] {
  for (const account of credit.accounts) {
    const own = left.filter((payout) => payout.account === account && mayBring(credit, payout));
    for (let from = 0; from < own.length; from++) {
      let sum = 0;
      for (let to = from; to < own.length && to - from < togetherMax; to++) {
        sum += own[to]?.amount ?? 0;
        if (sum === credit.amount && to > from) return own.slice(from, to + 1);
      }
    }
  }
  return [];
}

/** What a credit that names another number may be: no payout that one of the others names, whatever that one's amount. */
function freeOf(credit: OpenCredit, left: readonly OpenPayout[], open: readonly OpenCredit[]): readonly OpenPayout[] {
  if (credit.isOfAnother !== true) return left;
  return left.filter((payout) => !open.some((other) => isNamed(other) && mayBring(other, payout)));
}

function mayBring(credit: OpenCredit, payout: OpenPayout): boolean {
  if (!credit.accounts.includes(payout.account) || credit.day < payout.day) return false;
  // the payout that it names may not be known yet: of the same amount is not the same
  if (credit.isOfAnother === true && credit.isEarly === true) return false;
  // what it names it brings, however late
  if (isNamed(credit)) return credit.names.includes(payout.key);
  return credit.day <= plusDays(payout.day, arrivesWithinDays);
}

function isNamed({ names }: OpenCredit): boolean {
  return names.length > 0;
}

/** A payout and a credit that can only be each other's, though their amounts differ; the one that names it before those that may mean it. */
function differ(left: readonly OpenPayout[], open: readonly OpenCredit[]): PayoutMatches["differing"] {
  const found: { credit: string; payout: string; short: number }[] = [];
  for (const some of [open.filter(isNamed), open])
    for (const credit of some) {
      const isOpen = ({ key }: OpenCredit): boolean => !found.some((each) => each.credit === key);
      const own = left.filter(
        (payout) => mayBring(credit, payout) && !found.some((each) => each.payout === payout.key),
      );
      const [payout] = own;
      if (!isOpen(credit) || own.length !== 1 || payout === undefined) continue;
      if (some.filter((other) => isOpen(other) && mayBring(other, payout)).length !== 1) continue;
      found.push({ credit: credit.key, payout: payout.key, short: payout.amount - credit.amount });
    }
  return found;
}

/** Words by which a bank's line names whose payout it is, by channel. */
export const payerWords: Readonly<Record<string, readonly RegExp[]>> = {
  wechat: [/财付通/u, /微信支付/u],
  alipay: [/支付宝/u],
  unionpay: [/银联/u],
};
