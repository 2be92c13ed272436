import type { Instant } from "../domain/clock.ts";
import type { MinorUnits } from "../domain/money.ts";

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

/** What came of asking for a code to show (merchant-presented). */
export type PromptOutcome =
  /** The order is open at the provider; `content` is what the QR code says. */
  | { readonly kind: "codeReady"; readonly content: string }
  | Extract<ProviderOutcome, { kind: "declined" }>
  | ProviderSilence;

/** What one exchange about a refund says for certain. Only `succeeded` and `accepted` are a yes, only `failed` is a no. */
export type RefundOutcome =
  /** Taken on by the provider; the money is on its way. `taken` as below, null where the provider does not say yet. */
  | { readonly kind: "accepted"; readonly providerRefundId: string | null; readonly taken: MinorUnits | null }
  | {
      readonly kind: "succeeded";
      readonly providerRefundId: string | null;
      /** Settles the return (申请退款金额). */
      readonly asked: MinorUnits;
      /** Leaves the shop's receivable (退款金额, 应结退款金额): `asked` less the part of a coupon that the shop itself had funded. */
      readonly taken: MinorUnits;
      readonly at: Instant;
    }
  /** Certain: this request moved nothing. */
  | { readonly kind: "failed"; readonly reason: RefundFailure; readonly word: ProviderWord }
  /** The provider could not give it to the payer (account gone): a person must look. */
  | { readonly kind: "abnormal"; readonly word: ProviderWord }
  /** The provider has no refund of this number: the same number may be sent again. */
  | { readonly kind: "notKnown" }
  | ProviderSilence;

/** Why a provider did not give back, in our words. */
export type RefundFailure =
  /** The shop's balance with the provider does not cover it: it stays owed and is tried again. */
  | "shopBalance"
  /** More than is left of the payment. */
  | "aboveWhatIsLeft"
  /** The provider's refund window is over, or the trade is finished. */
  | "tooLate"
  /** The same number was used for another amount. */
  | "numberUsed"
  /** The payment was never made or is closed. */
  | "notPaid"
  /** Accepted, then closed by the provider without giving back: still owed, and sent again under a new number. */
  | "closed"
  /** The provider refuses the shop's request (keys, rights, members): somebody must look. */
  | "shopRefused";

/** What a notification says once its signature, account and freshness have been checked. */
export type NotificationReading =
  | { readonly kind: "payment"; readonly notification: string; readonly id: string; readonly outcome: ProviderOutcome }
  | {
      readonly kind: "refund";
      readonly notification: string;
      /** The payment's number, as ours. */
      readonly payment: string;
      readonly refund: string;
      readonly outcome: RefundOutcome;
    }
  /** Truly from the provider, and of no use to us (another event, a state we do not act on). */
  | { readonly kind: "ignored"; readonly notification: string; readonly why: string }
  /** Not to be believed: forged, stale, unreadable, for another account. Nothing of it is kept but the reason. */
  | { readonly kind: "refused"; readonly why: SilenceReason };
