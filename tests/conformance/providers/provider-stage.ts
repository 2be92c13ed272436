import type { AttemptReference, ChargeRequest, PaymentProvider } from "../../../src/gateway/provider.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What a payer or the provider plays; each stage knows the code that makes its sandbox play it. */
export type Play =
  | "paysAtOnce"
  | "paysAfterPassword"
  | "cancels"
  | "neverAnswers"
  | "cannotPay"
  | "codeRefused"
  | "systemErrorPaid"
  | "systemErrorUnpaid"
  | "cutPaid"
  | "cutUnpaid"
  | "answersLate"
  | "wronglySigned"
  | "reverseFailsTwice"
  | "typingAtReverse"
  | "paysAtReverse";

/** What is done to the next exchange on its way. The last six are told in a rightly signed answer. */
export type Lie =
  | "requestLost"
  | "answerLost"
  | "hangs"
  | "byteChanged"
  | "unsigned"
  | "unknownKey"
  | "stale"
  | "gateHtml"
  | "huge"
  | "otherAmount"
  | "otherCurrency"
  | "otherNumber"
  | "otherMerchant"
  | "unknownState"
  | "noJson";

/** One adapter in front of its sandbox under a virtual clock. */
export type ProviderStage = {
  readonly provider: PaymentProvider;
  readonly clock: VirtualClock;
  charge(play: Play, over?: Partial<ChargeRequest>): ChargeRequest;
  lie(lie: Lie): void;
  /** The provider's truth in minor units, read from its store; null for a number it does not know. */
  truth(attempt: AttemptReference): { readonly moved: number; readonly givenBack: number } | null;
  /** How many requests reached the provider. */
  requests(): number;
};
