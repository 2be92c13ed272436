import type { Instant } from "../../../domain/clock.ts";
import type { PlayParts } from "../play.ts";
import type { Downloads } from "../settlement/downloads.ts";
import type { AccountTerms } from "../settlement/terms.ts";
import type { SandboxKeys } from "./keys.ts";
import type { Ledger, LedgerEvent } from "./ledger.ts";

/** What the play is made of, and the keys it answers to and signs with. */
export type BooksParts = PlayParts & { readonly keys: SandboxKeys; readonly terms: AccountTerms };

/** The ledger together with its store: nothing is told that is not recorded. */
export type Books = {
  readonly parts: BooksParts;
  readonly ledger: Ledger;
  /** Bills that wait to be fetched. */
  readonly downloads: Downloads;
  /** Takes the event into the store, synced, then into the ledger, and puts down what follows from it. */
  record(event: LedgerEvent): void;
  /** Lets payers act and refunds end that were due by now; called before anything is looked at. */
  settle(): Instant;
  /** `ms` under the time factor. */
  scaled(ms: number): number;
  stop(): void;
};

/** Under what a play stands that is for whichever order comes. */
export const anyOrder = "*";
