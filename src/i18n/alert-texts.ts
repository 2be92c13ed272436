import type { Told } from "./told.ts";

/** Sentences of what people are told of breaks, and of the rule that says when and whom. */
export type AlertTexts = {
  readonly note: string;
  readonly fresh: string;
  readonly over: (time: string) => string;
  readonly readAll: string;
  readonly open: string;
  readonly every: string;
  readonly column: {
    readonly what: string;
    readonly day: string;
    readonly state: string;
  };
  readonly daySum: (day: string) => string;
  readonly reason: {
    /** Empty: every break is told. */
    readonly break: (amount: string) => string;
    readonly day: (amount: string) => string;
    readonly age: (days: number) => string;
  };
  readonly total: (count: number) => string;
  readonly empty: Told;
  readonly rule: {
    readonly note: string;
    readonly one: string;
    readonly each: string;
    readonly from: string;
    readonly withoutAmount: string;
    readonly together: string;
    readonly dayFrom: string;
    readonly ageFrom: string;
    readonly days: string;
    readonly whoIsTold: string;
    readonly people: string;
    readonly peopleNote: string;
    readonly usual: string;
    readonly ofChain: string;
    readonly ofStore: string;
    readonly back: string;
    readonly nobody: string;
    readonly failed: string;
    readonly eachText: string;
    readonly breakText: (amount: string) => string;
    readonly dayText: (amount: string) => string;
    readonly ageText: (days: number) => string;
  };
};
