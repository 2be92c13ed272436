import { activationAnswer } from "../contract/activation.ts";
import { activationProofText } from "../contract/request-signature.ts";
import type { Sha256 } from "../domain/journal.ts";
import { ok, refuse, type Result } from "../domain/result.ts";
import type { LedgerDatabase } from "../storage/database.ts";
import { storeInstall } from "../storage/install.ts";
import type { GatewayClient } from "./gateway-client.ts";

/** Makes and imports the till's keys; the browser's WebCrypto at the composition root. */
export type KeyMaker = {
  /** A new Ed25519 pair, private half not extractable; `publicKey` raw, base64url. */
  makeSigningKey(): Promise<{
    readonly publicKey: string;
    readonly signingKey: CryptoKey;
    sign(text: string): Promise<string>;
  }>;
  /** The pepper as a non-extractable HMAC-SHA-256 key. */
  importPepper(pepperBase64Url: string): Promise<CryptoKey>;
};

export type ActivationRefusal = "codeInvalid" | "tooManyTries" | "noAnswer" | "storage";

const withinMs = 15_000;

/** Trades a one-time code for this browser's identity as a till, and stores it before anything else. */
export async function activate(
  client: GatewayClient,
  database: LedgerDatabase,
  keys: KeyMaker,
  sha256: Sha256,
  code: string,
): Promise<Result<null, ActivationRefusal>> {
  const made = await keys.makeSigningKey().then(null, () => null);
  if (made === null) return refuse("storage");
  const { publicKey, signingKey, sign } = made;
  const proof = await sign(activationProofText(code, publicKey));
  const answer = await client.ask(
    { method: "POST", path: "/v1/activations", body: { v: 1, code, publicKey, proof }, withinMs },
    activationAnswer,
  );
  if (answer.kind === "silence") return refuse("noAnswer");
  if (answer.kind === "problem") return refuse(answer.problem.code === "tooManyTries" ? "tooManyTries" : "codeInvalid");
  const pepper = await keys.importPepper(answer.value.pepper);
  return storeInstall(database, answer.value, { publicKey, signingKey, pepper }, sha256).then(
    () => ok(null),
    () => refuse("storage"),
  );
}
