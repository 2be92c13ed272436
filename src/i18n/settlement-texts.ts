import type { BankColumns } from "../domain/settlement/bank-columns.ts";
import type { TroubleWhy } from "../domain/settlement/bank-lines.ts";
import type { Told } from "./told.ts";

/** Sentences of the money on its way: balances with the providers, payouts, bank statements. */
export type SettlementTexts = {
  readonly note: string;
  readonly payouts: string;
  readonly days: (count: number) => string;
  readonly balance: string;
  /** The provider's balance and ours at the end of a day. */
  readonly told: (day: string, theirs: string, ours: string) => string;
  readonly notTold: string;
  readonly proved: string;
  /** What explains that they differ; `off` is one of the first two. */
  readonly why: {
    readonly more: (amount: string) => string;
    readonly less: (amount: string) => string;
    readonly unbilled: (off: string, days: number, first: string) => string;
    readonly balance: (off: string, breaks: number, first: string) => string;
    readonly items: (off: string, items: number) => string;
    readonly nothing: (off: string) => string;
  };
  readonly receivable: string;
  /** The same below zero. */
  readonly givenBack: string;
  readonly inTransit: string;
  readonly column: {
    readonly sent: string;
    readonly amount: string;
    readonly state: string;
  };
  readonly state: { readonly sent: string; readonly arrived: string; readonly returned: string };
  readonly late: string;
  readonly expected: (day: string) => string;
  readonly total: (count: number) => string;
  readonly noPayouts: string;
  readonly noAccounts: Told;
  readonly banks: string;
  readonly noBanks: string;
  readonly through: (day: string, lines: number) => string;
  readonly noLines: string;
  readonly backToPayouts: string;
  readonly noLinesYet: Told;
  readonly line: {
    readonly day: string;
    readonly from: string;
    readonly moneyIn: string;
    readonly moneyOut: string;
    readonly brings: string;
    readonly nobodys: string;
    readonly total: (count: number) => string;
    readonly payouts: (account: string, count: number) => string;
    readonly deposits: (count: number) => string;
  };
  /** What was handed in of a bank account. */
  readonly statements: {
    readonly title: (count: number) => string;
    readonly handedIn: (by: string, at: string) => string;
    /** Lines that are its own with their days, and those that were here before. */
    readonly lines: (own: number, before: number, from: string | null, to: string | null) => string;
    readonly takeBack: string;
    readonly takeBackText: string;
    readonly reason: string;
    readonly leave: string;
    readonly failed: string;
    readonly columnsUnknown: string;
    readonly takenBack: (by: readonly string[], at: string) => string;
  };
  readonly addBank: string;
  readonly chooseStore: string;
  readonly bankName: string;
  readonly bankId: string;
  readonly bankIdNote: string;
  readonly keepBank: string;
  readonly bankFailed: string;
  readonly statement: {
    readonly title: string;
    readonly text: string;
    readonly choose: string;
    readonly into: string;
    readonly reading: string;
    readonly columns: string;
    readonly column: { readonly [C in keyof BankColumns]: string };
    readonly none: string;
    readonly lines: (count: number, sum: string) => string;
    readonly first: string;
    readonly noText: string;
    readonly unchosen: string;
    readonly noneFound: string;
    readonly troubles: (count: number) => string;
    /** What is wrong with a cell of a line, or with a whole column. */
    readonly trouble: { readonly [W in TroubleWhy]: (line: number, column: string, cell: string) => string };
    readonly broken: (line: number, amount: string, before: string, balance: string) => string;
    readonly despite: string;
    readonly take: string;
    readonly again: string;
    readonly taken: (fresh: number, known: number) => string;
    readonly known: string;
    readonly tooLarge: (mebibytes: number) => string;
    /** Why a file is no statement. */
    readonly unread: {
      readonly empty: string;
      readonly markup: string;
      readonly oldSheet: string;
      readonly noHeads: string;
      readonly unreadable: string;
      readonly tooLong: string;
      readonly failed: string;
    };
  };
};
