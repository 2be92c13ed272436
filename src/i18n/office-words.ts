import type { ReturnReason } from "../domain/sale-line.ts";
import type { OfficeStoryWords } from "./office-story-words.ts";
import type { PaymentChannel } from "../domain/tender.ts";

/** The views of the office, in the order of its navigation. */
export type OfficeView =
  | "sales"
  | "payments"
  | "reconciliation"
  | "bills"
  | "settlement"
  | "cash"
  | "ledger"
  | "close"
  | "reports"
  | "tills"
  | "setup"
  | "exceptions"
  | AlertView
  | OutsideView
  | PeopleView;
/** What one is told of breaks, and the rule that says when. */
export type AlertView = "alerts" | "alertRules";
/** Views about other programs: keys that read, and webhooks. */
export type OutsideView = "api" | "webhooks";
/** Views about people: who works here, what they may do, what waits for a yes, what was done by whom. */
export type PeopleView = "approvals" | "alone" | "staff" | "permissions" | "audit" | "me";

export type PaymentStateWord =
  | "created"
  | "submitted"
  | "pending"
  | "unknown"
  | "authorized"
  | "reversing"
  | "closing"
  | "captured"
  | "declined"
  | "reversed"
  | "closed";

export type DeclineWord =
  | "notEnoughMoney"
  | "codeInvalid"
  | "limit"
  | "payerCancelled"
  | "accountBarred"
  | "orderClosed"
  | "misconfigured"
  | "refused";

export type ExceptionWord =
  | "lateCapture"
  | "entryNotUnderstood"
  | "brokenChain"
  | "saleLeftOpen"
  | "captureOnCompletedSale"
  | "quarantined"
  | "reversalStuck"
  | "tenderWithoutCapture"
  | "clockWrong"
  | "refundStuck"
  | "refundAboveLeft"
  | "refundUnapproved"
  | "heldTwice"
  | "reductionUnapproved"
  | "cashOutUnapproved";

/** What happened and, below it, what it means or what to do. */
/** Why the gateway does not do it for this person, where trying again helps nobody. */
export type RefusalWord =
  | "forbidden"
  | "otherStore"
  | "notFound"
  | "tooManyTries"
  | "taken"
  | "badRequest"
  | "wrongSecret"
  | "over"
  | "signedOut";

export type OfficeTold = { readonly title: string; readonly text: string };

/** Every sentence of the office. */
export type OfficeWords = {
  readonly story: OfficeStoryWords;
  readonly app: string;
  /** Below the shop's name. */
  readonly office: string;
  readonly languageName: string;
  readonly language: string;
  readonly theme: { readonly title: string; readonly system: string; readonly light: string; readonly dark: string };
  readonly views: { readonly [View in OfficeView]: string };
  readonly signIn: {
    readonly title: string;
    readonly text: string;
    readonly name: string;
    readonly nameHint: string;
    readonly passkey: string;
    readonly password: string;
    readonly go: string;
    readonly busy: string;
    readonly firstTitle: string;
    readonly firstText: (min: number) => string;
    readonly newPassword: string;
    readonly again: string;
    readonly save: string;
    readonly tooShort: (min: number) => string;
    readonly differ: string;
    readonly sameAsOneTime: string;
    readonly wrong: string;
    readonly tooMany: string;
    readonly expired: string;
  };
  /** The way to all views, on a phone. */
  readonly pages: string;
  readonly signOut: string;
  readonly mayBeSignedIn: string;
  readonly trouble: {
    readonly refused: { readonly [R in RefusalWord]: OfficeTold };
    readonly unreachable: OfficeTold;
    readonly broken: OfficeTold;
    readonly retry: string;
    /** Above a list that could not be refreshed. */
    readonly stale: (time: string) => string;
  };
  readonly loading: string;
  /** In its place after some seconds. */
  readonly notAnswering: string;
  readonly allStores: string;
  readonly store: string;
  readonly date: string;
  readonly today: string;
  readonly search: { readonly label: string; readonly hint: string; readonly clear: string; readonly everyDay: string };
  readonly earlier: string;
  readonly newRows: (count: number) => string;
  readonly close: string;
  readonly copy: string;
  readonly copied: string;
  readonly column: {
    readonly time: string;
    readonly receipt: string;
    readonly till: string;
    readonly cashier: string;
    readonly items: string;
    readonly paidBy: string;
    readonly amount: string;
    readonly channel: string;
    readonly number: string;
    readonly state: string;
    readonly store: string;
    readonly activated: string;
    readonly entries: string;
    readonly heard: string;
  };
  readonly items: (count: number) => string;
  readonly salesTotal: (count: number) => string;
  readonly paymentsTotal: (count: number) => string;
  /** Beside it, where something went back: the sum in the row is what is left. */
  readonly paymentsBack: (received: string, back: string) => string;
  readonly inDoubt: (count: number) => string;
  readonly tillsTotal: (count: number, active: number) => string;
  readonly empty: {
    readonly sales: OfficeTold;
    readonly payments: OfficeTold;
    readonly exceptions: OfficeTold;
    /** What else is open, where nothing is stuck. */
    readonly breaks: (count: number) => string;
    readonly tills: OfficeTold;
    readonly found: (text: string) => OfficeTold;
  };
  readonly tillWithStore: (label: string, store: string) => string;
  readonly channel: { readonly [C in PaymentChannel]: string };
  readonly noChannel: string;
  readonly cash: string;
  /** A payment that nobody has proved. */
  readonly unverified: (channel: string) => string;
  readonly state: { readonly [State in PaymentStateWord]: string };
  readonly owed: { readonly [Why in "lateCapture" | "refundOwed"]: string };
  /** What became of money that had arrived. */
  readonly givenBack: { readonly whole: string; readonly part: (amount: string) => string };
  readonly decline: { readonly [Reason in DeclineWord]: string };
  readonly sale: {
    readonly title: (receipt: string) => string;
    readonly savings: string;
    readonly rounding: string;
    readonly total: string;
    readonly tax: (percent: string, isIncluded: boolean) => string;
    /** Before the reason for which goods came back. */
    readonly returned: string;
    readonly returnReasons: { readonly [R in ReturnReason]: string };
    readonly tenders: string;
    /** Paid to the printed code while nobody could ask: proved later, by the bill. */
    readonly unverified: string;
    readonly tail: (digits: string) => string;
    readonly noTail: string;
    readonly given: string;
    readonly change: string;
    readonly number: string;
    readonly businessDate: string;
  };
  readonly payment: {
    readonly title: (channel: string, amount: string) => string;
    readonly number: string;
    readonly providerNumber: string;
    readonly paid: string;
    readonly receivable: string;
    readonly givenBack: string;
    readonly noReceipt: string;
    readonly sale: string;
  };
  readonly exception: {
    readonly [Kind in ExceptionWord]: OfficeTold;
  } & {
    readonly about: string;
    readonly technical: (text: string) => string;
    readonly total: (count: number) => string;
    readonly openPayment: string;
    /** What stands in place of the text where matching has found a difference of it. */
    readonly asDifference: string;
    readonly openDifference: string;
    readonly openSale: string;
    /** The press that ends one by a person's look, what is written beside it, and when it did not count. */
    readonly look: string;
    readonly lookNote: string;
    readonly lookFailed: string;
  };
  readonly activation: {
    readonly make: string;
    readonly notActivated: string;
    readonly title: (label: string) => string;
    readonly text: string;
    readonly replaces: string;
    readonly address: string;
    readonly left: (time: string) => string;
    readonly over: string;
  };
  readonly never: string;
};
