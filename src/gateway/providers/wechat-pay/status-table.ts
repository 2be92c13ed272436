import type {
  DeclineReason,
  ProviderOutcome,
  ProviderSilence,
  ProviderWord,
  SilenceReason,
} from "../../provider-outcome.ts";

/** WeChat Pay's `trade_state`, each with what it means for an attempt. A state that is not here is silence. */
export const tradeStates = {
  SUCCESS: "captured",
  REFUND: "refunded",
  NOTPAY: "open",
  USERPAYING: "open",
  ACCEPT: "open",
  REVOKED: "reversed",
  CLOSED: "closed",
  PAYERROR: "notPaid",
} as const satisfies Readonly<Record<string, "captured" | "refunded" | "open" | "reversed" | "closed" | "notPaid">>;

/** The meaning of `state`, or null when it is in no table. */
export function tradeStateMeaning(state: string): (typeof tradeStates)[keyof typeof tradeStates] | null {
  return Object.hasOwn(tradeStates, state) ? tradeStates[state as keyof typeof tradeStates] : null;
}

/** What an error answer to a first codepay or native order proves: a certain no, or nothing. */
type ErrorMeaning = { readonly certain: DeclineReason | "closed" } | { readonly uncertain: SilenceReason };

type ErrorRow = { readonly httpStatus: readonly number[]; readonly meaning: ErrorMeaning };

/**
 * WeChat Pay's error codes (underscores removed: two spellings are in use). A code counts only with its own HTTP status;
 * whatever is not here is silence. For queries and reversals an error never ends anything.
 */
export const errorTable: Readonly<Record<string, ErrorRow>> = {
  PARAMERROR: { httpStatus: [400], meaning: { certain: "shopRefused" } },
  INVALIDREQUEST: { httpStatus: [400], meaning: { certain: "shopRefused" } },
  APPIDMCHIDNOTMATCH: { httpStatus: [400], meaning: { certain: "shopRefused" } },
  MCHNOTEXISTS: { httpStatus: [400], meaning: { certain: "shopRefused" } },
  ORDERCLOSED: { httpStatus: [400], meaning: { certain: "closed" } },
  /** It says that the order was paid, not how much: a query tells. */
  ORDERPAID: { httpStatus: [400, 403], meaning: { uncertain: "numberUsed" } },
  SIGNERROR: { httpStatus: [401], meaning: { certain: "shopRefused" } },
  NOTENOUGH: { httpStatus: [403], meaning: { certain: "notEnough" } },
  RULELIMIT: { httpStatus: [403], meaning: { certain: "limit" } },
  ACCOUNTERROR: { httpStatus: [403], meaning: { certain: "accountBlocked" } },
  NOAUTH: { httpStatus: [403], meaning: { certain: "shopRefused" } },
  TRADEERROR: { httpStatus: [403], meaning: { uncertain: "server" } },
  OUTTRADENOUSED: { httpStatus: [403], meaning: { uncertain: "numberUsed" } },
  ORDERNOTEXIST: { httpStatus: [404], meaning: { uncertain: "notFound" } },
  FREQUENCYLIMITED: { httpStatus: [429], meaning: { uncertain: "busy" } },
  RATELIMITEXCEEDED: { httpStatus: [429], meaning: { uncertain: "busy" } },
  SYSTEMERROR: { httpStatus: [500], meaning: { uncertain: "server" } },
  BANKERROR: { httpStatus: [500], meaning: { uncertain: "server" } },
  OPENIDMISMATCH: { httpStatus: [500], meaning: { certain: "shopRefused" } },
  INVALIDTRANSACTIONID: { httpStatus: [500], meaning: { certain: "shopRefused" } },
  SERVICEUNAVAILABLE: { httpStatus: [502, 503], meaning: { uncertain: "server" } },
};

/** `code` in the one spelling the table uses. */
export function plainCode(code: string): string {
  return code.replaceAll("_", "").toUpperCase();
}

/** What an error answer to a charge means; `code` null when the body carried none. */
export function chargeError(word: ProviderWord | null, httpStatus: number): ProviderOutcome {
  const meaning = word === null ? null : meaningOf(word);
  if (word === null || meaning === null) return silence(word, unlistedReason(httpStatus));
  if ("uncertain" in meaning) return silence(word, meaning.uncertain);
  if (meaning.certain === "closed") return { kind: "closed" };
  return { kind: "declined", reason: speaksOfTheCode(word) ? "codeInvalid" : meaning.certain, word };
}

/** What an error answer to asking for a code to show means: like a charge's, and a number that is closed is one to query. */
export function promptError(
  word: ProviderWord | null,
  httpStatus: number,
): Extract<ProviderOutcome, { kind: "declined" }> | ProviderSilence {
  const meaning = word === null ? null : meaningOf(word);
  if (word === null || meaning === null) return silence(word, unlistedReason(httpStatus));
  if ("uncertain" in meaning) return silence(word, meaning.uncertain);
  if (meaning.certain === "closed") return silence(word, "numberUsed");
  return { kind: "declined", reason: meaning.certain, word };
}

/** What an error answer to closing means: closed already is closed, and nothing else is certain. */
export function closeError(word: ProviderWord | null, httpStatus: number): ProviderOutcome {
  const meaning = word === null ? null : meaningOf(word);
  const isClosed = meaning !== null && "certain" in meaning && meaning.certain === "closed";
  return isClosed ? { kind: "closed" } : askError(word, httpStatus);
}

/** What an error answer to a query or a reversal means: never more than a reason to ask again. */
export function askError(word: ProviderWord | null, httpStatus: number): ProviderSilence {
  const meaning = word === null ? null : meaningOf(word);
  if (meaning !== null && "uncertain" in meaning) return silence(word, meaning.uncertain);
  return silence(word, unlistedReason(httpStatus));
}

function meaningOf(word: ProviderWord): ErrorMeaning | null {
  const code = plainCode(word.code);
  const row = Object.hasOwn(errorTable, code) ? errorTable[code] : undefined;
  return row !== undefined && row.httpStatus.includes(word.httpStatus) ? row.meaning : null;
}

/** A stale or used payment code comes as INVALID_REQUEST with a message of its own; the sentence only picks the words. */
function speaksOfTheCode({ code, message }: ProviderWord): boolean {
  return plainCode(code) === "INVALIDREQUEST" && /^101\b|付款码|auth_code/u.test(message);
}

/** Why a status or code that is in no table says nothing. */
export function unlistedReason(httpStatus: number): SilenceReason {
  if (httpStatus === 429) return "busy";
  return httpStatus >= 500 ? "server" : "unlisted";
}

/** Silence with the provider's word, when there is one. */
export function silence(word: ProviderWord | null, why: SilenceReason): ProviderSilence {
  return word === null ? { kind: "silence", why } : { kind: "silence", why, word };
}
