import type { StaffId } from "../../domain/identifier.ts";
import { officeOwner, type Role } from "../../domain/staff.ts";
import type { Database } from "../store/database.ts";

/** Everybody of the store with their role, the office's owner, and those who left: what they did is looked at later. */
export async function rolesIn(step: Database, store: string): Promise<ReadonlyMap<StaffId, Role>> {
  const rows = await step.selectFrom("staff_role").select(["staff", "role"]).where("store", "=", store).execute();
  return new Map([[officeOwner, "owner"], ...rows.map(({ staff, role }) => [staff as StaffId, role as Role] as const)]);
}
