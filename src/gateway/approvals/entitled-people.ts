import { countsAsYes } from "../../domain/permissions.ts";
import type { StaffId, StoreId } from "../../domain/identifier.ts";
import type { Act, Role } from "../../domain/staff.ts";
import { wholeChain } from "../audit/audit.ts";
import { ownerId } from "../office/owner.ts";
import { officePerson, type OfficePerson } from "../office/person.ts";
import { permissionsIn } from "../staff/permission-rules.ts";
import type { Database } from "../store/database.ts";
import type { ApprovalRow } from "../store/staff-tables.ts";
import { isPinKnownTo } from "./known-pin.ts";

/** Who says yes or no: at a till by staff id alone, in the office with all that is known there. */
export type Decider = {
  /** `owner` or a staff id; of an owner who has one, the staff id. */
  readonly id: string;
  readonly roleIn: (store: string) => Role | null;
};

/** What somebody of the office is called in approvals and lists: the staff id where there is one. */
export function identityOf({ person, staff }: Pick<OfficePerson, "person" | "staff">): string {
  return staff ?? person;
}

/** Somebody of the office as a decider. */
export function officeDecider(person: Pick<OfficePerson, "person" | "staff" | "roles">): Decider {
  return { id: identityOf(person), roleIn: (store) => person.roles.get(store as StoreId) ?? null };
}

/** Somebody known by a PIN in one store. */
export function tillDecider(staff: StaffId, store: string, role: Role): Decider {
  return { id: staff, roleIn: (each) => (each === store ? role : null) };
}

type Asked = Pick<ApprovalRow, "store" | "act" | "size" | "asked_by">;

/** Whether `by` may decide it: another person, whose role counts in the store, in every store where it is about the chain. */
export async function mayDecide(step: Database, asked: Asked, by: Decider): Promise<boolean> {
  if (by.id === asked.asked_by) return false;
  for (const store of await storesOf(step, asked.store)) {
    const role = by.roleIn(store);
    if (role === null) return false;
    if (!countsAsYes(role, asked.act as Act, asked.size, await permissionsIn(step, store))) return false;
    if (await isSameOwner(step, store, role, by.id, asked.asked_by)) return false;
  }
  return true;
}

/** An owner without a till's PIN and somebody whose role is owner at the till are taken for one person: nobody says yes to oneself. */
async function isSameOwner(step: Database, store: string, role: Role, by: string, asker: string): Promise<boolean> {
  if (role !== "owner" || (by !== ownerId && asker !== ownerId)) return false;
  if (asker === ownerId) return true;
  const row = await step
    .selectFrom("staff_role")
    .select("role")
    .where("store", "=", store)
    .where("staff", "=", asker)
    .executeTakeFirst();
  return row?.role === "owner";
}

/** The stores it is about. */
export async function storesOf(step: Database, store: string): Promise<readonly string[]> {
  if (store !== wholeChain) return [store];
  return (await step.selectFrom("store").select("id").orderBy("id").execute()).map(({ id }) => id);
}

/** Somebody who could say yes; `inOffice` where by password or passkey, else only by PIN. */
export type Entitled = {
  readonly id: string;
  readonly name: string;
  readonly inOffice: boolean;
  readonly hasPassword: boolean;
};

/**
 * Everybody who may decide what is asked: of the office, and of the staff of its store. Not who has only a PIN that who asks had made
 * and knows.
 */
export async function peopleFor(step: Database, asked: Asked): Promise<readonly Entitled[]> {
  const found = new Map<string, Entitled>();
  const office = await step
    .selectFrom("office_person")
    .select(["id", "password"])
    .where("removed_at", "is", null)
    .execute();
  for (const { id, password } of office) {
    const person = await officePerson(step, id);
    if (person === null) continue;
    const hasPassword = password !== null;
    const hasPasskey =
      (await step.selectFrom("passkey").select("id").where("person", "=", id).executeTakeFirst()) !== undefined;
    if ((hasPassword || hasPasskey) && (await mayDecide(step, asked, officeDecider(person))))
      found.set(identityOf(person), { id: identityOf(person), name: person.name, inOffice: true, hasPassword });
  }
  const staff = await step.selectFrom("staff").select(["id", "name"]).where("left_at", "is", null).execute();
  const roles = await step.selectFrom("staff_role").selectAll().execute();
  for (const { id, name } of staff) {
    const roleIn = (store: string): Role | null =>
      (roles.find((row) => row.staff === id && row.store === store)?.role as Role | undefined) ?? null;
    if (found.has(id) || !(await mayDecide(step, asked, { id, roleIn }))) continue;
    if (!(await isPinKnownTo(step, asked.asked_by, id)))
      found.set(id, { id, name, inOffice: false, hasPassword: false });
  }
  return [...found.values()];
}
