import { ownerId } from "../office/owner.ts";
import type { Database } from "../store/database.ts";

/** What whoever is refused for it reads: one sentence in the office and at a till. */
export const knownPinWords =
  "Who asks had this PIN made and knows it: say yes by an office password, a passkey or a phone, or choose a PIN of your own on the office's page.";

/** Who knows whose PIN, read at once. */
export type KnownPins = { readonly isKnownTo: (asker: string, holder: string) => boolean };

/**
 * Whether `asker` knows `holder`'s PIN because they had it made: until the holder has chosen another in the office, it is no second person's yes to
 * what `asker` asks (`books.md` 8). The owner of the office and who is owner at a till are taken for one person.
 */
export async function isPinKnownTo(step: Database, asker: string, holder: string): Promise<boolean> {
  return (await knownPins(step)).isKnownTo(asker, holder);
}

/** The same for everybody. */
export async function knownPins(step: Database): Promise<KnownPins> {
  const made = await step
    .selectFrom("staff")
    .select(["id", "pin_made_by"])
    .where("pin_made_by", "is not", null)
    .execute();
  const makers = new Map(made.map(({ id, pin_made_by: by }) => [id, by]));
  const owners = new Set<string | null>([ownerId]);
  const roles = await step.selectFrom("staff_role").select("staff").distinct().where("role", "=", "owner").execute();
  for (const { staff } of roles) owners.add(staff);
  const linked = await step.selectFrom("office_person").select("staff").where("id", "=", ownerId).execute();
  for (const { staff } of linked) if (staff !== null) owners.add(staff);
  return {
    isKnownTo(asker, holder) {
      const madeBy = makers.get(holder) ?? null;
      if (madeBy === null || madeBy === holder) return false;
      return madeBy === asker || (owners.has(madeBy) && owners.has(asker));
    },
  };
}
