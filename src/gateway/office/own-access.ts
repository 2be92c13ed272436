import type { OwnAccess, StaffPerson } from "../../contract/people.ts";
import type { Instant } from "../../domain/clock.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { Database } from "../store/database.ts";
import { sessionId } from "./office-session.ts";
import { passkeyHost } from "./passkeys.ts";

type Session = NonNullable<StaffPerson["office"]>["sessions"][number];

/** How whoever is signed in gets in, and where from. */
export async function ownAccess(
  parts: Pick<GatewayParts, "database" | "config" | "clock">,
  pass: OfficePass,
): Promise<OwnAccess> {
  const passkeys = await parts.database
    .selectFrom("passkey")
    .select(["id", "label", "made_at", "used_at"])
    .where("person", "=", pass.person)
    .orderBy("made_at")
    .execute();
  const { password } = await parts.database
    .selectFrom("office_person")
    .select("password")
    .where("id", "=", pass.person)
    .executeTakeFirstOrThrow();
  return {
    passkeysMissingAt: passkeyHost(parts) === null ? parts.config.gateway.officeHost : null,
    hasPassword: password !== null,
    pin: await ownPin(parts.database, pass.staff),
    passkeys: passkeys.map(({ id, label, made_at, used_at }) => ({
      id,
      label,
      madeAt: made_at as Instant,
      usedAt: used_at as Instant | null,
    })),
    sessions: await sessionsOf(parts.database, pass.person, parts.clock.now(), pass.session),
  };
}

async function ownPin(database: Database, staff: string | null): Promise<OwnAccess["pin"]> {
  const row = await database
    .selectFrom("staff")
    .select(["pin_set_at", "pin_made_by"])
    .where("id", "=", staff ?? "")
    .executeTakeFirst();
  if (row === undefined) return null;
  return { setAt: row.pin_set_at as Instant, isKnown: row.pin_made_by !== null && row.pin_made_by !== staff };
}

/** A person's sessions that are still good, the newest first. */
export async function sessionsOf(database: Database, person: string, at: Instant, current: string): Promise<Session[]> {
  const rows = await database
    .selectFrom("office_session")
    .selectAll()
    .where("person", "=", person)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", at)
    .orderBy("made_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: sessionId(row.hash),
    madeAt: row.made_at as Instant,
    until: row.expires_at as Instant,
    address: row.address,
    method: row.method,
    isThis: sessionId(row.hash) === current,
  }));
}

/** Ends the session called `id` of one of `people` (null: of anybody); whose it was, or null when there is none. */
export async function endSession(
  step: Database,
  id: string,
  person: string | null,
  at: Instant,
): Promise<string | null> {
  const rows = await step
    .selectFrom("office_session")
    .select(["hash", "person"])
    .where("revoked_at", "is", null)
    .execute();
  const found = rows.find((row) => sessionId(row.hash) === id && (person === null || row.person === person));
  if (found === undefined) return null;
  await step.updateTable("office_session").set({ revoked_at: at }).where("hash", "=", found.hash).execute();
  return found.person;
}
