import type { OfficeSession, OfficeSignIn } from "../../contract/office.ts";
import { actField } from "../../contract/approval.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { audit } from "../audit/audit.ts";
import type { Configuration } from "../config.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import { inTransaction } from "../store/database.ts";
import { countTry, forgetTries } from "../store/limited-try.ts";
import { beginsShop, isEverywhere, storesFor } from "./entitled.ts";
import { officeSessionMs } from "./office-session.ts";
import { ownerId } from "./owner.ts";
import { checkPassword, setPassword } from "./password.ts";
import { officeStores } from "./page.ts";

const tryWindowMs = 600_000;
const triesOfAddressMax = 5;
const triesOfAllMax = 100;
const tokenBytes = 32;

type SignInParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random">;
/** `token` goes into the cookie and nowhere else; only its hash is kept. */
export type SignedIn = { readonly token: string; readonly until: Instant };
export type SignInRefusal = "tooManyTries" | "signedOut" | "forbidden";

/** Counts one more try to sign in from `address`; false when there were too many, from there or from everywhere. */
export async function maySignIn(parts: SignInParts, address: string): Promise<boolean> {
  const at = parts.clock.now();
  if ((await countTry(parts.database, `office/${address}`, at, tryWindowMs)) > triesOfAddressMax) return false;
  return (await countTry(parts.database, "office", at, tryWindowMs)) <= triesOfAllMax;
}

/** Trades a name and its password for a session; a one-time password asks for a new one with it (`forbidden`). */
export async function signIn(
  parts: SignInParts,
  request: OfficeSignIn,
  address: string,
): Promise<Result<SignedIn, SignInRefusal>> {
  if (!(await maySignIn(parts, address))) return refuse("tooManyTries");
  const person = await personNamed(parts, request.name ?? "");
  if (person === null) return refused(parts, null, address, "signedOut");
  const checked = await checkPassword(parts, person.id, request.password);
  if (checked !== "right")
    return refused(parts, person.id, address, checked === "tooManyTries" ? "tooManyTries" : "signedOut");
  await forgetTries(parts.database, `office/${address}`);
  if (person.must_change && (request.newPassword === undefined || request.newPassword === request.password))
    return refuse("forbidden");
  if (person.must_change && !(await setPassword(parts, person.id, request.newPassword ?? "", person.set_at)))
    return refuse("signedOut");
  return ok(await openSession(parts, person.id, address, "password"));
}

/** Nobody's name is the owner; else the one person in the office who is called that. */
async function personNamed(parts: SignInParts, name: string) {
  const wanted = name.trim().toLocaleLowerCase();
  const rows = await parts.database
    .selectFrom("office_person")
    .leftJoin("staff", "staff.id", "office_person.staff")
    .select(["office_person.id", "office_person.name", "must_change", "set_at", "staff.left_at"])
    .where("removed_at", "is", null)
    .execute();
  const [found, another] = rows.filter(
    (row) =>
      (row.id === ownerId || row.left_at === null) &&
      (wanted === "" ? row.id === ownerId : row.name.trim().toLocaleLowerCase() === wanted),
  );
  return found === undefined || another !== undefined ? null : found;
}

async function refused(
  parts: SignInParts,
  person: string | null,
  address: string,
  why: SignInRefusal,
): Promise<Result<never, SignInRefusal>> {
  const entry = { store: null, who: null, act: "signInRefused", subject: person ?? "" } as const;
  await audit(parts.database, parts.random, { ...entry, after: { address, why }, at: parts.clock.now() });
  return refuse(why);
}

/** Begins a session of `person`, who has just proved to be that. */
export async function openSession(
  parts: SignInParts,
  person: string,
  address: string,
  method: "password" | "passkey",
): Promise<SignedIn> {
  const at = parts.clock.now();
  const until = plusMs(at, officeSessionMs);
  const token = Buffer.from(parts.random.bytes(tokenBytes)).toString("base64url");
  const hash = parts.keys.hash("officeSession", token);
  await inTransaction(parts.database, async (step) => {
    const times = { made_at: at, expires_at: until, seen_at: at, revoked_at: null };
    await step
      .insertInto("office_session")
      .values({ hash, person, address, method, ...times })
      .execute();
    const entry = { store: null, who: person, act: "signedIn", subject: person, after: { address, method } } as const;
    await audit(step, parts.random, { ...entry, at });
  });
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
  parts: Pick<GatewayParts, "database" | "clock" | "config">,
  pass: OfficePass,
): Promise<OfficeSession> {
  const stores = await officeStores(parts.database, parts.clock.now());
  const passkey = await parts.database
    .selectFrom("passkey")
    .select("id")
    .where("person", "=", pass.person)
    .executeTakeFirst();
  const acts = actField.options.filter((act) => storesFor(pass, act).length > 0 || beginsShop(pass, act));
  const own = new Set(acts.flatMap((act) => storesFor(pass, act)));
  return {
    who: pass.person,
    name: pass.name,
    until: pass.until as Instant,
    shop: shopName(parts.config) ?? stores[0]?.name.split(" ")[0] ?? "",
    hasPasskey: passkey !== undefined,
    acts,
    isEverywhere: isEverywhere(pass, "seeFigures"),
    stores: stores.filter(({ id }) => own.has(id)),
  };
}

/** What the owner calls the shop; null leaves it to the first store's name. */
function shopName({ shop }: Configuration): string | null {
  return shop.kind === "own" ? (shop.name ?? null) : null;
}
