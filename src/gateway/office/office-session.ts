import type { OfficePass } from "../routes/passes.ts";
import type { GatewayParts } from "../parts.ts";

/** A session lasts this long from signing in; it is not prolonged by use. */
export const officeSessionMs = 12 * 3_600_000;
/** `__Host-` needs TLS; the demo's loopback has none. */
export const officeCookie = "kuantai-office";
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** Who is signed in by the request's cookie, or null. */
export async function currentSession(
  parts: Pick<GatewayParts, "database" | "keys" | "clock">,
  cookies: string | undefined,
): Promise<OfficePass | null> {
  const token = tokenIn(cookies);
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

/** The session token in a `Cookie` header, or null when there is none of our form. */
export function tokenIn(cookies: string | undefined): string | null {
  for (const pair of (cookies ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === officeCookie && value !== undefined && tokenPattern.test(value)) return value;
  }
  return null;
}
