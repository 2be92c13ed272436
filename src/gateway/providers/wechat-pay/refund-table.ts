import type { ProviderWord, RefundFailure, RefundOutcome, SilenceReason } from "../../provider-outcome.ts";
import { plainCode, silence, unlistedReason } from "./status-table.ts";

/** WeChat Pay's refund `status`, each with what it means. A status that is not here is silence. */
export const refundStatuses = {
  PROCESSING: "accepted",
  SUCCESS: "succeeded",
  CLOSED: "failed",
  ABNORMAL: "abnormal",
} as const satisfies Readonly<Record<string, RefundOutcome["kind"]>>;

/** The meaning of `status`, or null when it is in no table. */
export function refundStatusMeaning(status: string): (typeof refundStatuses)[keyof typeof refundStatuses] | null {
  return Object.hasOwn(refundStatuses, status) ? refundStatuses[status as keyof typeof refundStatuses] : null;
}

type RefundErrorRow = {
  readonly httpStatus: readonly number[];
  readonly meaning: { readonly certain: RefundFailure | "abnormal" } | { readonly uncertain: SilenceReason };
};

/**
 * What an error answer to asking for a refund proves (underscores removed). The first seven rows and the last five are the
 * sheet's codes; RESOURCE_NOT_EXISTS and USER_ACCOUNT_ABNORMAL are the refund page's own. Whatever is not here is silence: it
 * is queried before it is asked for again.
 */
export const refundErrorTable: Readonly<Record<string, RefundErrorRow>> = {
  NOTENOUGH: { httpStatus: [403], meaning: { certain: "shopBalance" } },
  PARAMERROR: { httpStatus: [400], meaning: { certain: "shopRefused" } },
  INVALIDREQUEST: { httpStatus: [400], meaning: { certain: "shopRefused" } },
  APPIDMCHIDNOTMATCH: { httpStatus: [400], meaning: { certain: "shopRefused" } },
  MCHNOTEXISTS: { httpStatus: [400, 404], meaning: { certain: "shopRefused" } },
  SIGNERROR: { httpStatus: [401], meaning: { certain: "shopRefused" } },
  NOAUTH: { httpStatus: [403], meaning: { certain: "shopRefused" } },
  USERACCOUNTABNORMAL: { httpStatus: [403], meaning: { certain: "abnormal" } },
  ORDERNOTEXIST: { httpStatus: [404], meaning: { certain: "notPaid" } },
  RESOURCENOTEXISTS: { httpStatus: [404], meaning: { certain: "notPaid" } },
  RULELIMIT: { httpStatus: [403], meaning: { uncertain: "busy" } },
  TRADEERROR: { httpStatus: [403], meaning: { uncertain: "server" } },
  FREQUENCYLIMITED: { httpStatus: [429], meaning: { uncertain: "busy" } },
  RATELIMITEXCEEDED: { httpStatus: [429], meaning: { uncertain: "busy" } },
  SYSTEMERROR: { httpStatus: [500], meaning: { uncertain: "server" } },
  BANKERROR: { httpStatus: [500], meaning: { uncertain: "server" } },
  SERVICEUNAVAILABLE: { httpStatus: [502, 503], meaning: { uncertain: "server" } },
};

/** INVALID_REQUEST says why in its sentence only. That nothing moved is certain; the sentence picks the words. */
const sentences: readonly (readonly [RegExp, RefundFailure])[] = [
  [/不一致/u, "numberUsed"],
  [/期限|一年|365/u, "tooLate"],
  [/大于|超过.{0,6}可退|全额退款|次数/u, "aboveWhatIsLeft"],
  [/未支付|已撤销|已关闭/u, "notPaid"],
];

/** What an error answer to asking for a refund means. */
export function refundError(word: ProviderWord | null, httpStatus: number): RefundOutcome {
  const meaning = word === null ? null : meaningOf(word);
  if (word === null || meaning === null) return silence(word, unlistedReason(httpStatus));
  if ("uncertain" in meaning) return silence(word, meaning.uncertain);
  if (meaning.certain === "abnormal") return { kind: "abnormal", word };
  return { kind: "failed", reason: spokenReason(word) ?? meaning.certain, word };
}

/** What an error answer to a refund's query means: not known, or nothing. */
export function refundQueryError(word: ProviderWord | null, httpStatus: number): RefundOutcome {
  const code = word === null ? "" : plainCode(word.code);
  if (httpStatus === 404 && (code === "RESOURCENOTEXISTS" || code === "ORDERNOTEXIST")) return { kind: "notKnown" };
  const meaning = word === null ? null : meaningOf(word);
  if (meaning !== null && "uncertain" in meaning) return silence(word, meaning.uncertain);
  return silence(word, unlistedReason(httpStatus));
}

function meaningOf(word: ProviderWord): RefundErrorRow["meaning"] | null {
  const code = plainCode(word.code);
  const row = Object.hasOwn(refundErrorTable, code) ? refundErrorTable[code] : undefined;
  return row !== undefined && row.httpStatus.includes(word.httpStatus) ? row.meaning : null;
}

function spokenReason({ code, message }: ProviderWord): RefundFailure | null {
  if (plainCode(code) !== "INVALIDREQUEST") return null;
  return sentences.find(([sentence]) => sentence.test(message))?.[1] ?? null;
}
