import type { OfficeSession, OfficeSignIn } from "../../contract/office.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import { isSameSecret, makeSalt, pinSecret } from "../staff/pin.ts";
import { countTry, forgetTries } from "../store/limited-try.ts";
import { officeSessionMs } from "./office-session.ts";
import { ownerId } from "./owner.ts";
import { officeStores } from "./page.ts";

const tryWindowMs = 600_000;
const triesOfAddressMax = 5;
const triesOfAllMax = 100;
const tokenBytes = 32;

type SignInParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random">;
/** `token` goes into the cookie and nowhere else; only its hash is kept. */
export type SignedIn = { readonly token: string; readonly until: Instant };

/** Trades the owner's password for a session; the one-time password asks for a new one with it (`forbidden`). */
export async function signIn(
  parts: SignInParts,
  request: OfficeSignIn,
  address: string,
): Promise<Result<SignedIn, "tooManyTries" | "signedOut" | "forbidden">> {
  const at = parts.clock.now();
  const ofAddress = `office/${address}`;
  if ((await countTry(parts.database, ofAddress, at, tryWindowMs)) > triesOfAddressMax) return refuse("tooManyTries");
  if ((await countTry(parts.database, "office", at, tryWindowMs)) > triesOfAllMax) return refuse("tooManyTries");
  const owner = await parts.database.selectFrom("owner").selectAll().where("id", "=", ownerId).executeTakeFirst();
  if (owner === undefined || (owner.expires_at !== null && owner.expires_at <= at)) return refuse("signedOut");
  if (!isSameSecret(await pinSecret(request.password, owner.salt), owner.password)) return refuse("signedOut");
  await forgetTries(parts.database, ofAddress);
  if (owner.must_change && (request.newPassword === undefined || request.newPassword === request.password))
    return refuse("forbidden");
  if (owner.must_change && !(await changePassword(parts, request.newPassword ?? "", owner.set_at)))
    return refuse("signedOut");
  return ok(await openSession(parts, address));
}

/** Replaces the password that was set at `setAt`; false when somebody else has done so meanwhile: one-time means once. */
async function changePassword(parts: SignInParts, password: string, setAt: number): Promise<boolean> {
  const salt = makeSalt(parts.random);
  const row = {
    salt,
    password: await pinSecret(password, salt),
    must_change: false,
    expires_at: null,
    set_at: parts.clock.now(),
  };
  const written = await parts.database
    .updateTable("owner")
    .set(row)
    .where("id", "=", ownerId)
    .where("must_change", "=", true)
    .where("set_at", "=", setAt)
    .executeTakeFirst();
  return written.numUpdatedRows === 1n;
}

async function openSession(parts: SignInParts, address: string): Promise<SignedIn> {
  const at = parts.clock.now();
  const until = plusMs(at, officeSessionMs);
  const token = Buffer.from(parts.random.bytes(tokenBytes)).toString("base64url");
  const hash = parts.keys.hash("officeSession", token);
  await parts.database
    .insertInto("office_session")
    .values({ hash, owner: ownerId, made_at: at, expires_at: until, seen_at: at, address, revoked_at: null })
    .execute();
  return { token, until };
}

/** Ends the session of `token`. */
export async function signOut(parts: SignInParts, token: string): Promise<void> {
  await parts.database
    .updateTable("office_session")
    .set({ revoked_at: parts.clock.now() })
    .where("hash", "=", parts.keys.hash("officeSession", token))
    .execute();
}

/** What the office shows of a session. */
export async function sessionShown(
  parts: Pick<GatewayParts, "database" | "clock">,
  until: Instant,
): Promise<OfficeSession> {
  const stores = await officeStores(parts.database, parts.clock.now());
  return { who: "owner", until, shop: stores[0]?.name.split(" ")[0] ?? "", stores };
}
