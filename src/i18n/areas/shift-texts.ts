import type { CashReason, DrawerReason } from "../../domain/journal.ts";
import type { Told } from "../told.ts";

/** What a shift's pages say: its figures, money in and out, the blind count. */
export type ShiftWords = {
  readonly title: string;
  readonly since: (who: string, date: string, time: string) => string;
  readonly back: string;
  readonly sales: string;
  readonly returns: string;
  /** Of the sales: those of an earlier shift, paid after its close. */
  readonly late: string;
  readonly sold: string;
  readonly returned: string;
  readonly discounts: string;
  readonly rounding: string;
  readonly net: string;
  readonly tax: string;
  readonly taxAdded: string;
  readonly float: string;
  readonly paidIn: string;
  readonly paidOut: string;
  readonly voided: string;
  readonly drawerOpened: string;
  readonly refunded: string;
  readonly unverified: string;
  readonly tips: string;
  readonly times: (count: number) => string;
  /** Why the money in the drawer is not told here. */
  readonly blind: string;
  readonly cut: Told;
  readonly act: {
    readonly paidIn: string;
    readonly paidOut: string;
    readonly drawer: string;
    readonly report: string;
    /** The Z report of the shift before, once more. */
    readonly reprint: string;
    readonly count: string;
  };
  readonly drawerWhy: string;
  readonly drawerReason: { readonly [R in DrawerReason]: string };
  readonly move: { readonly paidIn: Told; readonly paidOut: Told };
  readonly reason: string;
  readonly reasons: {
    readonly paidIn: { readonly [R in CashReason]: string };
    readonly paidOut: { readonly [R in CashReason]: string };
  };
  readonly slip: string;
  readonly moveGo: { readonly paidIn: string; readonly paidOut: string };
  readonly cancel: string;
  readonly count: {
    readonly title: string;
    readonly again: string;
    readonly blind: string;
    readonly byNote: string;
    readonly byTotal: string;
    readonly note: string;
    readonly coin: string;
    readonly less: (note: string) => string;
    readonly more: (note: string) => string;
    readonly howMany: (note: string) => string;
    readonly total: string;
    readonly go: (total: string) => string;
    /** What was typed is no number of notes. */
    readonly wrong: string;
    readonly goHint: string;
    readonly goAgainHint: string;
    readonly result: string;
    readonly counted: string;
    readonly expected: string;
    readonly over: string;
    readonly short: string;
    readonly exact: string;
    readonly overText: string;
    readonly shortText: string;
    readonly exactText: string;
    readonly recount: string;
    readonly close: string;
    /** The shift closes and what was counted stays in the drawer. */
    readonly keep: string;
    /** On to what is handed over. */
    readonly handOver: string;
    readonly open: string;
    readonly unsent: (count: number) => string;
    readonly unsentText: string;
    readonly held: (count: number) => string;
    readonly heldText: string;
    readonly parked: (count: number) => string;
    readonly parkedText: string;
  };
  /** 缴款: what stays as float, what somebody receives. */
  readonly handOver: {
    readonly title: string;
    readonly text: string;
    readonly byFloat: string;
    readonly byNote: string;
    readonly counted: string;
    readonly kept: string;
    readonly amount: string;
    /** More is to stay, or was counted out, than there is. */
    readonly tooMuch: string;
    readonly hint: string;
    readonly go: (amount: string) => string;
    readonly nobody: string;
    readonly nobodyText: (amount: string) => string;
  };
};
