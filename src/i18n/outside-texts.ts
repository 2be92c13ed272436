import type { Told } from "./told.ts";

export type ScopeWord = "sales:read" | "payments:read" | "books:read";
export type EventWord = "sale.completed" | "payment.captured" | "refund.succeeded" | "break.found" | "day.closed";
export type DeliveryWord = "pending" | "delivered" | "failed";
export type SilenceWord = "unresolved" | "privateAddress" | "timeout" | "network" | "inactive";

/** Sentences of the open interface: keys that other programs read with, and webhooks that they are told by. */
export type OutsideTexts = {
  readonly name: string;
  readonly nameHint: string;
  readonly whichStores: string;
  readonly everyStore: string;
  readonly theseStores: string;
  readonly save: string;
  readonly saved: string;
  readonly cancel: string;
  readonly done: string;
  readonly once: string;
  readonly failed: string;
  readonly keys: {
    readonly note: string;
    readonly description: string;
    readonly make: string;
    readonly makeTitle: string;
    readonly column: {
      readonly scopes: string;
      readonly expires: string;
      readonly used: string;
      readonly state: string;
    };
    readonly scopes: string;
    readonly scope: { readonly [S in ScopeWord]: string };
    readonly validFor: string;
    readonly days: (count: number, until: string) => string;
    readonly madeTitle: string;
    readonly header: string;
    readonly inForce: string;
    readonly soon: string;
    readonly expired: string;
    readonly revoked: (time: string) => string;
    readonly made: string;
    readonly revoke: string;
    readonly revokeText: string;
    readonly total: (count: number, inForce: number) => string;
    readonly empty: Told;
  };
  readonly hooks: {
    readonly note: string;
    readonly add: string;
    readonly addTitle: string;
    readonly address: string;
    readonly addressHint: string;
    /** It is in one's own network. */
    readonly addressPrivate: string;
    readonly addressRefused: string;
    readonly events: string;
    readonly event: { readonly [E in EventWord]: string };
    readonly active: string;
    readonly paused: string;
    readonly pause: string;
    readonly resume: string;
    readonly pausedText: string;
    readonly settings: string;
    readonly back: string;
    readonly column: { readonly state: string };
    readonly waits: (count: number) => string;
    readonly undelivered: (count: number) => string;
    readonly calm: string;
    readonly noneYet: string;
    readonly total: (count: number) => string;
    readonly empty: Told;
    readonly secretTitle: string;
    readonly secretText: string;
    readonly rotate: string;
    readonly rotateText: (hours: number) => string;
    readonly bothUntil: (time: string) => string;
    readonly remove: string;
    readonly removeText: string;
  };
  readonly deliveries: {
    readonly column: {
      readonly time: string;
      readonly event: string;
      readonly state: string;
      readonly tries: string;
      readonly answer: string;
      readonly next: string;
    };
    readonly all: string;
    readonly state: { readonly [S in DeliveryWord]: string };
    readonly again: (time: string) => string;
    readonly answered: (status: number) => string;
    readonly trouble: { readonly [S in SilenceWord]: string };
    readonly happened: string;
    readonly subject: string;
    readonly number: string;
    readonly last: string;
    readonly body: string;
    readonly resend: string;
    readonly resent: string;
    readonly resumeFirst: string;
    readonly total: (count: number) => string;
    readonly empty: Told;
  };
};
