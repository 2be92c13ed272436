import type { BillRowShown, ItemResult, ReconciliationItemOpened } from "../../contract/reconciliation.ts";
import { money, type Money } from "../../domain/money.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import type { Office } from "../office.ts";

/** What is mended: one break, or many of one class and account. */
export type MendSubject = {
  readonly items: readonly { readonly store: string; readonly id: string }[];
  readonly class: BreakClass;
  /** All of them together, without signs. */
  readonly amount: Money;
  /** More money than the books say, or less; null of many together. */
  readonly isOver: boolean | null;
  readonly zone: string;
  /** The provider's day they are of; empty where there is none. */
  readonly day: string;
  /** What the bill takes, where its fees come to one rate: parts per million. */
  readonly billedRate: number | null;
  /** Rows of the bill that an unproved payment may be. */
  readonly candidates: readonly BillRowShown[];
};

/** The break that an item is, also while a person lets it wait; null when it is none. */
export function breakIn(result: ItemResult): { readonly class: BreakClass; readonly amount: Money } | null {
  if (result.kind === "break") return result;
  return result.kind === "waiting" ? result.letWait : null;
}

/** The classes of all that is to be mended about an item, the one it is shown as first. */
export function breaksOf({ item, results }: ReconciliationItemOpened): readonly BreakClass[] {
  return [...new Set([item.result, ...results].flatMap((result) => breakIn(result)?.class ?? []))];
}

/** One break of an item as what is mended; null when it is none any more. */
export function subjectOf(
  office: Office,
  { item, results, candidates }: ReconciliationItemOpened,
  type: BreakClass,
): MendSubject | null {
  const of = [item.result, ...results].map(breakIn).find((each) => each?.class === type) ?? null;
  if (of === null) return null;
  return {
    items: [{ store: item.store, id: [item.account, item.side, item.number, type].join("/") }],
    class: type,
    amount: money(Math.abs(of.amount.amount), of.amount.currency),
    isOver: of.amount.amount > 0,
    zone: office.zoneOf(item.store),
    day: item.day,
    billedRate: null,
    candidates,
  };
}
