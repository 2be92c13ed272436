import type { StaffPeople, StaffPerson } from "../../contract/people.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { Role } from "../../domain/staff.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import { sessionsOf } from "./own-access.ts";

/** Everybody who works or worked in the stores of `pass`, those who are there first. */
export async function officeStaff(
  parts: Pick<GatewayParts, "database" | "clock">,
  pass: OfficePass,
  stores: readonly string[],
): Promise<Pick<StaffPeople, "people">> {
  const { database } = parts;
  const at = parts.clock.now();
  const staff = await database
    .selectFrom("staff")
    .leftJoin("staff_try", "staff_try.staff", "staff.id")
    .select(["id", "name", "pin_set_at", "left_at", "locked_until"])
    .orderBy(({ eb }) => eb("left_at", "is not", null))
    .orderBy("id")
    .execute();
  const roles = await database.selectFrom("staff_role").selectAll().orderBy("store").execute();
  const people: StaffPerson[] = [];
  for (const { id, name, pin_set_at, left_at, locked_until } of staff) {
    const own = roles.filter((row) => row.staff === id);
    if (!pass.isOwner && !own.some(({ store }) => stores.includes(store))) continue;
    people.push({
      id,
      name,
      roles: own.map(({ store, role }) => ({ store: store as StoreId, role: role as Role })),
      pinSetAt: pin_set_at as Instant,
      leftAt: left_at as Instant | null,
      lockedUntil: locked_until !== null && locked_until > at ? (locked_until as Instant) : null,
      office: await accessOf(parts, id, pass.session),
    });
  }
  return { people };
}

async function accessOf(
  { database, clock }: Pick<GatewayParts, "database" | "clock">,
  id: string,
  current: string,
): Promise<StaffPerson["office"]> {
  const row = await database
    .selectFrom("office_person")
    .select("password")
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const passkeys = await database.selectFrom("passkey").select("id").where("person", "=", id).execute();
  const invitation = await database
    .selectFrom("office_invitation")
    .select("expires_at")
    .where("person", "=", id)
    .where("used_at", "is", null)
    .where("expires_at", ">", clock.now())
    .executeTakeFirst();
  return {
    hasPassword: row.password !== null,
    passkeys: passkeys.length,
    sessions: await sessionsOf(database, id, clock.now(), current),
    invitedUntil: (invitation?.expires_at ?? null) as Instant | null,
  };
}
