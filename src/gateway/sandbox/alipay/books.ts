import { createHash } from "node:crypto";
import { instant, type Instant } from "../../../domain/clock.ts";
import type { PlayParts } from "../play.ts";
import type { Downloads } from "../settlement/downloads.ts";
import type { AccountTerms } from "../settlement/terms.ts";
import type { AlipayPlayKeys } from "./keys.ts";
import type { AlipayLedger, LedgerEvent } from "./ledger.ts";

/** What the play is made of, and the keys it answers to and signs with. */
export type BooksParts = PlayParts & { readonly keys: AlipayPlayKeys; readonly terms: AccountTerms };

/** The ledger together with its store: nothing is told that is not recorded. */
export type Books = {
  readonly parts: BooksParts;
  readonly ledger: AlipayLedger;
  /** Bills that wait to be fetched. */
  readonly downloads: Downloads;
  /** Takes the event into the store, synced, then into the ledger, and puts down what follows from it. */
  record(event: LedgerEvent): void;
  /** Lets payers act and trades end that were due by now; called before anything is looked at. */
  settle(): Instant;
  /** `ms` under the time factor. */
  scaled(ms: number): number;
  stop(): void;
};

/** Under what a play stands that is for whichever order comes. */
export const anyOrder = "*";

/** What stands for a code in the store. */
export function codeHash(code: string): string {
  return createHash("sha256").update(`alipay payment code ${code}`).digest("hex");
}

/** `yyyy-MM-dd HH:mm:ss` in Beijing. */
export function beijing(at: Instant): string {
  return new Date(instant(at + 8 * 3_600_000)).toISOString().slice(0, 19).replace("T", " ");
}

/** Alipay's own number: 28 digits, the day in Beijing first. */
export function nextTradeNo({ ledger }: Books, now: Instant): string {
  const day = beijing(now).slice(0, 10).replaceAll("-", "");
  return `${day}22001400${String(ledger.orders.size + 1).padStart(12, "0")}`;
}

/** Alipay's own number of a notification: 34 digits, the time in Beijing first. */
export function nextNotifyId({ ledger }: Books, now: Instant): string {
  const time = beijing(now).replaceAll(/\D/gu, "");
  return `${time}${String(ledger.notifications.size + 1).padStart(20, "0")}`;
}
