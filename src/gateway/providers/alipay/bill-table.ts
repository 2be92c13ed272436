import type { BillOutcome } from "../../provider-bills.ts";
import type { AnswerNode } from "./answer-node.ts";

type Meaning = "none" | "refused" | "server";

/** What a refusal to give a bill means, by the last part of its `sub_code` in capitals. */
const bySubCode: Readonly<Record<string, Meaning>> = {
  NO_BILL_DATA: "none",
  BILL_NOT_EXIST: "none",
  INVAILID_ARGUMENTS: "refused",
  INVALID_ARGUMENTS: "refused",
  BILL_DATE_BEFORE_REGISTRATION: "refused",
  TYPE_NOT_SUPPORTED: "refused",
  UNKNOWN_ERROR: "server",
};
/** Where no `sub_code` is listed: what Alipay's gate says of the request itself. */
const byCode: Readonly<Record<string, Meaning>> = {
  "20000": "server",
  "20001": "refused",
  "40001": "refused",
  "40002": "refused",
  "40006": "refused",
};

/** What a believed answer other than 10000 to the question for a bill says. Whatever is not listed is silence: ask again. */
export function billFault({ code, subCode, word }: AnswerNode): BillOutcome {
  const last = subCode.slice(subCode.lastIndexOf(".") + 1).toUpperCase();
  const meaning = listed(bySubCode, last) ?? listed(byCode, code);
  if (meaning === "none" || meaning === "refused") return { kind: meaning, word };
  if (meaning === "server") return { kind: "silence", why: "server", word };
  return { kind: "silence", why: /limit/iu.test(subCode) ? "busy" : "unlisted", word };
}

function listed(table: Readonly<Record<string, Meaning>>, code: string): Meaning | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
