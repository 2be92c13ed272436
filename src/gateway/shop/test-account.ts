import { plusMs } from "../../domain/clock.ts";
import { makeId, type PaymentId, type StoreId, type Tag } from "../../domain/identifier.ts";
import type { AccountTestFailure } from "../../domain/provider-account.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import type { PaymentProvider } from "../provider.ts";
import type { PromptOutcome, ProviderOutcome } from "../provider-outcome.ts";

/** A person waits for it. */
const testWithinMs = 8_000;
/** An order that could not be closed ends by itself; nobody has seen its code. */
const testOrderMs = 300_000;

/** In whose name it is tested: the tag of a store's office, so that the number is nobody else's. */
export type Tester = {
  readonly account: string;
  readonly store: StoreId;
  readonly tag: Tag;
  readonly currency: CurrencyCode;
  readonly notifyUrl: string;
};
export type TestFailure = { readonly why: AccountTestFailure; readonly word: string | null };

/**
 * Asks the provider for an order that does not exist: only right keys of ours are told that there is none. Some leave errors unsigned,
 * so that this proves nothing of their key: an order of one minor unit is made and closed at once, whose answer is always signed. Nobody
 * sees its code; no money moves.
 */
export async function testAccount(
  parts: Pick<GatewayParts, "clock" | "random">,
  provider: PaymentProvider,
  { account, store, tag, currency, notifyUrl }: Tester,
): Promise<Result<null, TestFailure>> {
  const at = parts.clock.now();
  const id = makeId<PaymentId>(at, tag, parts.random);
  const attempt = { id, accountId: account, amount: money(1, currency), withinMs: testWithinMs };
  const { signal } = new AbortController();
  const asked = await provider.query(attempt, signal);
  if (asked.kind !== "silence" || asked.why !== "notFound") return refuse(failureOf(asked));
  const order = {
    description: "Kuantai",
    storeOutId: store,
    tillLabel: "0",
    notifyUrl,
    expiresAt: plusMs(at, testOrderMs),
  };
  const prompted = await provider.prompt({ ...attempt, ...order }, signal);
  if (prompted.kind !== "codeReady") return refuse(failureOf(prompted));
  await provider.close(attempt, signal);
  return ok(null);
}

function failureOf(outcome: ProviderOutcome | PromptOutcome): TestFailure {
  const word = "word" in outcome && outcome.word !== undefined ? outcome.word : null;
  const said = word === null ? null : `${word.code} ${word.message}`.trim().slice(0, 200);
  return { why: whyNot(outcome, said ?? ""), word: said };
}

function whyNot(outcome: ProviderOutcome | PromptOutcome, said: string): AccountTestFailure {
  if (outcome.kind === "declined") return wordMeans(said) === "ownKey" ? "ownKey" : "merchant";
  if (outcome.kind !== "silence") return "other";
  switch (outcome.why) {
    case "timeout":
    case "network":
      return "notReached";
    case "signature":
      return "answerKey";
    case "server":
    case "busy":
      return "busy";
    default:
      return wordMeans(said);
  }
}

/** What an error that says nothing of an order says of the account. */
function wordMeans(said: string): AccountTestFailure {
  if (/SIGN_?ERROR|invalid-signature|invalid-signature-type|missing-signature/iu.test(said)) return "ownKey";
  if (/MCH_?NOT_?EXISTS|APPID_?MCHID|NO_?AUTH|PARAM_?ERROR|invalid-app-id|app-id|insufficient-isv/iu.test(said))
    return "merchant";
  return "other";
}
