import type { BreakClass, WaitingReason } from "../domain/reconciliation/verdict.ts";
import type { BillTotals } from "../domain/bills/bill.ts";
import type { Told } from "./told.ts";

/** A class of what does not agree: what stands in a list, and on its own page what happened, what it means, what to do. */
export type BreakTold = { readonly mark: string; readonly title: string; readonly text: string; readonly next: string };
/** Why something waits; `billNotHere` is of every item of a day whose bill has not come, `billEarly` of what came after it, `letWait` of what a person lets wait. */
export type WaitingWord = WaitingReason | "billNotHere" | "billEarly" | "letWait";
export type BillStateWord = "notDue" | "awaited" | "missing" | "empty" | "here" | "refused";
export type ItemSideWord =
  | "payment"
  | "refund"
  | "tender"
  | "bill"
  | "payout"
  | "credit"
  | "drawer"
  | "safe"
  | "deposit";

/** What is known of the break that is told; where little is, as of many together, the sentence says it of either. */
export type BreakSeen = {
  /** More money than the books say, or less. */
  readonly isOver?: boolean;
  /** How many rows of the bill a noted payment may be. */
  readonly candidates?: number;
};

/** Sentences of matching. A channel's name is the office's own word. */
export type ReconcileTexts = {
  readonly breaks: { readonly [C in BreakClass]: (channel: string, seen?: BreakSeen) => BreakTold };
  readonly waits: { readonly [R in WaitingWord]: { readonly mark: string; readonly text: string } };
  readonly results: {
    readonly matched: string;
    readonly waiting: string;
    readonly break: string;
    readonly other: string;
    readonly mended: string;
    readonly gone: string;
  };
  readonly otherText: Told;
  /** Of other business a row that proves a payment noted at the till. */
  readonly provingText: Told;
  readonly matchedText: Told;
  /** Below the shop's limit: nobody had to decide. */
  readonly endedText: (what: string, at: string) => Told;
  readonly mendedText: (what: string, at: string) => Told;
  readonly goneText: (what: string) => Told;
  readonly until: (time: string) => string;
  readonly untilFact: string;
  /** Of what is not in a bill that came before its day was over. */
  readonly untilWhole: string;
  /** More money than the books say, and less. */
  readonly over: (amount: string) => string;
  readonly short: (amount: string) => string;
  readonly since: (time: string) => string;
  readonly sides: { readonly [S in ItemSideWord]: string };
  readonly channelWithoutName: string;

  readonly filters: string;
  readonly filter: {
    readonly channel: string;
    readonly till: string;
    readonly cashier: string;
    readonly result: string;
    readonly class: string;
  };
  readonly any: string;
  readonly searchHint: string;
  readonly column: {
    readonly day: string;
    readonly channel: string;
    readonly bill: string;
    readonly ours: string;
    readonly theirs: string;
    readonly fee: string;
    readonly other: string;
    readonly waiting: string;
    readonly breaks: string;
    readonly time: string;
    readonly receipt: string;
    readonly result: string;
  };
  readonly daysNote: string;
  readonly earlierDays: string;
  readonly laterDays: string;
  readonly openAll: string;
  readonly billState: { readonly [S in BillStateWord]: string };
  readonly version: (nth: number) => string;
  readonly billTodo: { readonly missing: string; readonly refused: string };
  readonly toBill: string;
  readonly daysTotal: (days: number) => string;
  readonly count: (count: number) => string;
  readonly pieces: (count: number) => string;
  readonly noDays: Told;

  readonly dayTitle: (day: string) => string;
  readonly backToDays: string;
  readonly back: string;
  readonly previous: string;
  readonly next: string;
  readonly nth: (nth: number, count: number) => string;
  readonly figure: {
    readonly ours: string;
    readonly theirs: string;
    readonly fee: string;
    readonly needsPerson: string;
  };
  readonly billNotYet: string;
  readonly feeShare: (percent: string) => string;
  readonly waitingToo: (count: number, amount: string) => string;
  readonly difference: (amount: string) => string;
  readonly nothingOpen: string;
  readonly bridge: {
    readonly title: string;
    readonly captured: string;
    readonly fromOtherDays: string;
    readonly toOtherDays: string;
    readonly expected: string;
    readonly billed: string;
    readonly listed: string;
    readonly unexplained: string;
    readonly proof: string;
    readonly notProved: string;
  };
  /** So many items of one cause, as one line. */
  readonly alike: (count: number) => string;
  readonly alikeTitle: (what: string, count: number) => string;
  readonly backToList: string;
  readonly itemsTotal: (count: number) => string;
  readonly shownOf: (shown: number, count: number) => string;
  readonly noItems: Told;
  readonly allMatched: Told;
  readonly open: {
    readonly title: string;
    readonly note: string;
    /** Null where it is not known. */
    readonly breaks: (count: number | null) => string;
    readonly waiting: (count: number | null) => string;
    readonly mended: string;
    /** What waits for whole bills; `amount` as it is shown. */
    readonly forBills: (count: number, amount: string, days: number) => string;
    readonly toDays: string;
    readonly noBreaks: Told;
    /** Of one cause nothing is left to decide. */
    readonly causeEnded: Told;
    readonly noWaiting: Told;
    readonly noMended: Told;
  };

  readonly ours: string;
  readonly theirs: (channel: string) => string;
  readonly nothingOurs: Told;
  readonly nothingTheirs: (channel: string) => Told;
  readonly noBillYet: Told;
  readonly fact: {
    readonly at: string;
    readonly amount: string;
    readonly receivable: string;
    readonly state: string;
    readonly fee: string;
    readonly rate: string;
    readonly receipt: string;
    readonly number: string;
    readonly refundNumber: string;
    readonly providerNumber: string;
    readonly businessDate: string;
    readonly bill: string;
    readonly till: string;
  };
  readonly line: (bill: string, line: number) => string;
  readonly moved: {
    readonly payment: string;
    readonly reversal: string;
    readonly refund: string;
    readonly unverified: string;
  };
  /** Nothing has moved, and it is known all the same. */
  readonly counted: { readonly refund: string; readonly sale: string };
  readonly undone: string;
  readonly corrected: string;
  readonly noReceipt: string;
  readonly meaning: string;
  readonly alsoDifferent: string;
  readonly tenders: string;
  readonly tendersText: string;
  readonly candidates: (count: number) => string;
  readonly candidatesText: string;
  /** What no bill has: payouts, the bank's credits, drawers. */
  readonly beside: {
    readonly left: (account: string) => string;
    readonly atBank: string;
    readonly notAtBank: string;
    readonly through: (day: string | null) => string;
    readonly payouts: string;
    readonly noPayout: string;
    readonly noPayoutText: string;
    readonly amount: string;
    readonly day: string;
    readonly fee: string;
    readonly state: string;
    readonly states: { readonly sent: string; readonly arrived: string; readonly returned: string };
    readonly number: string;
    readonly counterparty: string;
    readonly text: string;
    readonly reference: string;
    readonly mustHold: string;
    readonly safeMustHold: string;
    readonly leftSafe: string;
    /** A bill's own totals beside what its rows come to. */
    readonly totals: {
      readonly total: string;
      readonly footer: string;
      readonly counted: string;
      readonly difference: string;
      readonly of: { readonly [M in keyof BillTotals]: string };
    };
    readonly expected: string;
    readonly float: string;
    readonly taken: string;
    readonly givenBack: string;
    readonly paidIn: string;
    readonly paidOut: string;
    readonly counted: string;
    readonly counts: string;
    readonly opened: string;
    readonly closed: string;
  };
  readonly actions: string;
  readonly openPayment: string;
  readonly openSale: string;
};
