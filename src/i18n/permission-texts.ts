import type { Act, Role } from "../domain/staff.ts";

export type AuditActWord =
  | "signedIn"
  | "signInRefused"
  | "sessionEnded"
  | "passwordSet"
  | "passkeyAdded"
  | "passkeyRemoved"
  | "ownerReset"
  | "invited"
  | "accessRemoved"
  | "activationCodeMade"
  | "tillActivated"
  | "pinRenewed"
  | "staffAdded"
  | "staffRenamed"
  | "roleChanged"
  | "staffLeft"
  | "permissionChanged"
  | "rateCorrected"
  | "windowChanged"
  | "rulesChanged"
  | "billHandedIn"
  | "billAsked"
  | "bankKept"
  | "statementHandedIn"
  | "statementTakenBack"
  | "safeCounted"
  | "cashDeposited"
  | "depositTakenBack"
  | "mended"
  | "mendingUndone"
  | "dayClosed"
  | "monthLocked"
  | "accountMapped"
  | "webhookChanged"
  | "apiKeyChanged"
  | "alertRuleChanged"
  | "approvalGiven"
  | "approvalRefused"
  | "tillApproved"
  | "doneAlone"
  | "drawerRecounted"
  | "cashHandedOver"
  | "storeAdded"
  | "storeChanged"
  | "tillAdded"
  | "accountKept"
  | "productsTaken"
  | "aloneReviewed"
  | "exceptionLooked"
  | "auditExported";

type Told = { readonly title: string; readonly text: string };

