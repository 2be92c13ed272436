import type { MendingAction } from "../domain/reconciliation/mending.ts";
import type { Told } from "./told.ts";

/** Why a proposal was not taken, or an item not mended, as the gateway says it. */
export type MendFailureWord =
  | "changed"
  | "stillAsked"
  | "nothingToGoBy"
  | "badParameters"
  | "backOutside"
  | "notCompletable"
  | "other";

/** Sentences of mending what does not agree. */
export type MendTexts = {
  readonly title: string;
  readonly actions: { readonly [A in MendingAction]: Told };
  /** What writing off is where money is over. */
  readonly gain: Told;
  /** The same of many together, some of them over. */
  readonly lossOrGain: string;
  /** What accepting does where it moves nothing in the books. */
  readonly acceptedAsIs: string;
  readonly waitLimit: (days: number) => string;
  readonly second: string;
  readonly alone: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly until: string;
  readonly paidFrom: string;
  readonly from: { readonly safe: string; readonly bank: string; readonly owner: string };
  readonly proof: string;
  readonly since: string;
  readonly rate: string;
  readonly rateHint: (max: number) => string;
  /** What stands where somebody is to be chosen. */
  readonly chooseStaff: string;
  readonly staff: string;
  readonly row: string;
  readonly noRow: string;
  readonly propose: (action: string, amount: string) => string;
  readonly doIt: (action: string) => string;
  readonly cancel: string;
  readonly done: string;
  /** How it was mended: what was done, who proposed it, who agreed. */
  readonly mended: { readonly how: string; readonly proposed: string; readonly agreed: string };
  /** `by` is empty where it was taken back. */
  readonly refused: (by: string) => string;
  readonly nothingDone: string;
  readonly someDone: (done: number, of: number) => string;
  /** Breaks that are mended together. */
  readonly together: (count: number, amount: string) => string;
  /** A noted payment and the bill's row that proves it. */
  readonly pairing: {
    readonly proved: string;
    readonly proves: string;
    readonly byItself: string;
    readonly since: (by: string, at: string) => string;
    readonly toRow: string;
    readonly toTender: string;
    readonly unpair: Told;
  };
  readonly togetherMax: (max: number) => string;
  readonly failed: { readonly [W in MendFailureWord]: string };
  readonly waiting: (action: string, who: string) => string;
  readonly toApprovals: string;
  readonly given: string;
};
