import type { BillOutcome } from "../../provider-bills.ts";
import type { ProviderWord } from "../../provider-outcome.ts";

type Meaning = "none" | "notReady" | "refused" | "busy" | "server";

/** What a refusal to give a bill means; codes without underscores, for WeChat Pay writes them both ways. */
const meanings: Readonly<Record<string, Meaning>> = {
  NOSTATEMENTEXIST: "none",
  STATEMENTCREATING: "notReady",
  PARAMERROR: "refused",
  INVALIDREQUEST: "refused",
  NOAUTH: "refused",
  MCHNOTEXISTS: "refused",
  SIGNERROR: "refused",
  FREQUENCYLIMITED: "busy",
  RATELIMITEXCEEDED: "busy",
  SYSTEMERROR: "server",
  SERVICEUNAVAILABLE: "server",
};

/** What an answer other than 200 to the question for a bill says. Whatever is not listed is silence: ask again. */
export function billFault(word: ProviderWord | null, status: number): BillOutcome {
  const code = word?.code.replaceAll("_", "").toUpperCase() ?? "";
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  const told = word ?? { code: `HTTP ${status}`, message: "", httpStatus: status };
  switch (meaning) {
    case "none":
    case "notReady":
    case "refused":
      return { kind: meaning, word: told };
    case "busy":
    case "server":
      return { kind: "silence", why: meaning, word: told };
    case undefined:
      return { kind: "silence", why: status === 429 ? "busy" : status >= 500 ? "server" : "unlisted", word: told };
  }
}