/** Sentences about people: who works here, what they may do, what they allowed one another, and what was changed by whom. */
export type PermissionTexts = {
  readonly role: { readonly [R in Role]: string };
  readonly act: { readonly [A in Act]: string };
  readonly wholeChain: string;
  readonly cancel: string;
  readonly save: string;
  readonly saved: string;
  readonly shownOnce: string;
  readonly audit: {
    readonly acts: { readonly [A in AuditActWord]: string };
    readonly column: {
      readonly time: string;
      readonly store: string;
      readonly who: string;
      readonly act: string;
      readonly subject: string;
      readonly before: string;
      readonly after: string;
      readonly change: string;
      readonly reason: string;
      readonly second: string;
    };
    readonly anybody: string;
    readonly anything: string;
    readonly from: string;
    readonly to: string;
    readonly search: string;
    readonly takeAway: string;
    readonly total: (count: number) => string;
    readonly empty: Told;
    readonly unknownPerson: string;
    /** Done by the gateway, for facts that nobody decided. */
    readonly byItself: string;
    /** What entries hold that would be a bare figure or a program's word. */
    readonly held: {
      readonly lines: (count: number) => string;
      readonly fresh: (count: number) => string;
      readonly opening: string;
      /** What a drawer held before a hand-over, or after it. */
      readonly inDrawer: (amount: string) => string;
      readonly replaced: string;
      readonly removed: string;
      readonly revoked: string;
      readonly newSecret: string;
      readonly paused: string;
      readonly active: string;
      readonly refused: { readonly [W in "signedOut" | "forbidden" | "tooManyTries"]: string };
    };
  };
  readonly staff: {
    readonly empty: Told;
    readonly people: string;
    readonly table: string;
    readonly name: string;
    readonly roles: string;
    readonly pin: string;
    readonly office: string;
    readonly noRole: string;
    readonly gone: (time: string) => string;
    readonly locked: string;
    readonly add: string;
    readonly addTitle: string;
    readonly newPin: string;
    readonly pinFor: (name: string) => string;
    readonly leave: string;
    readonly leaveText: string;
    readonly invite: string;
    readonly inviteText: (hours: number) => string;
    readonly invitedUntil: (time: string) => string;
    readonly removeAccess: string;
    readonly noAccess: string;
    readonly access: (hasPassword: boolean, passkeys: number) => string;
    readonly nameTaken: string;
    readonly needsSecond: string;
    readonly total: (count: number) => string;
  };
  readonly rule: {
    readonly any: string;
    readonly upTo: (size: string) => string;
    readonly never: string;
    readonly refused: string;
    readonly alone: (size: string, times: number) => string;
    /** Of an act that has no size. */
    readonly aloneTimes: (times: number) => string;
    readonly usual: string;
    readonly own: string;
    readonly backToUsual: string;
    readonly choose: string;
    readonly largest: (unit: string) => string;
    readonly allowAlone: string;
    readonly aloneText: string;
    readonly times: string;
    readonly ownerOnly: string;
    readonly atTill: string;
    readonly inOffice: string;
  };
  readonly ask: {
    readonly title: string;
    readonly text: string;
    readonly who: string;
    readonly pin: string;
    readonly password: string;
    readonly beside: string;
    readonly waiting: string;
    readonly wrong: string;
    readonly locked: string;
    readonly unknown: string;
    readonly sending: string;
    readonly refused: string;
    readonly over: string;
    readonly knownPin: string;
    readonly nobody: string;
    /** To whoever looks on: nobody's yes counts, or whose does. */
    readonly nobodyAtAll: string;
    readonly waitsFor: (names: string) => string;
    /** Only who asked may. */
    readonly takeBack: string;
    /** Away from what was refused or is over. */
    readonly leave: string;
  };
  readonly approve: {
    readonly view: string;
    readonly asks: (who: string, act: string) => string;
    /** The same to who asked. */
    readonly asked: (act: string) => string;
    readonly label: {
      readonly [
        L in
          | "what"
          | "why"
          | "receipt"
          | "where"
          | "who"
          | "before"
          | "after"
          | "number"
          | "account"
          | "charged"
          | "paidFrom"
          | "proof"
          | "row"
          | "beyondBooks"
          | "difference"
          | "till"
          | "day"
      ]: string;
    };
    /** What stands beside the label of that name. */
    readonly beyondBooks: string;
    /** Of a difference: there is more money than the books say, or less. */
    readonly over: string;
    readonly short: string;
    readonly runsOut: string;
    readonly passkey: string;
    readonly password: string;
    readonly byPassword: string;
    readonly yes: string;
    readonly no: string;
    /** What handing in a bill is where the provider delivered its own. */
    readonly replacesBill: string;
    readonly takesStatementBack: string;
    /** How many breaks are mended together. */
    readonly together: (count: number) => string;
    readonly once: string;
    readonly own: string;
    readonly empty: Told;
    readonly given: Told;
    readonly refused: Told;
    /** Whoever asked in the office has left the page that would go on with it. */
    readonly left: (time: string) => string;
    readonly gone: Told;
    readonly notEntitled: string;
    readonly onPhone: string;
  };
  readonly alone: {
    readonly empty: Told;
    readonly review: string;
    readonly note: string;
    readonly reviewedBy: (who: string, time: string) => string;
    readonly ownOne: string;
    readonly open: (count: number) => string;
    readonly amount: string;
  };
  readonly me: {
    readonly view: string;
    readonly passkeys: string;
    readonly passkeyText: string;
    readonly addPasskey: string;
    readonly passkeyName: string;
    readonly remove: string;
    readonly needName: (host: string) => string;
    readonly passkeyFailed: string;
    readonly lastWay: string;
    readonly sessions: string;
    readonly thisOne: string;
    readonly end: string;
    readonly password: string;
    readonly oldPassword: string;
    readonly newPassword: string;
    readonly wrong: string;
    readonly pin: {
      readonly title: string;
      readonly known: string;
      readonly own: string;
      readonly present: string;
      readonly fresh: (least: number) => string;
      readonly wrong: string;
      readonly notNew: string;
      readonly locked: string;
    };
    readonly made: (time: string) => string;
    readonly by: { readonly password: string; readonly passkey: string };
  };
  readonly welcome: {
    readonly title: string;
    readonly text: (min: number) => string;
    readonly stale: string;
    readonly go: string;
    readonly orPasskey: string;
  };
};
