import type { Told } from "./told.ts";

/** What may still be open of a day. */
export type LeftOpenWord =
  | "shifts"
  | "sales"
  | "payments"
  | "refunds"
  | "breaks"
  | "waiting"
  | "letWait"
  | "unbilled"
  | "held"
  | "aloneActs"
  | "exceptions";

/** Sentences of closing a store's days, and of taking them away as vouchers. */
export type CloseTexts = {
  readonly note: string;
  readonly column: {
    readonly day: string;
    readonly state: string;
    readonly posted: string;
    readonly drawers: string;
    readonly open: string;
    readonly voucher: string;
  };
  /** What was there before the books began, beside what the day itself posted. */
  readonly opening: (amount: string) => string;
  readonly state: { readonly open: string; readonly closing: string; readonly closed: string };
  readonly locked: string;
  readonly months: {
    readonly title: string;
    /** What a locked month means. */
    readonly note: string;
    readonly column: { readonly month: string; readonly state: string; readonly who: string };
    readonly state: { readonly [S in "locked" | "ready" | "open" | "after"]: string };
    readonly lock: string;
    /** The second press: it cannot be taken back. */
    readonly lockForGood: string;
    /** The gateway did not answer: it may be locked. */
    readonly unknown: string;
    /** Who locked it, with whom, when; `second` is empty where nobody else had to agree. */
    readonly lockedBy: (who: string, second: string, at: string) => string;
    readonly empty: Told;
    readonly failed: string;
    readonly total: (months: number) => string;
  };
  readonly openCount: (count: number) => string;
  readonly leftOpen: { readonly [W in LeftOpenWord]: (count: number) => string };
  readonly nothingOpen: string;
  readonly stillOpen: string;
  readonly wasOpen: string;
  readonly shifts: string;
  readonly noShifts: string;
  readonly shift: {
    readonly till: string;
    readonly who: string;
    readonly counted: string;
    readonly difference: string;
  };
  readonly notCounted: string;
  readonly running: string;
  readonly close: string;
  readonly closeNote: string;
  readonly closeOver: string;
  /** Days close in order, and that one is not closed. */
  readonly earlierFirst: (day: string) => string;
  readonly toEarlier: (day: string) => string;
  /** Of a day that is not over. */
  readonly closesFrom: (time: string) => string;
  readonly reason: string;
  readonly closedBy: (who: string, at: string) => string;
  readonly failed: string;
  /** The gateway did not answer: the day may be closed. */
  readonly unknown: string;
  readonly total: (days: number) => string;
  /** Nothing was posted yet, so that no account needs one of the accountant's. */
  readonly noAccounts: Told;
  readonly empty: Told;
  /** Of earlier days: the store had later ones. */
  readonly noneThen: Told;
  readonly chooseStore: Told;
  readonly files: string;
  readonly filesNote: string;
  /** No day of the range is closed. */
  readonly noneClosed: string;
  /** Takes the open days too, as they are now. */
  readonly withDrafts: string;
  readonly draftsNote: string;
  readonly format: {
    readonly u8: string;
    readonly kingdeeCsv: string;
    readonly kingdeeXlsx: string;
    readonly json: string;
  };
  readonly unmapped: string;
  /** Somebody else has saved another map meanwhile. */
  readonly mapChanged: string;
  readonly map: string;
  readonly mapNote: string;
  readonly mapped: {
    readonly account: string;
    readonly code: string;
    readonly name: string;
    readonly asks: string;
    readonly dimension: { readonly [D in "department" | "customer" | "cashFlow"]: string };
    readonly required: string;
    readonly own: string;
    readonly remove: (account: string) => string;
    readonly missing: (count: number) => string;
    readonly complete: string;
    /** Nothing is missing, and it is not kept yet. */
    readonly unsaved: string;
    readonly onlyMissing: string;
    readonly asksNote: string;
  };
  readonly suggest: string;
  readonly save: string;
  readonly saved: string;
  readonly wrongMap: string;
  /** A code has characters that codes do not have. */
  readonly wrongCode: string;
  readonly back: string;
  readonly earlier: string;
  readonly later: string;
};
