import type { Instant } from "../domain/clock.ts";
import type { PaymentId } from "../domain/identifier.ts";
import type { MinorUnits, Money } from "../domain/money.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import type { Secret } from "./secret.ts";

/** Every field says what the provider can do; every method is one HTTP exchange and keeps no state. */
export type PaymentProvider = {
  readonly id: string;
  readonly channel: PaymentChannel;
  /** Defaults: an account's own timings replace them. */
  readonly timings: ProviderTimings;
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

/** The three amounts of a capture (books.md 1), in minor units of the attempt's currency, and who paid the difference. */
export type CapturedAmounts = {
  /** Settles the sale. */
  readonly order: MinorUnits;
  /** What the shop receives before the fee: order − discounts funded by the shop. */
  readonly receivable: MinorUnits;
  /** What left the payer's pocket: a memo. */
  readonly paid: MinorUnits;
  readonly discounts: readonly FundedDiscount[];
};

/** A coupon used at the provider. The shop receives `others`' part and loses its own. */
export type FundedDiscount = {
  readonly name: string;
  readonly amount: MinorUnits;
  readonly fundedBy: "shop" | "others";
};

/** The provider's word for trouble, kept for the attempt's story: never shown alone. */
export type ProviderWord = { readonly code: string; readonly message: string; readonly httpStatus: number };

/** What one exchange says for certain. Only `captured` is a yes, only `declined`, `closed` and `reversed` are a no. */
export type ProviderOutcome =
  | Capture
  /** Paid, and some or all of it given back. While reversing this means reversed; otherwise captured with refunds to look at. */
  | (Omit<Capture, "kind"> & { readonly kind: "refunded" })
  /** Open at the provider: the payer is asked, or has not answered yet. */
  | { readonly kind: "payerPrompted" }
  | { readonly kind: "declined"; readonly reason: DeclineReason; readonly word: ProviderWord }
  /** Undone. `hadMoved`: whether money had been taken and was given back; not every provider says. */
  | { readonly kind: "reversed"; readonly hadMoved: boolean | "unknown" }
  /** Closed at the provider without payment. */
  | { readonly kind: "closed" }
  /** This provider will not undo it any more: a refund is owed. */
  | { readonly kind: "reversalRefused"; readonly word: ProviderWord }
  /** Not reversed yet because the payer is typing: reverse again. */
  | { readonly kind: "notYet" }
  | ProviderSilence;

/** The yes. */
export type Capture = {
  readonly kind: "captured";
  readonly amounts: CapturedAmounts;
  readonly providerTransactionId: string;
  /** When the provider took the money, by its clock. */
  readonly at: Instant;
};

/** Why a provider said no, in our words; the till shows what to do. */
export type DeclineReason =
  /** Balance or card does not cover it. */
  | "notEnough"
  /** The code is used, stale or wrong: show a fresh one. */
  | "codeInvalid"
  /** A limit of the payer or of the shop. */
  | "limit"
  /** The payer's account cannot pay. */
  | "accountBlocked"
  /** The payer cancelled, or the payment failed at his end. */
  | "notPaid"
  /** The provider refuses the shop's request (keys, rights, clock, members): somebody must look. */
  | "shopRefused";

/** No certain answer. The attempt stays in doubt: ask again, then reverse. */
export type ProviderSilence = {
  readonly kind: "silence";
  readonly why: SilenceReason;
  readonly word?: ProviderWord;
};

export type SilenceReason =
  | "timeout"
  | "network"
  /** The answer is larger than we read. */
  | "tooLarge"
  /** The provider's own failure, or its gate's. */
  | "server"
  /** Asked too often. */
  | "busy"
  /** Unsigned, wrongly signed, stale, or signed by a key we do not hold. */
  | "signature"
  /** Unreadable, or it speaks of another order, amount or merchant. */
  | "body"
  /** The provider does not know the number (yet). */
  | "notFound"
  /** The number was used for something else before. */
  | "numberUsed"
  /** Any status or code that is in no table of ours. */
  | "unlisted";
