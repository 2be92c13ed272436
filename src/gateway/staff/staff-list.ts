import type { StaffList } from "../../contract/sign-on.ts";
import { plusMs } from "../../domain/clock.ts";
import type { StaffId } from "../../domain/identifier.ts";
import { worksAtTill } from "../../domain/permissions.ts";
import type { Role } from "../../domain/staff.ts";
import type { GatewayParts } from "../parts.ts";
import type { TillPass } from "../routes/passes.ts";
import { pepperContext } from "../tills/activation.ts";
import { knownPins } from "../approvals/known-pin.ts";
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
    .select(["staff.id", "staff.name", "staff.salt", "staff.secret_sealed", "staff_role.role"])
    .where("staff_role.store", "=", till.store)
    .where("staff.left_at", "is", null)
    .orderBy("staff.id")
    .execute();
  const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  const permissions = await permissionsIn(parts.database, till.store);
  const working = people.filter(({ role }) => worksAtTill(role as Role, permissions));
  const { isKnownTo } = await knownPins(parts.database);
  return {
    validUntil: plusMs(parts.clock.now(), staffListValidMs),
    staff: working.map((person) => ({
      id: person.id as StaffId,
      name: person.name,
      role: person.role as Role,
      salt: base64url(person.salt),
      verifier: base64url(pinVerifier(pepper, parts.keys.open(person.secret_sealed, secretContext(person.id)))),
      pinKnownTo: working.flatMap(({ id }) => (id !== person.id && isKnownTo(id, person.id) ? [id as StaffId] : [])),
    })),
    permissions,
  };
}
