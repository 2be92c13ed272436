import type { Instant } from "../../domain/clock.ts";
import { plusMs } from "../../domain/clock.ts";
import { randomCrockford } from "../../domain/identifier.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import type { Database } from "../store/database.ts";

/** How long an invitation can be taken up. */
export const invitationMs = 24 * 3_600_000;
/** 20 Crockford characters: 100 bits. */
const codeLength = 20;

type InviteParts = Pick<GatewayParts, "keys" | "clock" | "random">;

/**
 * Lets somebody of the staff into the office: a code for one use, of which only the hash is kept. `nameTaken`: somebody else signs in
 * by that name.
 */
export async function invite(
  step: Database,
  parts: InviteParts,
  staff: string,
): Promise<Result<{ readonly code: string; readonly until: Instant }, "notFound" | "nameTaken">> {
  const at = parts.clock.now();
  const person = await step
    .selectFrom("staff")
    .select(["id", "name"])
    .where("id", "=", staff)
    .where("left_at", "is", null)
    .executeTakeFirst();
  if (person === undefined) return refuse("notFound");
  const sameName = await step
    .selectFrom("office_person")
    .select("id")
    .where("name", "=", person.name)
    .where("id", "<>", staff)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (sameName !== undefined) return refuse("nameTaken");
  await step
    .insertInto("office_person")
    .values({
      id: staff,
      name: person.name,
      staff,
      salt: null,
      password: null,
      must_change: false,
      expires_at: null,
      set_at: at,
      removed_at: null,
    })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ name: person.name, removed_at: null }))
    .execute();
  await step
    .updateTable("office_invitation")
    .set({ used_at: at })
    .where("person", "=", staff)
    .where("used_at", "is", null)
    .execute();
  const code = randomCrockford(parts.random, codeLength);
  const until = plusMs(at, invitationMs);
  await step
    .insertInto("office_invitation")
    .values({
      hash: parts.keys.hash("officeInvitation", code),
      person: staff,
      made_at: at,
      expires_at: until,
      used_at: null,
    })
    .execute();
  return ok({ code, until });
}

/** Whom an invitation that still stands is for; null for one that is wrong, used or stale. `spend` uses it up. */
export async function invitedBy(
  step: Database,
  parts: InviteParts,
  code: string,
  spend: boolean,
): Promise<{ readonly id: string; readonly name: string; readonly setAt: number } | null> {
  const at = parts.clock.now();
  const hash = parts.keys.hash("officeInvitation", code);
  if (spend) {
    const spent = await step
      .updateTable("office_invitation")
      .set({ used_at: at })
      .where("hash", "=", hash)
      .where("used_at", "is", null)
      .where("expires_at", ">", at)
      .executeTakeFirst();
    if (spent.numUpdatedRows !== 1n) return null;
  }
  const row = await step
    .selectFrom("office_invitation")
    .innerJoin("office_person", "office_person.id", "office_invitation.person")
    .innerJoin("staff", "staff.id", "office_person.staff")
    .select(["office_person.id", "office_person.name", "office_person.set_at", "office_invitation.used_at"])
    .where("hash", "=", hash)
    .where("office_invitation.expires_at", ">", at)
    .where("office_person.removed_at", "is", null)
    .where("staff.left_at", "is", null)
    .executeTakeFirst();
  if (row === undefined || (!spend && row.used_at !== null)) return null;
  return { id: row.id, name: row.name, setAt: row.set_at };
}
