import { money, type Money } from "./money.ts";

/** Cash rounding (抹零): to whole `step`s of minor units; null: the shop rounds nothing. */
export type RoundingRule = { readonly step: number; readonly mode: "down" | "half" | "up" };

/**
 * What cash rounding takes off `due` (negative where it adds). Nothing is rounded when money goes back, nor where all of `due`
 * would go: a tender of nothing pays for nothing.
 */
export function roundingOf(due: Money, rule: RoundingRule | null): Money {
  if (rule === null || due.amount <= 0) return money(0, due.currency);
  const over = due.amount % rule.step;
  const up = rule.mode === "up" ? over > 0 : rule.mode === "half" && over * 2 >= rule.step && over > 0;
  const off = up ? over - rule.step : over;
  return money(off === due.amount ? 0 : off, due.currency);
}
