import type { Told } from "./told.ts";

/** Accounts by kind; the rest of an account's name stands beside it as it is. */
export type LedgerAccountKind =
  | "drawer"
  | "safe"
  | "cashInTransit"
  | "bank"
  | "receivable"
  | "balance"
  | "payoutInTransit"
  | "suspense"
  | "unproven"
  | "unexplained"
  | "otherBusiness"
  | "refundsOwed"
  | "tipsPayable"
  | "revenue"
  | "returns"
  | "outputTax"
  | "shopDiscount"
  | "rounding"
  | "fees"
  | "settlementDifferences"
  | "otherIncome"
  | "expense"
  | "cashPending"
  | "owner"
  | "openingBalance"
  | "betweenStores"
  | "loss"
  | "gain"
  | "staffReceivable";
export type LedgerItemKind = "capture" | "refund" | "tender" | "difference" | "unbilled" | "deposit";

/** Sentences of the ledger, on the page and in its file. */
export type LedgerTexts = {
  readonly kinds: { readonly [K in LedgerAccountKind]: string };
  /** A rate of an account of revenue or tax. */
  readonly rateOf: (percent: string) => string;
  readonly account: string;
  readonly debits: string;
  readonly credits: string;
  readonly balance: string;
  readonly debit: string;
  readonly credit: string;
  /** The balance of an account with nothing on it. */
  readonly even: string;
  readonly total: (accounts: number) => string;
  readonly upTo: string;
  readonly allDays: string;
  readonly allDaysHint: string;
  readonly asOf: string;
  readonly now: string;
  readonly exportCsv: string;
  readonly balanced: string;
  readonly unbalanced: Told;
  /** Of a safe that nobody has counted yet. */
  readonly uncounted: string;
  readonly isList: string;
  readonly empty: Told;
  readonly items: (count: number) => string;
  readonly itemsEqual: string;
  readonly itemsDiffer: (difference: string) => string;
  readonly itemsWhere: string;
  readonly noItems: Told;
  readonly what: { readonly [K in LedgerItemKind]: string };
  readonly item: string;
  readonly cutOff: (shown: number, count: number) => string;
};
