import { createHash } from "node:crypto";
import type { ActivationAnswer, ActivationRequest } from "../../contract/activation.ts";
import { activationProofText } from "../../contract/request-signature.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { activationCodeLength, randomCrockford, type TillId } from "../../domain/identifier.ts";
import { headOfActivation } from "../../domain/journal.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { isSignedBy } from "../keys/ed25519.ts";
import { audit } from "../audit/audit.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { countTry, forgetTries } from "../store/limited-try.ts";
import { settingsOf } from "./till-settings.ts";

/** A code is used at the till it was made for, now. */
export const activationCodeMs = 600_000;
const tryWindowMs = 600_000;
const triesOfAddressMax = 5;
/** All addresses together: a guess among 32^10 codes stays hopeless. */
const triesOfAllMax = 200;
const pepperBytes = 32;

type ActivationParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random">;

/** Makes a one-time code for `till`; only its hash is kept. */
export async function makeActivationCode(
  parts: ActivationParts,
  till: TillId,
  step: Database = parts.database,
): Promise<{ readonly code: string; readonly until: Instant }> {
  const code = randomCrockford(parts.random, activationCodeLength);
  const at = parts.clock.now();
  const until = plusMs(at, activationCodeMs);
  await step
    .insertInto("activation_code")
    .values({ hash: parts.keys.hash("activationCode", code), till, made_at: at, expires_at: until, used_at: null })
    .execute();
  return { code, until };
}

/**
 * Trades a code for an identity: a new series and pepper, the till's older keys revoked. The code is spent by it.
 *
 * @param address whose tries are counted
 */
export async function activateTill(
  parts: ActivationParts,
  accounts: Accounts,
  request: ActivationRequest,
  address: string,
): Promise<Result<ActivationAnswer, "tooManyTries" | "codeInvalid">> {
  const at = parts.clock.now();
  const ofAddress = `activation/${address}`;
  if ((await countTry(parts.database, ofAddress, at, tryWindowMs)) > triesOfAddressMax) return refuse("tooManyTries");
  if ((await countTry(parts.database, "activation", at, tryWindowMs)) > triesOfAllMax) return refuse("tooManyTries");
  const publicKey = new Uint8Array(Buffer.from(request.publicKey, "base64url"));
  const proof = Buffer.from(request.proof, "base64");
  if (!isSignedBy(publicKey, activationProofText(request.code, request.publicKey), proof)) return refuse("codeInvalid");
  return inTransaction(parts.database, async (step) => {
    const till = await spendCode(step, parts.keys.hash("activationCode", request.code), at);
    if (till === null) return refuse("codeInvalid");
    await forgetTries(step, ofAddress);
    const identity = await giveIdentity(step, parts, accounts, till, request.publicKey);
    const { store } = identity.settings;
    const after = { series: identity.series, address };
    await audit(step, parts.random, { store: store.id, who: null, act: "tillActivated", subject: till, after, at });
    return ok(identity);
  });
}

/** Marks the code used; null when it is unknown, stale or was used before. */
async function spendCode(step: Database, hash: Uint8Array, at: Instant): Promise<TillId | null> {
  const row = await step
    .updateTable("activation_code")
    .set({ used_at: at })
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .returning("till")
    .executeTakeFirst();
  return (row?.till ?? null) as TillId | null;
}

async function giveIdentity(
  step: Database,
  parts: ActivationParts,
  accounts: Accounts,
  till: TillId,
  publicKeyText: string,
): Promise<ActivationAnswer> {
  const at = parts.clock.now();
  await step.selectFrom("till").select("id").where("id", "=", till).forUpdate().execute();
  const last = await step
    .selectFrom("till_key")
    .select("series")
    .where("till", "=", till)
    .orderBy("series", "desc")
    .executeTakeFirst();
  const series = (last?.series ?? 0) + 1;
  await step
    .updateTable("till_key")
    .set({ revoked_at: at })
    .where("till", "=", till)
    .where("revoked_at", "is", null)
    .execute();
  const pepper = parts.random.bytes(pepperBytes);
  const head = headOfActivation({ till, series, publicKey: publicKeyText }, (text) =>
    createHash("sha256").update(text).digest("hex"),
  );
  await step
    .insertInto("till_key")
    .values({
      till,
      series,
      public_key: Buffer.from(publicKeyText, "base64url"),
      pepper_sealed: parts.keys.seal(pepper, pepperContext(till, series)),
      activation: Buffer.from(head.hash, "hex"),
      activated_at: at,
      revoked_at: null,
      heard_at: at,
    })
    .execute();
  const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  return {
    settings: await settingsOf(step, accounts, till),
    series,
    pepper: base64url(pepper),
    gatewayKey: base64url(parts.keys.publicKey),
    at,
  };
}

/** Under what a till's pepper is sealed. */
export function pepperContext(till: string, series: number): string {
  return `pepper/${till}/${series}`;
}
