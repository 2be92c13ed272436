import { depthOf } from "./discount.ts";
import type { SaleId, StaffId } from "./identifier.ts";
import { money, subtract, sum, type CurrencyCode, type Money } from "./money.ts";
import { priceOf } from "./quantity.ts";
import { grossOf, takesDiscount, type SaleLine } from "./sale-line.ts";
import { isYesOf, permits, type Permissions } from "./permissions.ts";
import type { Approval, Role } from "./staff.ts";

/** What somebody made cheaper, and by how many basis points at the deepest place. */
export type ReductionDue = { readonly act: "discount" | "overridePrice"; readonly size: number };

/**
 * With how deep a yes covers it: a percentage that was allowed comes out deeper by rounding alone on a line of a few fen. And by
 * line, how deep it is and how many minor units it is.
 */
type Reduction = ReductionDue & {
  readonly allowedFrom: number;
  readonly lines: readonly { readonly depth: number; readonly off: number }[];
};

/** A line's own discount and its share of the sale's are rounded to a minor unit each. */
const roundingOfLine = 2;

/** A ticket or a completed sale, as far as who may reduce it goes. */
export type Reduced = {
  readonly id: SaleId;
  readonly lines: readonly SaleLine[];
  readonly approvals: readonly Approval[];
  readonly currency: CurrencyCode;
};

/**
 * The deepest reduction in basis points below the shop's own prices: of a line, or of all goods sold together.
 *
 * @param less minor units that do not count as taken off, a line
 */
export function reductionDepth(lines: readonly SaleLine[], currency: CurrencyCode, less = 0): number {
  const sold = lines.filter(takesDiscount);
  const depth = (before: Money, now: Money): number => depthOf(before, money(now.amount + less, currency));
  const whole = depth(shopsPrice(sold, currency), priceNow(sold, currency));
  return Math.max(whole, ...sold.map((line) => depth(atShopsPrice(line), line.amount)));
}

/** All that was taken off the shop's own prices. */
export function takenOff(lines: readonly SaleLine[], currency: CurrencyCode): Money {
  const sold = lines.filter(takesDiscount);
  return subtract(shopsPrice(sold, currency), priceNow(sold, currency));
}

/** What was taken off, whatever was put on elsewhere: what a yes is asked for. */
export function givenAway(lines: readonly SaleLine[], currency: CurrencyCode): Money {
  return money(
    lines.filter(takesDiscount).reduce((all, line) => all + Math.max(offOf(line), 0), 0),
    currency,
  );
}

/**
 * What of the sale's reductions its seller may not do alone and no second person on it has allowed; null when all is as it must
 * be. The till asks before the sale is paid; the gateway looks again when it arrives.
 *
 * @param roleOf null for somebody who is not of this store
 * @param shop the shop's own table
 */
export function reductionUnapproved(
  sale: Reduced,
  seller: StaffId | null,
  roleOf: (staff: StaffId) => Role | null,
  shop: Permissions = {},
): ReductionDue | null {
  const role = seller === null ? null : roleOf(seller);
  const isOwn = (act: ReductionDue["act"], size: number): boolean =>
    role !== null && permits(role, act, size, shop) === "allowed";
  const isApproved = (due: Reduction): boolean => {
    if (isOwn(due.act, due.size)) return true;
    const beyond = due.lines.reduce((all, { depth, off }) => (isOwn(due.act, depth) ? all : all + off), 0);
    return sale.approvals.some((approval) =>
      isYesTo(sale, approval, due, beyond, { seller, role: roleOf(approval.by), shop }),
    );
  };
  const due = reductionsOf(sale).find((each) => !isApproved(each));
  return due === undefined ? null : { act: due.act, size: due.size };
}

/**
 * A yes to a discount says as much of a price asked in its place, and the other way round: the depth and the money are what was
 * allowed, and a ticket that has become cheaper since is asked about anew.
 *
 * @param beyond minor units off where it is deeper than the seller may go alone
 */
function isYesTo(
  sale: Reduced,
  approval: Approval,
  due: Reduction,
  beyond: number,
  { seller, role, shop }: Judged,
): boolean {
  const { act, subject, size, amount } = approval;
  if ((act !== "discount" && act !== "overridePrice") || subject !== sale.id || role === null) return false;
  if (size !== undefined && (due.allowedFrom > size || (amount !== null && beyond > amount.amount))) return false;
  // the yes must have been that person's to give; of an older build's, only what it would have to cover is known
  return isYesOf(approval, role, seller ?? ("" as StaffId), due.act, size ?? due.size, shop);
}

/** Who sold, what the one who agreed is, and the shop's table. */
type Judged = { readonly seller: StaffId | null; readonly role: Role | null; readonly shop: Permissions };

function reductionsOf({ lines, currency }: Reduced): readonly Reduction[] {
  const sold = lines.filter(takesDiscount);
  const overridden = sold.flatMap((line) =>
    line.override === null ? [] : [{ line, depth: depthOf(line.override.listed, line.unitPrice) }],
  );
  const asked = Math.max(0, ...overridden.map(({ depth }) => depth));
  // by weight the amounts, which were asked about, are not as deep as the prices of a kilogram
  const byAmount = reductionDepth(
    overridden.map(({ line }) => line),
    currency,
    roundingOfLine,
  );
  const repriced = overridden.flatMap(({ line, depth }) => (depth > 0 ? [{ depth, off: offOf(line) }] : []));
  return [
    ...(asked > 0
      ? [
          {
            act: "overridePrice",
            size: asked,
            allowedFrom: Math.min(asked, byAmount),
            lines: repriced,
          } as const,
        ]
      : []),
    ...(sold.some((line) => line.reductions.length > 0)
      ? [
          {
            act: "discount",
            size: reductionDepth(lines, currency),
            allowedFrom: reductionDepth(lines, currency, roundingOfLine),
            lines: sold.map((line) => ({ depth: depthOf(atShopsPrice(line), line.amount), off: offOf(line) })),
          } as const,
        ]
      : []),
  ];
}

/** Minor units below the shop's own price; negative above it. */
function offOf(line: SaleLine): number {
  return atShopsPrice(line).amount - line.amount.amount;
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
