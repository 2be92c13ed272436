import type { Instant } from "../../domain/clock.ts";
import { audit } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import { isSameSecret, makeSalt, pinSecret } from "../staff/pin.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { countTry, forgetTries } from "../store/limited-try.ts";

const tryWindowMs = 600_000;
/** Wrong passwords for one person before everybody waits who gives that name. */
const triesOfPersonMax = 10;

type PasswordParts = Pick<GatewayParts, "database" | "clock" | "random">;
export type PasswordCheck = "right" | "wrong" | "tooManyTries";

/** Whether `password` is that person's; the try is counted first, so that tries made at once cannot outrun the limit. */
export async function checkPassword(parts: PasswordParts, person: string, password: string): Promise<PasswordCheck> {
  const subject = `office-person/${person}`;
  if ((await countTry(parts.database, subject, parts.clock.now(), tryWindowMs)) > triesOfPersonMax)
    return "tooManyTries";
  const row = await parts.database
    .selectFrom("office_person")
    .select(["salt", "password", "expires_at"])
    .where("id", "=", person)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  const isOver = row !== undefined && row.expires_at !== null && row.expires_at <= parts.clock.now();
  if (row === undefined || row.salt === null || row.password === null || isOver) return "wrong";
  if (!isSameSecret(await pinSecret(password, row.salt), row.password)) return "wrong";
  await forgetTries(parts.database, subject);
  return "right";
}

/**
 * Gives `person` a password; false when it was set anew since `setAt`: a one-time password is good for one. Only its salted hash is
 * kept.
 */
export async function setPassword(
  parts: PasswordParts,
  person: string,
  password: string,
  setAt: number,
): Promise<boolean> {
  const salt = makeSalt(parts.random);
  const at = parts.clock.now();
  const row = { salt, password: await pinSecret(password, salt), must_change: false, expires_at: null, set_at: at };
  return inTransaction(parts.database, async (step) => {
    const written = await step
      .updateTable("office_person")
      .set(row)
      .where("id", "=", person)
      .where("set_at", "=", setAt)
      .where("removed_at", "is", null)
      .executeTakeFirst();
    if (written.numUpdatedRows !== 1n) return false;
    await audit(step, parts.random, { store: null, who: person, act: "passwordSet", subject: person, at });
    return true;
  });
}

/** Ends the person's sessions, all or all but `kept`. */
export async function endSessions(step: Database, person: string, at: Instant): Promise<void> {
  await step
    .updateTable("office_session")
    .set({ revoked_at: at })
    .where("person", "=", person)
    .where("revoked_at", "is", null)
    .execute();
}
