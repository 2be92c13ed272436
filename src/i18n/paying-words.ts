import type { PrintOutcome } from "../domain/printer-status.ts";
import type { Told } from "./told.ts";

/** The words of paying: ways, waiting, a no, a second person, the result. */
export type PayingWords = {
  readonly tender: {
    readonly shown: string;
    readonly shownTitle: string;
    readonly shownText: string;
    readonly showFor: (channel: string) => string;
    readonly shownOffline: Told;
    readonly paidSoFar: string;
    readonly takeOff: (name: string) => string;
    readonly part: (amount: string) => string;
    /** The next payment by code: what it is for. */
    readonly now: string;
    readonly all: string;
    readonly some: string;
    readonly someThen: (left: string) => string;
    readonly someGo: (part: string) => string;
    readonly rest: string;
    readonly rounded: (amount: string) => string;
    readonly tip: string;
    readonly noTip: string;
    readonly unverified: {
      readonly title: string;
      readonly text: string;
      readonly tail: (digits: number) => string;
      readonly tailShort: (digits: number) => string;
      readonly take: (channel: string) => string;
    };
    readonly code: string;
    readonly cash: string;
    readonly codeTitle: string;
    readonly codeText: (channels: string, amount: string) => string;
    readonly codeHint: string;
    readonly codeOffline: Told;
    /** In a shop that notes payments to its printed code. */
    readonly codeOfflineNoted: string;
    readonly given: string;
    readonly change: string;
    readonly missing: string;
    readonly exact: string;
    readonly done: string;
  };
  readonly waiting: {
    readonly contacting: (channel: string, amount: string) => Told;
    readonly password: (channel: string, amount: string) => Told;
    readonly unknown: (channel: string, seconds: number) => Told;
    readonly noGateway: Told;
    readonly undoing: Told;
    readonly scanned: (time: string) => string;
    readonly confirming: string;
    readonly received: string;
    readonly abandon: string;
    readonly abandonIn: (seconds: number) => string;
    readonly closeCode: string;
    readonly making: (channel: string, amount: string) => Told;
    readonly scan: (channel: string, amount: string) => Told;
    readonly codeLeft: (seconds: number) => string;
    readonly shown: (time: string) => string;
    readonly park: string;
    readonly free: string;
  };
  readonly declined: {
    readonly title: string;
    /** A payment of the last second went back: the customer is asked again. */
    readonly givenBack: Told;
    readonly reason: { readonly [R in DeclinedReason]: string };
    readonly again: string;
    readonly cash: string;
  };
  readonly secondPerson: {
    readonly actTitle: string;
    readonly act: {
      readonly [
        A in
          | "discount"
          | "overridePrice"
          | "return"
          | "cashForElectronic"
          | "returnTender"
          | "cashForEmpties"
          | "paidIn"
          | "paidOut"
          | "openDrawer"
          | "recount"
          | "handOver"
          | "unverifiedTender"
          | "other"
      ]: string;
    };
    readonly fragile: Told;
    /** Who receives what the drawer hands over. */
    readonly handOver: (amount: string) => Told;
    readonly free: (amount: string) => Told;
    readonly who: string;
    readonly nobody: string;
    /** What whoever is asked on a phone reads beside what is asked. */
    readonly phoneWhy: string;
    /** Asks those entitled on their phones; what is left of the two minutes. */
    readonly phone: string;
    readonly phoneAsking: (left: string) => string;
    readonly phoneStop: string;
    readonly phoneEnd: { readonly [E in "refused" | "over" | "notReached"]: string };
    readonly alone: string;
    readonly aloneReason: string;
    /** The shop's table lets one do it alone so many times, and they are used up. */
    readonly aloneUsedUp: (times: number) => string;
    readonly go: string;
    /** In place of `go` where cash is handed over. */
    readonly receive: string;
    readonly cancel: string;
  };
  readonly done: {
    readonly title: string;
    readonly cashTitle: string;
    readonly given: (amount: string) => string;
    readonly received: (channel: string) => string;
    /** In place of `title` and `received`: noted, and nobody has proved it. */
    readonly noted: string;
    readonly unverified: (channel: string) => string;
    readonly receipt: (number: string) => string;
    readonly next: string;
    readonly nextHint: string;
    readonly print: (outcome: PrintOutcome | { readonly kind: "printing" }) => string;
    readonly printAgain: string;
  };
};

export type DeclinedReason =
  | "notEnoughMoney"
  | "codeInvalid"
  | "limit"
  | "payerCancelled"
  | "accountBarred"
  | "orderClosed"
  | "misconfigured"
  | "refused"
  | "reversed"
  | "closed"
  | "deadlinePassed"
  | "notSent";
