import type { StaffList } from "../../contract/sign-on.ts";
import { plusMs } from "../../domain/clock.ts";
import type { StaffId } from "../../domain/identifier.ts";
import { worksAtTill } from "../../domain/permissions.ts";
import type { Role } from "../../domain/staff.ts";
import type { GatewayParts } from "../parts.ts";
import type { TillPass } from "../routes/passes.ts";
import { pepperContext } from "../tills/activation.ts";
import { isPinKnownTo } from "../approvals/known-pin.ts";
import type { Database } from "../store/database.ts";
import { permissionsIn } from "./permission-rules.ts";
import { pinVerifier, secretContext } from "./pin.ts";

/** A till that hears nothing for so long signs nobody on offline. */
export const staffListValidMs = 7 * 24 * 3_600_000;

/** Who may sign on at the till, none whose role does nothing there, each with a verifier that only this till's pepper can check. */
export async function staffListFor(
  parts: Pick<GatewayParts, "database" | "keys" | "clock">,
  till: TillPass,
): Promise<StaffList> {
  const key = await parts.database
    .selectFrom("till_key")
    .select("pepper_sealed")
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .executeTakeFirstOrThrow();
  const pepper = parts.keys.open(key.pepper_sealed, pepperContext(till.id, till.series));
  const people = await parts.database
    .selectFrom("staff")
    .innerJoin("staff_role", "staff_role.staff", "staff.id")
    .select(["staff.id", "staff.name", "staff.salt", "staff.secret_sealed", "staff.pin_made_by", "staff_role.role"])
    .where("staff_role.store", "=", till.store)
    .where("staff.left_at", "is", null)
    .orderBy("staff.id")
    .execute();
  const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  const permissions = await permissionsIn(parts.database, till.store);
  const working = people.filter(({ role }) => worksAtTill(role as Role, permissions));
  const knownTo = await knownPins(parts.database, working);
  return {
    validUntil: plusMs(parts.clock.now(), staffListValidMs),
    staff: working.map((person) => ({
      id: person.id as StaffId,
      name: person.name,
      role: person.role as Role,
      salt: base64url(person.salt),
      verifier: base64url(pinVerifier(pepper, parts.keys.open(person.secret_sealed, secretContext(person.id)))),
      pinKnownTo: [...(knownTo.get(person.id) ?? [])],
    })),
    permissions,
  };
}

/** Who of `people` knows another's PIN, by whose it is: a till asks it while it is offline. */
async function knownPins(
  database: Database,
  people: readonly { readonly id: string; readonly pin_made_by: string | null }[],
): Promise<ReadonlyMap<string, readonly StaffId[]>> {
  const known = new Map<string, readonly StaffId[]>();
  for (const holder of people) {
    if (holder.pin_made_by === null || holder.pin_made_by === holder.id) continue;
    const knowing: StaffId[] = [];
    for (const { id } of people)
      if (id !== holder.id && (await isPinKnownTo(database, id, holder.id))) knowing.push(id as StaffId);
    known.set(holder.id, knowing);
  }
  return known;
}
