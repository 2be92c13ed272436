import type { Instant } from "../../domain/clock.ts";
import type { StaffId } from "../../domain/identifier.ts";
import type { CompletedSale, EntryEnvelope } from "../../domain/journal.ts";
import { reductionUnapproved, takenOff } from "../../domain/reductions.ts";
import type { Role } from "../../domain/staff.ts";
import { raiseException } from "../books/exceptions.ts";
import type { Database } from "../store/database.ts";

/**
 * Puts before a person what a completed sale was reduced by deeper than its seller may, without the yes of somebody who may.
 * The sale stands: the till is the authority for it, and the goods are gone.
 */
export async function checkReductions(
  step: Database,
  entry: EntryEnvelope,
  { sale, approvals }: CompletedSale,
  at: Instant,
): Promise<void> {
  if (!sale.lines.some((line) => line.override !== null || line.reductions.length > 0)) return;
  const { currency } = sale.total;
  const roles = await rolesIn(step, entry.store);
  const due = reductionUnapproved({ ...sale, approvals, currency }, entry.staff, (staff) => roles.get(staff) ?? null);
  if (due === null) return;
  const detail = {
    amount: takenOff(sale.lines, currency),
    detail: `${due.act} of ${due.size} basis points`,
    staff: entry.staff,
  };
  await raiseException(step, { store: entry.store, kind: "reductionUnapproved", subject: sale.id, detail }, at);
}

/** Everybody of the store, those who left too: they may have sold it. */
async function rolesIn(step: Database, store: string): Promise<ReadonlyMap<StaffId, Role>> {
  const rows = await step.selectFrom("staff_role").select(["staff", "role"]).where("store", "=", store).execute();
  return new Map(rows.map(({ staff, role }) => [staff as StaffId, role as Role]));
}
