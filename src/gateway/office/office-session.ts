import type { OfficePass } from "../routes/passes.ts";
import type { GatewayParts } from "../parts.ts";

/** A session lasts this long from signing in; it is not prolonged by use. */
export const officeSessionMs = 12 * 3_600_000;
const loopback = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3})$/;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** Who is signed in by the request's cookie, or null. */
export async function currentSession(
  parts: Pick<GatewayParts, "database" | "keys" | "clock" | "config">,
  cookies: string | undefined,
): Promise<OfficePass | null> {
  const token = tokenIn(cookies, officeCookie(parts.config.gateway.officeHost).name);
  if (token === null) return null;
  const at = parts.clock.now();
  const row = await parts.database
    .selectFrom("office_session")
    .select(["owner", "expires_at"])
    .where("hash", "=", parts.keys.hash("officeSession", token))
    .where("revoked_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  return row === undefined ? null : { owner: row.owner, until: row.expires_at };
}

/** The cookie of an office at `host`: `__Host-` and Secure wherever there is TLS, which is everywhere but on loopback. */
export function officeCookie(host: string): { readonly name: string; readonly attributes: string } {
  const common = "Path=/; HttpOnly; SameSite=Strict";
  return loopback.test(host)
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
