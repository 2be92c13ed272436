import type { SaleId, StaffId } from "./identifier.ts";
import type { SaleLine } from "./sale-line.ts";
import { isYesOf, permits, type Permissions } from "./permissions.ts";
import type { Approval, Role } from "./staff.ts";
import type { Tender } from "./tender.ts";

/**
 * Cash that a completed sale gave for empties alone, in minor units: nothing of a past sale comes back in it, so no original says how
 * much may go out.
 */
export function cashForEmpties(sale: {
  readonly lines: readonly Pick<SaleLine, "returnOf">[];
  readonly tenders: readonly Tender[];
}): number {
  if (sale.lines.some((line) => line.returnOf !== null)) return 0;
  return sale.tenders.reduce((all, { kind, amount }) => (kind === "cash" ? all + Math.max(-amount.amount, 0) : all), 0);
}

/**
 * Whether `size` minor units may go out of the drawer for empties: the seller may alone, or somebody who may has said yes to as much
 * on this sale. The till asks before it pays out; the gateway looks again.
 *
 * @param roleOf null for somebody who is not of this store
 * @param shop the shop's own table
 */
export function isCashOutAgreed(
  sale: { readonly id: SaleId; readonly approvals: readonly Approval[] },
  size: number,
  seller: StaffId | null,
  roleOf: (staff: StaffId) => Role | null,
  shop: Permissions = {},
): boolean {
  const role = seller === null ? null : roleOf(seller);
  if (size <= 0 || (role !== null && permits(role, "cashForEmpties", size, shop) === "allowed")) return true;
  return sale.approvals.some((approval) => {
    const by = roleOf(approval.by);
    if (approval.act !== "cashForEmpties" || approval.subject !== sale.id || by === null) return false;
    if ((approval.size ?? 0) < size) return false;
    return isYesOf(approval, by, seller ?? ("" as StaffId), "cashForEmpties", size, shop);
  });
}
