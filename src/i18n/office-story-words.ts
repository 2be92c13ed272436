/** How the office tells what happened: by whom, in which words, on which accounts. */
export type OfficeStoryWords = {
  readonly title: string;
  readonly empty: string;
  readonly source: {
    readonly till: string;
    readonly gateway: string;
    readonly provider: string;
    readonly books: string;
  };
  readonly till: { readonly [What in TillWord]: string };
  /** A payment's beginning by who shows the code; where that is not known, `till.paymentAttempted` says no more than is so. */
  readonly attempted: { readonly consumer: string; readonly merchant: string };
  readonly gateway: { readonly [What in GatewayWord]: string };
  readonly provider: { readonly [What in ProviderWord]: string };
  readonly books: { readonly [What in BooksWord]: string };
  /** By what the provider was asked; the charge itself needs no word. */
  readonly asked: {
    readonly [A in "charged" | "queried" | "lastQuery" | "reversed" | "lateQuery" | "notified" | "refunded"]: string;
  };
  readonly silence: { readonly [why: string]: string };
  readonly nthPayment: (nth: number) => string;
  readonly copyNumber: (nth: string) => string;
  readonly times: (count: number, until: string) => string;
  readonly debit: string;
  readonly credit: string;
  readonly account: { readonly [A in Account]: (of: string) => string };
};

type TillWord =
  | "paymentAttempted"
  | "attemptAbandoned"
  | "attemptFreed"
  | "saleParked"
  | "saleCompleted"
  | "saleVoided"
  | "receiptReprinted"
  | "tenderReturned"
  | "unverifiedRemoved";

type GatewayWord =
  | "submitted"
  | "deadlinePassed"
  | "abandoned"
  | "abandonedAndFreed"
  | "reverseRequested"
  | "closedUnseen"
  | "eventRefused"
  | "saleArrived"
  | "codeShown"
  | "refundOwed"
  | "refundSent"
  | "adopted"
  | "billed"
  | "paidOtherwise"
  | "neverAsked"
  | "other";

type ProviderWord =
  | "captured"
  | "refunded"
  | "payerPrompted"
  | "declined"
  | "reversed"
  | "closed"
  | "reversalRefused"
  | "notYet"
  | "silence"
  | "refundAccepted"
  | "refundSucceeded"
  | "refundFailed"
  | "refundAbnormal";

type BooksWord =
  | "saleCompleted"
  | "captured"
  | "captureReversed"
  | "refundOwed"
  | "refundAccepted"
  | "refundFailed"
  | "floatTaken"
  | "paidIn"
  | "paidOut"
  | "drawerCounted"
  | "billTaken"
  | "billReplaced"
  | "differenceFound"
  | "differenceGone"
  | "mendingUndone"
  | "mended"
  | "tenderProved"
  | "tenderUnproved"
  | "refundClosed"
  | "other";

type Account =
  | "drawer"
  | "receivable"
  | "suspense"
  | "revenue"
  | "outputTax"
  | "shopDiscount"
  | "rounding"
  | "returns"
  | "refundsOwed"
  | "unproven"
  | "tipsPayable"
  | "safe"
  | "owner"
  | "otherIncome"
  | "expense"
  | "cashPending"
  | "balance"
  | "bank"
  | "payoutInTransit"
  | "unexplained"
  | "otherBusiness"
  | "fees"
  | "settlementDifferences"
  | "loss"
  | "gain"
  | "staffReceivable"
  | "betweenStores"
  | "openingBalance"
  | "cashInTransit";
