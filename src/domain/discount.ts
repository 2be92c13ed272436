import { compare, money, scaleHalfUp, subtract, type Money } from "./money.ts";

/** A reduction as the cashier asked for it; what it comes to is worked out anew whenever the ticket changes. */
export type DiscountRule =
  /** Basis points off: 1000 is 10 % off (九折). */
  | { readonly kind: "percent"; readonly basisPoints: number }
  | { readonly kind: "amount"; readonly amount: Money }
  /** What the line, or the sale, shall cost. */
  | { readonly kind: "target"; readonly amount: Money };

/** All of it: a gift. */
export const wholeBasisPoints = 10_000;

/** True for a rule that can stand: a percentage above zero up to all, an amount above zero, a target not below zero. */
export function isDiscountRule(rule: DiscountRule): boolean {
  if (rule.kind === "percent")
    return Number.isInteger(rule.basisPoints) && rule.basisPoints > 0 && rule.basisPoints <= wholeBasisPoints;
  return rule.kind === "amount" ? rule.amount.amount > 0 : rule.amount.amount >= 0;
}

/** What `rule` takes off `base`: never below zero, never more than `base`; a percentage is rounded half up once. */
export function reductionOf(base: Money, rule: DiscountRule): Money {
  const none = money(0, base.currency);
  if (base.amount <= 0) return none;
  const asked =
    rule.kind === "percent"
      ? money(scaleHalfUp(base.amount, rule.basisPoints, wholeBasisPoints), base.currency)
      : rule.kind === "amount"
        ? rule.amount
        : subtract(base, rule.amount);
  if (asked.amount <= 0) return none;
  return compare(asked, base) > 0 ? base : asked;
}

/** How much of `before` is taken off when `after` is left, in basis points, rounded up: what a role's limit is held against. */
export function depthOf(before: Money, after: Money): number {
  if (before.amount <= 0 || after.amount >= before.amount) return 0;
  const off = BigInt(before.amount - Math.max(after.amount, 0));
  const whole = BigInt(before.amount);
  return Number((off * BigInt(wholeBasisPoints) + whole - 1n) / whole);
}
