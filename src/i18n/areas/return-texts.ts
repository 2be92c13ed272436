import type { ReturnReason } from "../../domain/sale-line.ts";
import type { Told } from "../told.ts";

/** How far a refund is. */
export type BackState =
  | "promised"
  | "owed"
  | "submitted"
  | "processing"
  | "unknown"
  | "failed"
  | "abnormal"
  | "succeeded"
  | "paidOtherwise";

/** The words of returns and held sales, fetched when the first of them is shown. */
export type ReturnWords = {
  readonly back: string;
  readonly days: { readonly today: (time: string) => string; readonly yesterday: (time: string) => string };
  readonly cash: string;
  readonly find: {
    readonly title: string;
    readonly hint: string;
    readonly go: string;
    readonly asking: (number: string) => string;
    readonly start: string;
    readonly numbers: readonly { readonly where: string; readonly which: string }[];
    readonly none: (number: string) => Told;
    readonly noneOffline: (number: string) => Told;
    readonly offline: string;
    readonly several: (count: number) => string;
    readonly paid: (tenders: string) => string;
    readonly nothingPaid: string;
    readonly partBack: string;
    readonly allBack: string;
  };
  readonly pick: {
    readonly title: (receipt: string) => string;
    readonly item: string;
    readonly left: string;
    readonly now: string;
    readonly amount: string;
    readonly whole: string;
    readonly none: string;
    readonly all: string;
    readonly less: (name: string) => string;
    readonly more: (name: string) => string;
    readonly each: (price: string) => string;
    readonly eachKg: (price: string) => string;
    readonly bought: (count: string, back: string) => string;
    readonly moneyOnly: string;
    readonly moneyOnlyOf: (name: string) => string;
    readonly moneyTitle: (name: string) => string;
    readonly moneyText: (most: string) => string;
    readonly moneyGo: string;
    readonly moneyNone: string;
    readonly why: string;
    readonly reasons: { readonly [R in ReturnReason]: string };
    readonly nothingLeft: Told;
    readonly own: string;
    readonly goes: string;
    readonly to: (channel: string) => string;
    readonly toCash: string;
    readonly leftThere: (left: string, after: string) => string;
    readonly short: (amount: string) => string;
    /** In its place, where part of the sale was paid unproved. */
    readonly shortUnverified: (amount: string) => string;
    /** So much was paid by the printed code while nobody could ask: why it does not go back, and what can be done. */
    readonly unverified: (amount: string) => Told;
    /** A line of bottles taken in with the sale. */
    readonly takenIn: (amount: string) => string;
    readonly handBack: string;
    readonly handBackOf: (name: string) => string;
    /** The part that was paid with bottles and goes back as cash. */
    readonly setOff: (amount: string) => string;
    /** Bottles handed back are worth more than what comes back. */
    readonly tooManyBack: string;
    readonly add: (amount: string) => string;
    readonly addNothing: string;
    readonly exchange: string;
  };
  readonly give: {
    readonly title: string;
    readonly even: Told;
    readonly free: Told;
    readonly carried: string;
    readonly carriedFrom: (channel: string) => string;
    /** Paid in cash, or set off with bottles taken in. */
    readonly carriedCash: string;
    readonly cashNow: string;
    readonly promised: string;
    readonly approved: (name: string) => string;
    readonly go: (parts: readonly string[]) => string;
    readonly goRefund: (channel: string, amount: string) => string;
    readonly goCash: (amount: string) => string;
    readonly goEven: string;
    readonly goFree: string;
  };
  readonly done: {
    readonly title: { readonly [L in "good" | "doubt" | "danger"]: string };
    readonly evenTitle: string;
    readonly cash: (amount: string) => string;
    readonly state: { readonly [S in BackState]: (channel: string, amount: string) => Told };
    /** In place of the promise's text where no receipt came out. */
    readonly noPaper: (receipt: string) => string;
  };
  readonly held: {
    readonly title: string;
    readonly summary: string;
    readonly mine: (count: number) => string;
    readonly others: (count: number) => string;
    readonly justNow: string;
    readonly minutes: (count: number) => string;
    readonly hours: (hours: number, minutes: number) => string;
    readonly days: (count: number) => string;
    readonly at: (time: string) => string;
    readonly items: (first: string, count: number) => string;
    readonly count: (count: number) => string;
    readonly due: (amount: string) => string;
    readonly takeUp: string;
    readonly asking: string;
    readonly offline: Told;
    readonly empty: Told;
    readonly noOthers: string;
    readonly openTicket: (count: number) => Told;
    readonly openPaid: Told;
    /** Another till asked for it, and who has it is not known yet. */
    readonly leaving: string;
    readonly holdFirst: string;
    readonly someone: string;
  };
};
