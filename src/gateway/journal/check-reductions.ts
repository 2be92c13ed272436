import { cashForEmpties, isCashOutAgreed } from "../../domain/cash-out.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StaffId } from "../../domain/identifier.ts";
import type { CompletedSale, EntryEnvelope } from "../../domain/journal.ts";
import { money } from "../../domain/money.ts";
import { givenAway, reductionUnapproved } from "../../domain/reductions.ts";
import type { Permissions } from "../../domain/permissions.ts";
import type { Role } from "../../domain/staff.ts";
import { raiseException, type NewException } from "../books/exceptions.ts";
import { permissionsIn } from "../staff/permission-rules.ts";
import { rolesIn } from "../staff/roles.ts";
import type { Database } from "../store/database.ts";

/**
 * Puts before a person what a completed sale was reduced by deeper, or paid out for empties above, what its seller may, without the
 * yes of somebody who may. The sale stands: the till is the authority for it, and goods and cash are gone.
 */
export async function checkReductions(
  step: Database,
  entry: EntryEnvelope,
  completed: CompletedSale,
  at: Instant,
): Promise<void> {
  const { sale, tenders } = completed;
  const isReduced = sale.lines.some((line) => line.override !== null || line.reductions.length > 0);
  const isPaidOut = cashForEmpties({ ...sale, tenders }) > 0;
  if (!isReduced && !isPaidOut) return;
  const roles = await rolesIn(step, entry.store);
  const roleOf = (staff: StaffId): Role | null => roles.get(staff) ?? null;
  const raise = (kind: NewException["kind"], detail: Pick<NewException["detail"], "amount" | "detail">) =>
    raiseException(step, { store: entry.store, kind, subject: sale.id, detail: { ...detail, staff: entry.staff } }, at);
  const shop = await permissionsIn(step, entry.store);
  const due = unapprovedIn(completed, entry.staff, roleOf, shop);
  if (due.reduction !== null) await raise("reductionUnapproved", due.reduction);
  if (due.cashOut !== null) await raise("cashOutUnapproved", due.cashOut);
}

type Shown = Pick<NewException["detail"], "amount" | "detail">;

function unapprovedIn(
  { sale, approvals, tenders }: CompletedSale,
  seller: StaffId | null,
  roleOf: (staff: StaffId) => Role | null,
  shop: Permissions,
): { readonly reduction: Shown | null; readonly cashOut: Shown | null } {
  const { currency } = sale.total;
  const reduction = reductionUnapproved({ ...sale, approvals, currency }, seller, roleOf, shop);
  const out = cashForEmpties({ ...sale, tenders });
  return {
    reduction:
      reduction === null
        ? null
        : { amount: givenAway(sale.lines, currency), detail: `${reduction.act} of ${reduction.size} basis points` },
    cashOut: isCashOutAgreed({ ...sale, approvals }, out, seller, roleOf, shop)
      ? null
      : { amount: money(out, currency), detail: null },
  };
}
