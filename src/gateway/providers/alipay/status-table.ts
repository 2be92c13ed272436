import type { DeclineReason, RefundFailure, SilenceReason } from "../../provider-outcome.ts";

/** Alipay's `trade_status`, each with what it means. `closed` was paid, and all of it given back, when it has a time of payment. */
export const tradeStatuses = {
  WAIT_BUYER_PAY: "open",
  TRADE_SUCCESS: "paid",
  TRADE_FINISHED: "paid",
  TRADE_CLOSED: "closed",
} as const satisfies Readonly<Record<string, "open" | "paid" | "closed">>;

/** The meaning of `status`, or null when it is in no table. */
export function tradeStatusMeaning(status: string): (typeof tradeStatuses)[keyof typeof tradeStatuses] | null {
  return Object.hasOwn(tradeStatuses, status) ? tradeStatuses[status as keyof typeof tradeStatuses] : null;
}

/** What a code proves: a certain no, or nothing. */
export type CodeMeaning<Certain> = { readonly certain: Certain } | { readonly uncertain: SilenceReason };
type CodeTable<Certain> = Readonly<Record<string, CodeMeaning<Certain>>>;

/** The gate's own codes: the request was not carried out, except 20000, which says nothing. */
export const gateCodes: CodeTable<"shopRefused"> = {
  "20000": { uncertain: "server" },
  "20001": { certain: "shopRefused" },
  "40001": { certain: "shopRefused" },
  "40002": { certain: "shopRefused" },
  "40006": { certain: "shopRefused" },
};

const notEnough = { certain: "notEnough" } as const;
const limit = { certain: "limit" } as const;
const accountBlocked = { certain: "accountBlocked" } as const;
const notPaid = { certain: "notPaid" } as const;
const shopRefused = { certain: "shopRefused" } as const;
const numberUsed = { uncertain: "numberUsed" } as const;

/** `sub_code` of pay and precreate with 40004. Certain: nothing moved. What is not here is silence: query, then cancel. */
export const payCodes: CodeTable<DeclineReason | "closed"> = {
  "ACQ.SYSTEM_ERROR": { uncertain: "server" },
  "ACQ.TRADE_HAS_SUCCESS": numberUsed,
  "ACQ.CONTEXT_INCONSISTENT": numberUsed,
  "ACQ.TRADE_BUYER_NOT_MATCH": numberUsed,
  "ACQ.TRADE_HAS_CLOSE": { certain: "closed" },
  "ACQ.PAYMENT_AUTH_CODE_INVALID": { certain: "codeInvalid" },
  "ACQ.BUYER_BALANCE_NOT_ENOUGH": notEnough,
  "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH": notEnough,
  "ACQ.ERROR_BALANCE_PAYMENT_DISABLE": notEnough,
  "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE": notEnough,
  "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": limit,
  "ACQ.BEYOND_PAY_RESTRICTION": limit,
  "ACQ.BEYOND_PER_RECEIPT_RESTRICTION": limit,
  "ACQ.TOTAL_FEE_EXCEED": limit,
  "ACQ.BUYER_SELLER_EQUAL": accountBlocked,
  "ACQ.BUYER_ENABLE_STATUS_FORBID": accountBlocked,
  "ACQ.PAYMENT_REQUEST_HAS_RISK": accountBlocked,
  "ACQ.MOBILE_PAYMENT_SWITCH_OFF": accountBlocked,
  "ACQ.USER_FACE_PAYMENT_SWITCH_OFF": accountBlocked,
  "ACQ.PULL_MOBILE_CASHIER_FAIL": notPaid,
  "ACQ.PAYMENT_FAIL": notPaid,
  "ACQ.INVALID_PARAMETER": shopRefused,
  "ACQ.ACCESS_FORBIDDEN": shopRefused,
  "ACQ.EXIST_FORBIDDEN_WORD": shopRefused,
  "ACQ.PARTNER_ERROR": shopRefused,
};

/** `sub_code` of query and refund query: an error never ends anything. */
export const askCodes: CodeTable<never> = {
  "ACQ.SYSTEM_ERROR": { uncertain: "server" },
  "ACQ.TRADE_NOT_EXIST": { uncertain: "notFound" },
};

/**
 * `sub_code` of cancel. Certain: Alipay will not undo it any more, a refund is owed. A shop's balance that does not cover it
 * and a frozen trade may change: they stay silence and are repeated.
 */
export const cancelCodes: CodeTable<"reversalRefused"> = {
  "ACQ.SYSTEM_ERROR": { uncertain: "server" },
  "ACQ.TRADE_NOT_EXIST": { uncertain: "notFound" },
  "ACQ.TRADE_HAS_FINISHED": { certain: "reversalRefused" },
  "ACQ.TRADE_CANCEL_TIME_OUT": { certain: "reversalRefused" },
  "ACQ.CANCEL_NOT_ALLOWED": { certain: "reversalRefused" },
};

/** `sub_code` of refund: this request moved nothing, or nobody knows. */
export const refundCodes: CodeTable<RefundFailure | "abnormal"> = {
  "ACQ.SYSTEM_ERROR": { uncertain: "server" },
  "ACQ.INVALID_PARAMETER": shopRefused,
  "ACQ.SELLER_BALANCE_NOT_ENOUGH": { certain: "shopBalance" },
  "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL": { certain: "aboveWhatIsLeft" },
  "ACQ.REASON_TRADE_REFUND_FEE_ERR": { certain: "aboveWhatIsLeft" },
  "ACQ.REFUND_FEE_ERROR": { certain: "aboveWhatIsLeft" },
  "ACQ.REASON_TRADE_BEEN_FREEZEN": shopRefused,
  "ACQ.TRADE_NOT_ALLOW_REFUND": shopRefused,
  "ACQ.TRADE_NOT_EXIST": notPaid,
  "ACQ.TRADE_STATUS_ERROR": notPaid,
  // only captured payments are refunded: closed means that all of it went back
  "ACQ.TRADE_HAS_CLOSE": { certain: "aboveWhatIsLeft" },
  "ACQ.TRADE_HAS_FINISHED": { certain: "tooLate" },
  "ACQ.DISCORDANT_REPEAT_REQUEST": { certain: "numberUsed" },
  "ACQ.BUYER_NOT_EXIST": { certain: "abnormal" },
  "ACQ.BUYER_ENABLE_STATUS_FORBID": { certain: "abnormal" },
};

/** What `code` and `subCode` prove by `table` and the gate's own codes; whatever is in neither proves nothing. */
export function codeMeaning<Certain>(
  { code, subCode }: { readonly code: string; readonly subCode: string },
  table: CodeTable<Certain>,
): CodeMeaning<Certain | "shopRefused"> {
  if (code === "40004" && Object.hasOwn(table, subCode)) return table[subCode] ?? { uncertain: "unlisted" };
  // a limit on requests comes as isp.…-limit, under several codes
  if (/-limit$|LIMITED$/u.test(subCode)) return { uncertain: "busy" };
  return Object.hasOwn(gateCodes, code) ? (gateCodes[code] ?? { uncertain: "unlisted" }) : { uncertain: "unlisted" };
}
