/** Under which the differences of drawers, safes and deposits stand, and the deposits that a bank brought: no provider's account. */
export const cashAccount = "cash";

/** The classes of `domain/reconciliation/verdict`, as they travel. */
export const breakClasses = [
  "withUsNotWithThem",
  "captureUnknown",
  "saleWithoutPayment",
  "captureWithoutSale",
  "paidTwice",
  "paidAfterGivingUp",
  "notGivenBack",
  "paymentUnknown",
  "amountDiffers",
  "tenderDiffers",
  "rateDiffers",
  "refundStuck",
  "refundOutside",
  "unprovenTender",
  "footerDiffers",
  "billMissing",
  "flowMissing",
  "balanceDiffers",
  "settlementLate",
  "settlementShort",
  "settlementOver",
  "payoutReturned",
  "creditUnknown",
  "drawerOver",
  "drawerShort",
  "safeOver",
  "safeShort",
  "depositMissing",
  "depositShort",
  "depositOver",
] as const;
/**
 * Why an item waits; `billNotHere` is of every item of a day whose bill has not come yet, `billEarly` of those that came after the bill
 * which is here, `letWait` is a break that a person lets wait.
 */
export const waitingReasons = [
  "journal",
  "saleOpen",
  "nearCut",
  "refundUnderWay",
  "attemptLive",
  "unproved",
  "billNotHere",
  "billEarly",
  "letWait",
] as const;
/**
 * `bill`: a whole bill. `tender`: one noted unproved. `payout` left the provider, `credit` came to the bank, `drawer` and `safe` were counted, `deposit` is cash on
 * its way to the bank.
 */
export const itemSides = [
  "payment",
  "refund",
  "tender",
  "bill",
  "payout",
  "credit",
  "drawer",
  "safe",
  "deposit",
] as const;
