import type { Told } from "./told.ts";

/** Sentences of cash between drawers, the safe and the bank. */
export type CashTexts = {
  readonly note: string;
  readonly days: (count: number) => string;
  readonly range: string;
  readonly chooseStore: Told;
  readonly safe: string;
  readonly safeText: string;
  /** In its place while the safe was never counted. */
  readonly safeUnknown: string;
  /** In place of the sum of a safe that was never counted. */
  readonly notCounted: string;
  /** In place of the sum while somebody counts, and for whoever is not told. */
  readonly covered: string;
  readonly inTransit: string;
  readonly lastCount: string;
  readonly neverCounted: string;
  readonly countSafe: string;
  readonly toBank: string;
  readonly drawers: string;
  readonly noDrawers: string;
  readonly drawer: {
    readonly till: string;
    readonly state: string;
    readonly who: string;
    readonly float: string;
    readonly holds: string;
    readonly open: string;
    readonly closed: string;
  };
  readonly handOvers: string;
  readonly noHandOvers: string;
  readonly handOver: {
    readonly time: string;
    readonly till: string;
    readonly handedBy: string;
    readonly receivedBy: string;
    readonly kept: string;
    readonly amount: string;
    readonly nobody: string;
    readonly total: (count: number) => string;
  };
  readonly deposits: string;
  readonly noDeposits: string;
  readonly deposit: {
    readonly day: string;
    readonly slip: string;
    readonly bank: string;
    readonly takenBy: string;
    readonly madeBy: string;
    readonly second: string;
    readonly amount: string;
    readonly state: string;
    /** Credited, and less or more than was taken there. */
    readonly cameShort: string;
    readonly cameOver: string;
    /** By which action of mending. */
    readonly settled: (how: string) => string;
    readonly states: {
      readonly underWay: string;
      readonly missing: string;
      readonly arrived: string;
      readonly takenBack: string;
    };
    readonly expectedBy: (day: string) => string;
    readonly missingText: string;
    readonly arrivedOn: (day: string) => string;
    readonly credited: string;
    readonly total: (count: number) => string;
    readonly notes: string;
    readonly print: string;
    readonly takeBack: string;
    readonly takeBackText: string;
    readonly reason: string;
    readonly takeBackGo: string;
    readonly arrivedMeanwhile: string;
  };
  readonly counts: string;
  readonly noCounts: string;
  readonly count: {
    readonly time: string;
    readonly who: string;
    readonly counted: string;
    readonly expected: string;
    readonly off: string;
    readonly title: string;
    readonly text: string;
    /** Of a store's first count. */
    readonly firstText: string;
    readonly opening: string;
    readonly go: string;
    readonly over: string;
    readonly short: string;
    readonly exact: string;
    readonly next: string;
    readonly done: string;
  };
  readonly entry: {
    readonly byNote: string;
    readonly bySum: string;
    readonly note: string;
    readonly pieces: string;
    readonly worth: string;
    readonly sum: string;
    /** What was typed is no number of notes. */
    readonly wrong: string;
    readonly howMany: (note: string) => string;
  };
  readonly make: {
    readonly title: string;
    readonly text: string;
    readonly bank: string;
    readonly noBank: string;
    readonly slip: string;
    readonly slipText: string;
    readonly takenBy: string;
    readonly go: string;
    readonly moreThanSafe: string;
    readonly wasThere: string;
    readonly slipTaken: string;
  };
  readonly failed: string;
  readonly paper: {
    readonly title: string;
    readonly store: string;
    readonly printed: (time: string) => string;
    readonly signature: string;
    readonly bankStamp: string;
  };
};
