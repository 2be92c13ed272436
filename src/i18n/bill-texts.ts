import type { BillKind, BillTrouble } from "../domain/bills/bill.ts";
import type { Told } from "./told.ts";

/** Why a file is not handed in: what its reader says, and what only the page can find. */
export type BillTroubleWord = BillTrouble | "unknownAccount" | "noRows";
export type BillRecordState = "stored" | "current" | "replaced" | "empty" | "refused";

/** Sentences of bills and fee rates. */
export type BillTexts = {
  readonly tabs: { readonly files: string; readonly rates: string };
  readonly from: string;
  readonly to: string;
  readonly everyAccount: string;
  readonly account: string;
  readonly column: {
    readonly day: string;
    readonly channel: string;
    readonly kind: string;
    readonly version: string;
    readonly state: string;
    readonly rows: string;
    readonly came: string;
    readonly file: string;
  };
  readonly kinds: { readonly [K in BillKind]: string };
  readonly states: { readonly [S in BillRecordState]: string };
  readonly version: (nth: number) => string;
  readonly origin: {
    readonly fetched: string;
    readonly asked: (who: string) => string;
    readonly handedIn: (who: string) => string;
  };
  readonly download: string;
  readonly total: (bills: number) => string;
  readonly empty: Told;
  readonly withheld: Told;
  readonly withheldNote: string;
  readonly troubles: { readonly [T in BillTroubleWord]: Told };
  readonly technical: (detail: string) => string;
  /** Where a file cannot be read. */
  readonly atLine: (line: number, column: string | null) => string;

  readonly ask: {
    readonly title: string;
    readonly text: string;
    readonly day: string;
    readonly go: string;
    readonly busy: string;
    readonly here: (day: string) => string;
    readonly later: (day: string) => string;
    /** That day is still to come. */
    readonly notBegun: (day: string) => string;
    readonly silent: string;
  };
  readonly drop: {
    readonly title: string;
    readonly text: string;
    readonly choose: string;
    readonly release: string;
    readonly reading: (name: string) => string;
    readonly readSoFar: (percent: number, rows: number) => string;
    readonly cancel: string;
    readonly again: string;
    readonly tooLarge: (mebibytes: number) => string;
    readonly notSent: string;
  };
  readonly shown: {
    readonly title: (channel: string, kind: string, day: string) => string;
    readonly merchant: string;
    readonly rows: string;
    readonly payments: string;
    readonly refunds: string;
    readonly fee: string;
    readonly moneyIn: string;
    readonly moneyOut: string;
    readonly times: (count: number) => string;
    readonly footerRight: string;
    readonly footerNone: string;
    readonly footerWrong: Told;
    readonly joined: (lines: string) => string;
    readonly firstRows: (count: number) => string;
    readonly line: string;
    readonly time: string;
    readonly number: string;
    readonly amount: string;
    readonly what: string;
    readonly sort: { readonly payment: string; readonly refund: string; readonly reversal: string };
    readonly handIn: string;
    readonly handingIn: string;
    readonly notYet: string;
    readonly taken: (day: string) => Told;
    readonly known: Told;
    /** Another file has taken this one's place. */
    readonly old: string;
    readonly handInOld: string;
    /** The provider itself delivered another file of that day. */
    readonly replaces: string;
    readonly toDay: string;
  };
  readonly rates: {
    readonly note: string;
    readonly since: string;
    readonly rate: string;
    readonly givesBack: string;
    readonly keeps: string;
    readonly refunds: string;
    readonly setBy: string;
    readonly add: string;
    readonly save: string;
    readonly saved: (account: string, since: string) => string;
    readonly wrong: string;
    readonly empty: Told;
    readonly total: (count: number) => string;
  };
  readonly window: {
    readonly title: string;
    readonly note: string;
    readonly near: string;
    readonly pair: string;
    readonly save: string;
    readonly saved: (account: string) => string;
    readonly wrong: (most: number) => string;
    readonly told: (account: string, near: string, pair: string) => string;
  };
};
