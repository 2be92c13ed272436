import { subtract, type Money } from "../domain/money.ts";
import { roundingOf, type RoundingRule } from "../domain/rounding.ts";
import { balanceOf } from "../domain/sale.ts";
import type { Notice, RegisterState } from "../register/state.ts";

/** What cash has to cover of `balance`: 抹零 comes off. */
export function cashDue(balance: Money, rule: RoundingRule | null): Money {
  return subtract(balance, roundingOf(balance, rule));
}

/** The question about a slip of the hand at paying names what the cash page asks for, not the balance before its rounding. */
export function asAsked(notice: Notice, { sale, settings }: Pick<RegisterState, "sale" | "settings">): Notice {
  if (notice.kind !== "slip" || notice.due === null || sale?.state !== "tendering") return notice;
  if (notice.due.amount !== balanceOf(sale).amount) return notice;
  return { ...notice, due: cashDue(notice.due, settings?.rules?.rounding ?? null) };
}
