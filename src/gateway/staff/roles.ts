import type { StaffId } from "../../domain/identifier.ts";
import type { Role } from "../../domain/staff.ts";
import type { Database } from "../store/database.ts";

/** Everybody of the store with their role, those who left too: what they did is looked at later. */
export async function rolesIn(step: Database, store: string): Promise<ReadonlyMap<StaffId, Role>> {
  const rows = await step.selectFrom("staff_role").select(["staff", "role"]).where("store", "=", store).execute();
  return new Map(rows.map(({ staff, role }) => [staff as StaffId, role as Role]));
}
