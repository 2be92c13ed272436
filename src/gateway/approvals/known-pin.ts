import { ownerId } from "../office/owner.ts";
import type { Database } from "../store/database.ts";

/** What whoever is refused for it reads: one sentence in the office and at a till. */
export const knownPinWords =
  "Who asks had this PIN made and knows it: say yes by an office password, a passkey or a phone, or choose a PIN of your own.";

/**
 * Whether `asker` knows `holder`'s PIN because they had it made: until the holder has chosen another, it is no second person's yes to
 * what `asker` asks (`books.md` 8). The owner of the office and who is owner at a till are taken for one person.
 */
export async function isPinKnownTo(step: Database, asker: string, holder: string): Promise<boolean> {
  const row = await step.selectFrom("staff").select("pin_made_by").where("id", "=", holder).executeTakeFirst();
  const madeBy = row?.pin_made_by ?? null;
  if (madeBy === null || madeBy === holder) return false;
  return madeBy === asker || ((await isOwner(step, madeBy)) && (await isOwner(step, asker)));
}

async function isOwner(step: Database, who: string): Promise<boolean> {
  if (who === ownerId) return true;
  const role = await step
    .selectFrom("staff_role")
    .select("role")
    .where("staff", "=", who)
    .where("role", "=", "owner")
    .executeTakeFirst();
  const linked = await step
    .selectFrom("office_person")
    .select("staff")
    .where("id", "=", ownerId)
    .where("staff", "=", who)
    .executeTakeFirst();
  return role !== undefined || linked !== undefined;
}
