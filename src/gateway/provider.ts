import type { PaymentId, RefundId } from "../domain/identifier.ts";
import type { Clock, Instant, Random } from "../domain/clock.ts";
import type { Fetch } from "./exchange.ts";
import type { Money } from "../domain/money.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import type { Bills } from "./provider-bills.ts";
import type { NotificationReading, PromptOutcome, ProviderOutcome, RefundOutcome } from "./provider-outcome.ts";
import type { Secret } from "./secret.ts";

/** Every field says what the provider can do; every method is one HTTP exchange and keeps no state. */
export type PaymentProvider = ConsumerPresented &
  MerchantPresented &
  Refunds &
  Notifications &
  Bills & {
    readonly id: string;
    readonly channel: PaymentChannel;
    /** Defaults: an account's own timings replace them. */
    readonly timings: ProviderTimings;
  };

/** The payer shows the code (payment code) and the shop scans it; `query` is for both presentments. */
export type ConsumerPresented = {
  /** Asks for the money once. Never repeated: what its silence means is asked by `query` with the same id. */
  charge(request: ChargeRequest, signal: AbortSignal): Promise<ProviderOutcome>;
  /** What became of the attempt. Safe to repeat. */
  query(attempt: AttemptReference, signal: AbortSignal): Promise<ProviderOutcome>;
  /** Undoes the attempt, whether or not money moved. Safe to repeat until it answers `reversed`. */
  reverse(attempt: AttemptReference, signal: AbortSignal): Promise<ProviderOutcome>;
};

/** When the gateway asks, gives up and reverses: the account's configuration, all in milliseconds. */
export type ProviderTimings = {
  /** How long one charge may take before it counts as silence. */
  readonly chargeWithinMs: number;
  /** How long one query or reversal may take before it counts as silence. */
  readonly askWithinMs: number;
  /** When to query after the charge answered or fell silent. */
  readonly queryAfterMs: readonly number[];
  /** When the gateway reverses by itself, counted like `queryAfterMs`. */
  readonly reverseAfterMs: number;
  /** A reversal is sent no sooner than this after the charge was sent. */
  readonly abandonNotBeforeMs: number;
  /** Pauses between reversals that did not succeed; the last one repeats. */
  readonly reverseRetryMs: readonly number[];
  /** How long a code that the shop shows can be paid; two minutes without it. */
  readonly codeLivesMs?: number;
  /** One more query after a final state, against a late yes. */
  readonly lateQueryMs: number;
};

/** One try at collecting `amount` by the code the customer shows. */
export type ChargeRequest = AttemptReference & {
  /** The payment code: single-use, never stored or logged. */
  readonly code: Secret;
  /** Shown to the payer: the shop's name, in the shop's language. At most 127 characters. */
  readonly description: string;
  /** The shop's own number of the store, as the provider knows it. */
  readonly storeOutId: string;
  /** The till's label, for the provider's device number. */
  readonly tillLabel: string;
};

/** What names an attempt to a provider. */
export type AttemptReference = {
  /** 26 characters: the provider's merchant order number. */
  readonly id: PaymentId;
  /** Whose keys to use. */
  readonly accountId: string;
  readonly amount: Money;
  /** The exchange's own limit, from the account's timings. */
  readonly withinMs: number;
};

/** The shop shows the code (dynamic QR) and the payer scans it. */
export type MerchantPresented = {
  /** Whether `close` gives back what was paid before it came: then a yes counts only when no closing is on its way. */
  readonly closeGivesBack: boolean;
  /** Makes the order and its code. Safe to repeat with the same id and amount while the order is open. */
  prompt(request: PromptRequest, signal: AbortSignal): Promise<PromptOutcome>;
  /**
   * Ends an order that was not paid; `closed` is certain. Where the provider gives back a last-second payment by itself this
   * is `reversed`; where it answers "already paid" it is `captured` or, when it does not say how much, silence: query.
   */
  close(attempt: AttemptReference, signal: AbortSignal): Promise<ProviderOutcome>;
};

/** Money back for a payment that was captured. */
export type Refunds = {
  /** Asks once; the same number and amount may be sent again without a second refund. */
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
  queryRefund(request: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
};

/** What the provider tells by itself. */
export type Notifications = {
  /** Verifies and reads; never throws. What was not verified is `refused`. */
  readNotification(accountId: string, message: NotificationMessage): Promise<NotificationReading>;
  /** The answer that ends the provider's retries (`taken`), or asks for another try (`refused`, `later`). */
  notificationAnswer(verdict: "taken" | "refused" | "later"): NotificationAnswer;
};

/** One order whose code the shop shows. */
export type PromptRequest = AttemptReference & {
  readonly description: string;
  readonly storeOutId: string;
  readonly tillLabel: string;
  /** Where the provider notifies; carries store and account in its path. */
  readonly notifyUrl: string;
  /** When the order ends at the provider by itself: later than our own closing. */
  readonly expiresAt: Instant;
};

export type RefundRequest = {
  /** 26 characters: the provider's refund number. */
  readonly id: RefundId;
  readonly payment: PaymentId;
  /** The captured payment as the provider numbers it; preferred where both are taken. */
  readonly providerTransactionId: string;
  readonly accountId: string;
  /** What the sale was settled by: the whole order. */
  readonly total: Money;
  readonly amount: Money;
  /** Shown to the payer; at most 80 characters. */
  readonly reason: string;
  /** When it was first sent, by our clock; some providers are asked no sooner than a while later. */
  readonly submittedAt: Instant;
  readonly notifyUrl: string;
  readonly withinMs: number;
};

/** A notification as it came: header names in lower case, the body's own bytes. */
export type NotificationMessage = {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
};

export type NotificationAnswer = { readonly status: number; readonly contentType: string; readonly body: string };

/** What an adapter is given: keys by account, read once by its own reader, and the outside. */
export type ProviderParts = {
  readonly credentials: <Keys>(read: (source: unknown) => Keys) => (accountId: string) => Promise<Keys>;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
};

/** One provider's folder: `plug.ts` in it is found by the gateway, nothing else names it. */
export type ProviderPlug = { readonly id: string; create(parts: ProviderParts): PaymentProvider };
