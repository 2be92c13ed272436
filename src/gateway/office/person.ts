import type { StaffId, StoreId } from "../../domain/identifier.ts";
import type { Role } from "../../domain/staff.ts";
import type { OfficePass } from "../routes/passes.ts";
import { permissionsIn } from "../staff/permission-rules.ts";
import type { Database } from "../store/database.ts";
import { ownerId } from "./owner.ts";

/** Somebody who signs in to the office. */
export type OfficePerson = Pick<OfficePass, "person" | "staff" | "name" | "isOwner" | "roles" | "permissions">;

/** Who `id` is in the office with roles and tables; null for somebody unknown, removed, or who has left. */
export async function officePerson(step: Database, id: string): Promise<OfficePerson | null> {
  const row = await step
    .selectFrom("office_person")
    .leftJoin("staff", "staff.id", "office_person.staff")
    .select(["office_person.name", "office_person.staff", "staff.name as staff_name", "staff.left_at"])
    .where("office_person.id", "=", id)
    .where("office_person.removed_at", "is", null)
    .executeTakeFirst();
  const isOwner = id === ownerId;
  if (row === undefined || (!isOwner && row.left_at !== null)) return null;
  const stores = (await step.selectFrom("store").select("id").orderBy("id").execute()).map(({ id: store }) => store);
  const permissions = new Map<StoreId, OfficePerson["permissions"] extends ReadonlyMap<StoreId, infer P> ? P : never>();
  for (const store of stores) permissions.set(store as StoreId, await permissionsIn(step, store));
  return {
    person: id,
    staff: row.staff as StaffId | null,
    name: row.staff_name ?? row.name,
    isOwner,
    roles: isOwner ? new Map(stores.map((store) => [store as StoreId, "owner"])) : await rolesOf(step, row.staff ?? ""),
    permissions,
  };
}

/** The same by what approvals and proposals call somebody: `owner` or a staff id, of an owner who has one too. */
export async function personCalled(step: Database, identity: string): Promise<OfficePerson | null> {
  const row = await step
    .selectFrom("office_person")
    .select("id")
    .where(({ eb, or }) => or([eb("id", "=", identity), eb("staff", "=", identity)]))
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return row === undefined ? null : officePerson(step, row.id);
}

async function rolesOf(step: Database, staff: string): Promise<ReadonlyMap<StoreId, Role>> {
  const rows = await step
    .selectFrom("staff_role")
    .select(["store", "role"])
    .where("staff", "=", staff)
    .orderBy("store")
    .execute();
  return new Map(rows.map(({ store, role }) => [store as StoreId, role as Role]));
}

/** Everybody's name by what the audit log calls them: `owner`, and staff ids, those who left too. */
export async function namesOf(step: Database): Promise<ReadonlyMap<string, string>> {
  const people = await step.selectFrom("office_person").select(["id", "name"]).execute();
  const staff = await step.selectFrom("staff").select(["id", "name"]).execute();
  return new Map([...people, ...staff].map(({ id, name }) => [id, name]));
}
