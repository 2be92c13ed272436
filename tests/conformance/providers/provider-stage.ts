import type { Capture } from "../../../src/gateway/provider-outcome.ts";
import type {
  AttemptReference,
  ChargeRequest,
  NotificationMessage,
  PaymentProvider,
  PromptRequest,
  RefundRequest,
} from "../../../src/gateway/provider.ts";
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
  | "paysAtReverse"
  | "couponOfOthers"
  | "couponOfShop";

/** What a payer does who scans a code shown by the shop; `paysAtReverse`: in the moment it is closed. */
export type ScanPlay = Extract<
  Play,
  "paysAtOnce" | "paysAfterPassword" | "cancels" | "neverAnswers" | "cannotPay" | "paysAtReverse" | "couponOfShop"
>;

/** What becomes of the next refund. */
export type RefundPlay = "shopBalance" | "busy" | "closed" | "abnormal" | "stays";

/** What is done to the next exchange on its way. Those from `otherAmount` on are told in a rightly signed answer. */
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
  | "noJson"
  | "otherAmount"
  | "otherCurrency"
  | "otherNumber"
  | "otherMerchant"
  | "unknownState";

/** What is wrong with a notification. */
export type Forgery = "byteChanged" | "unsigned" | "strangersKey" | "unknownKey" | "stale" | "fromTheFuture" | "noJson";

/** The calls whose answers can be lied about. */
export type Call = "charge" | "query" | "reverse" | "prompt" | "close" | "refund" | "queryRefund";

/** What this provider cannot do or does otherwise, each with the reason why. */
export type Deviation =
  /** Its reversal never answers that the payer is typing. */
  | "neverTypes"
  /** A shown code makes an order at the provider only when it is scanned: until then a query does not know the number. */
  | "noOrderBeforeScan"
  /** The same number may be shown again with another amount while nobody has scanned it. */
  | "promptRebinds"
  /** A payer who cancels the password leaves a closed order, not a declined one. */
  | "cancelReadsClosed"
  /** An order refunded in full reads as reversed. */
  | "refundedReadsReversed"
  /** Refunds are not accepted first and ended later as closed or abnormal. */
  | "refundsEndAtOnce"
  /** No limit on how often a refund is asked for is known. */
  | "neverBusy"
  /** Refunds are not told by notification. */
  | "noRefundNotification"
  /** Notifications bear no time that could be stale. */
  | "timelessNotifications"
  /** The provider takes requests whatever time they bear. */
  | "anyRequestTime"
  /** Its answers bear no time. */
  | "timelessAnswers";

/** What is known of a provider before any stage is opened. */
export type ProviderFacts = {
  /** The lies that each call's answer has a place for. */
  readonly lies: Readonly<Record<Call, readonly Lie[]>>;
  readonly forgeries: readonly Forgery[];
  readonly deviations: Readonly<Partial<Record<Deviation, string>>>;
};

/** One adapter in front of its sandbox under a virtual clock. */
export type ProviderStage = {
  readonly provider: PaymentProvider;
  readonly clock: VirtualClock;
  charge(play: Play, over?: Partial<ChargeRequest>): ChargeRequest;
  prompt(over?: Partial<PromptRequest>): PromptRequest;
  /** A refund of a captured payment; its own fresh number unless `over` has one. */
  refund(of: AttemptReference, capture: Capture, minor: number, over?: Partial<RefundRequest>): RefundRequest;
  /** A customer scans what the shop shows; false when the wallet refuses. */
  scan(content: string, play: ScanPlay): Promise<boolean>;
  playRefund(next: RefundPlay): Promise<void>;
  lie(lie: Lie): void;
  /** The provider's truth in minor units, read from its store; null for a number it does not know. */
  truth(attempt: AttemptReference): { readonly moved: number; readonly givenBack: number } | null;
  /** How many requests reached the provider; those for its keys do not count. */
  requests(): number;
  /** What the provider has notified so far, every try. */
  notifications(): readonly NotificationMessage[];
  /** How notifications are answered from now on; `taken` at first. */
  answerNotifications(verdict: "taken" | "refused" | "later"): void;
  forged(message: NotificationMessage, forgery: Forgery): NotificationMessage;
  /** An account of ours that none of this stage's notifications is for. */
  readonly otherAccount: string;
  /** The shop's clock goes wrong by so much, the provider's stays right. */
  skewShopClock(ms: number): void;
  /** From now on the provider signs with a new key. */
  rotateKeys(): void;
};
