import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { isIP } from "node:net";
import type { Credential } from "../../contract/people.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import type { GatewayParts } from "../parts.ts";
import { json, type Database } from "../store/database.ts";

/** What was asked of an authenticator is answered within this, or asked anew. */
export const challengeMs = 5 * 60_000;
const challengeBytes = 32;
export const passkeysOfPersonMax = 10;

/** What a challenge is for; an answer to one is never good for another. */
export type ChallengeUse = {
  readonly purpose: "register" | "signIn" | "approve";
  /** The session, person or approval it is bound to. */
  readonly boundTo: string;
};
type PasskeyParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random" | "config">;

/** The name passkeys are bound to: the office's host; null where that is an IP address, for which there are none. */
export function passkeyHost(parts: Pick<GatewayParts, "config">): string | null {
  const { officeHost } = parts.config.gateway;
  return isIP(officeHost.replace(/^\[|\]$/g, "")) === 0 ? officeHost : null;
}

/** What the browser asks an authenticator so that it makes a passkey for `person`. */
export async function registrationOptions(
  parts: PasskeyParts,
  host: string,
  person: { readonly id: string; readonly name: string },
  use: ChallengeUse,
) {
  const known = await parts.database.selectFrom("passkey").select(["id"]).where("person", "=", person.id).execute();
  return generateRegistrationOptions({
    rpName: "Kuantai",
    rpID: host,
    userName: person.name,
    userDisplayName: person.name,
    userID: Uint8Array.from(Buffer.from(person.id)),
    challenge: await newChallenge(parts, use),
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** What the browser asks so that somebody proves to hold a passkey: any, or one of `person`. */
export async function authenticationOptions(
  parts: PasskeyParts,
  host: string,
  person: string | null,
  use: ChallengeUse,
) {
  const known =
    person === null
      ? []
      : await parts.database.selectFrom("passkey").select("id").where("person", "=", person).execute();
  return generateAuthenticationOptions({
    rpID: host,
    challenge: await newChallenge(parts, use),
    userVerification: "required",
    ...(person === null ? {} : { allowCredentials: known.map(({ id }) => ({ id })) }),
  });
}

/** Keeps the passkey that answers a challenge for `use`; null when the answer is not right. */
export async function keepPasskey(
  parts: PasskeyParts,
  step: Database,
  at: { readonly host: string; readonly origin: string },
  credential: Credential,
  { person, label, use }: { readonly person: string; readonly label: string; readonly use: ChallengeUse },
): Promise<string | null> {
  const checked = await answered(() =>
    verifyRegistrationResponse({
      response: credential as unknown as RegistrationResponseJSON,
      expectedChallenge: (challenge) => spendChallenge(parts, step, challenge, use),
      expectedOrigin: at.origin,
      expectedRPID: at.host,
      requireUserVerification: true,
    }),
  );
  if (checked?.verified !== true) return null;
  const { id, publicKey, counter, transports } = checked.registrationInfo.credential;
  const held = await step.selectFrom("passkey").select("id").where("person", "=", person).execute();
  if (held.length >= passkeysOfPersonMax) return null;
  const written = await step
    .insertInto("passkey")
    .values({
      id,
      person,
      public_key: Buffer.from(publicKey),
      counter,
      transports: json(transports ?? []),
      label,
      made_at: parts.clock.now(),
      used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return written.numInsertedOrUpdatedRows === 1n ? id : null;
}

/** Whose passkey answered a challenge for `use`; null when nobody's, or its counter ran back: a copy was made. */
export async function personOfPasskey(
  parts: PasskeyParts,
  at: { readonly host: string; readonly origin: string },
  credential: Credential,
  use: ChallengeUse,
): Promise<string | null> {
  const row = await parts.database
    .selectFrom("passkey")
    .innerJoin("office_person", "office_person.id", "passkey.person")
    .select(["passkey.id", "passkey.person", "passkey.public_key", "passkey.counter"])
    .where("passkey.id", "=", credential.id)
    .where("office_person.removed_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const checked = await answered(() =>
    verifyAuthenticationResponse({
      response: credential as unknown as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => spendChallenge(parts, parts.database, challenge, use),
      expectedOrigin: at.origin,
      expectedRPID: at.host,
      requireUserVerification: true,
      credential: { id: row.id, publicKey: Uint8Array.from(row.public_key), counter: row.counter },
    }),
  );
  if (checked?.verified !== true) return null;
  await parts.database
    .updateTable("passkey")
    .set({ counter: checked.authenticationInfo.newCounter, used_at: parts.clock.now() })
    .where("id", "=", row.id)
    .execute();
  return row.person;
}

/** The library throws at what is not of its form: to whoever asked, that is an answer that is not right. */
async function answered<Checked>(check: () => Promise<Checked>): Promise<Checked | null> {
  try {
    return await check();
  } catch {
    // forged, stale or of another host: nothing of it is told apart
    return null;
  }
}

async function newChallenge(parts: PasskeyParts, { purpose, boundTo }: ChallengeUse) {
  const challenge = Uint8Array.from(parts.random.bytes(challengeBytes));
  const hash = parts.keys.hash("passkeyChallenge", Buffer.from(challenge).toString("base64url"));
  await parts.database
    .insertInto("passkey_challenge")
    .values({ hash, purpose, bound_to: boundTo, expires_at: plusMs(parts.clock.now(), challengeMs) })
    .execute();
  return challenge;
}

async function spendChallenge(
  parts: PasskeyParts,
  step: Database,
  challenge: string,
  { purpose, boundTo }: ChallengeUse,
): Promise<boolean> {
  const at: Instant = parts.clock.now();
  const spent = await step
    .deleteFrom("passkey_challenge")
    .where("hash", "=", parts.keys.hash("passkeyChallenge", challenge))
    .where("purpose", "=", purpose)
    .where("bound_to", "=", boundTo)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  return spent.numDeletedRows === 1n;
}
