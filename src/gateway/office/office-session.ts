import { isOverTls, type Configuration } from "../config.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { GatewayParts } from "../parts.ts";
import { officePerson } from "./person.ts";

/** A session lasts this long from signing in; it is not prolonged by use. */
export const officeSessionMs = 12 * 3_600_000;
const loopback = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3})$/;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** Who is signed in by the request's cookie, or null. */
export async function currentSession(
  parts: Pick<GatewayParts, "database" | "keys" | "clock" | "config">,
  cookies: string | undefined,
): Promise<OfficePass | null> {
  const token = tokenIn(cookies, officeCookie(parts.config.gateway).name);
  if (token === null) return null;
  const at = parts.clock.now();
  const row = await parts.database
    .selectFrom("office_session")
    .select(["person", "expires_at", "hash"])
    .where("hash", "=", parts.keys.hash("officeSession", token))
    .where("revoked_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  const person = row === undefined ? null : await officePerson(parts.database, row.person);
  if (row === undefined || person === null) return null;
  return { ...person, until: row.expires_at, session: sessionId(row.hash) };
}

/** What a session is called where it is listed: the beginning of its hash, which opens nothing. */
export function sessionId(hash: Uint8Array): string {
  return Buffer.from(hash.subarray(0, 12)).toString("hex");
}

/** Whether only this machine reaches `host`. */
export function isLoopbackHost(host: string): boolean {
  return loopback.test(host);
}

/** The office's cookie: `__Host-` and Secure wherever there is TLS, which is everywhere but on loopback without it. */
export function officeCookie(gateway: Pick<Configuration["gateway"], "officeHost" | "proxy" | "tls">): {
  readonly name: string;
  readonly attributes: string;
} {
  const common = "Path=/; HttpOnly; SameSite=Strict";
  return isLoopbackHost(gateway.officeHost) && !isOverTls(gateway)
    ? { name: "kuantai-office", attributes: common }
    : { name: "__Host-kuantai-office", attributes: `${common}; Secure` };
}

/** The session token in a `Cookie` header under `cookie`, or null when there is none of our form. */
export function tokenIn(cookies: string | undefined, cookie: string): string | null {
  for (const pair of (cookies ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === cookie && value !== undefined && tokenPattern.test(value)) return value;
  }
  return null;
}
