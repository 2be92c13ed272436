import { depthOf } from "./discount.ts";
import type { SaleId, StaffId } from "./identifier.ts";
import { subtract, sum, type CurrencyCode, type Money } from "./money.ts";
import { priceOf } from "./quantity.ts";
import { grossOf, takesDiscount, type SaleLine } from "./sale-line.ts";
import { mayApprove, permits, type Approval, type Role } from "./staff.ts";

/** What somebody made cheaper, and by how many basis points at the deepest place. */
export type ReductionDue = { readonly act: "discount" | "overridePrice"; readonly size: number };

/** A ticket or a completed sale, as far as who may reduce it goes. */
export type Reduced = {
  readonly id: SaleId;
  readonly lines: readonly SaleLine[];
  readonly approvals: readonly Approval[];
  readonly currency: CurrencyCode;
};

/** The deepest reduction in basis points below the shop's own prices: of a line, or of all goods sold together. */
export function reductionDepth(lines: readonly SaleLine[], currency: CurrencyCode): number {
  const sold = lines.filter(takesDiscount);
  const whole = depthOf(shopsPrice(sold, currency), priceNow(sold, currency));
  return Math.max(whole, ...sold.map((line) => depthOf(atShopsPrice(line), line.amount)));
}

/** All that was taken off the shop's own prices. */
export function takenOff(lines: readonly SaleLine[], currency: CurrencyCode): Money {
  const sold = lines.filter(takesDiscount);
  return subtract(shopsPrice(sold, currency), priceNow(sold, currency));
}

/**
 * What of the sale's reductions its seller may not do alone and no second person on it has allowed; null when all is as it must
 * be. The till asks before the sale is paid; the gateway looks again when it arrives.
 *
 * @param roleOf null for somebody who is not of this store
 */
export function reductionUnapproved(
  sale: Reduced,
  seller: StaffId | null,
  roleOf: (staff: StaffId) => Role | null,
): ReductionDue | null {
  const role = seller === null ? null : roleOf(seller);
  const isApproved = ({ act, size }: ReductionDue): boolean =>
    (role !== null && permits(role, act, size) === "allowed") ||
    sale.approvals.some((approval) => isYesTo(sale, approval, { act, size }, seller, roleOf(approval.by)));
  return reductionsOf(sale).find((due) => !isApproved(due)) ?? null;
}

/** A yes to a discount says as much of a price asked in its place, and the other way round: the depth is what was allowed. */
function isYesTo(
  sale: Reduced,
  { act, subject, by }: Approval,
  due: ReductionDue,
  seller: StaffId | null,
  role: Role | null,
): boolean {
  if ((act !== "discount" && act !== "overridePrice") || subject !== sale.id || role === null) return false;
  return mayApprove({ id: by, name: "", role }, seller ?? ("" as StaffId), due.act, due.size);
}

function reductionsOf({ lines, currency }: Reduced): readonly ReductionDue[] {
  const sold = lines.filter(takesDiscount);
  const overridden = sold.flatMap((line) =>
    line.override === null ? [] : [depthOf(line.override.listed, line.unitPrice)],
  );
  const asked = Math.max(0, ...overridden);
  return [
    ...(asked > 0 ? [{ act: "overridePrice", size: asked } as const] : []),
    ...(sold.some((line) => line.reductions.length > 0)
      ? [{ act: "discount", size: reductionDepth(lines, currency) } as const]
      : []),
  ];
}

function shopsPrice(lines: readonly SaleLine[], currency: CurrencyCode): Money {
  return sum(lines.map(atShopsPrice), currency);
}

function priceNow(lines: readonly SaleLine[], currency: CurrencyCode): Money {
  return sum(
    lines.map((line) => line.amount),
    currency,
  );
}

function atShopsPrice(line: SaleLine): Money {
  if (line.override === null) return grossOf(line);
  return line.override.labelPrice ?? priceOf(line.override.listed, line.quantity);
}
