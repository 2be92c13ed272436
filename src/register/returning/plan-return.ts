import type { SaleId } from "../../domain/identifier.ts";
import { add, compare, money, subtract, type Money } from "../../domain/money.ts";
import { returnedValue, splitBack, tendersLess, type Carried } from "../../domain/returns.ts";
import { balanceOf, type Sale } from "../../domain/sale.ts";
import type { FoundSale } from "./found-sale.ts";
import type { BackPlan } from "../state.ts";

/** The original that goods on the ticket come back from; null when none do. */
export function originalOf(sale: Pick<Sale, "lines">): SaleId | null {
  return sale.lines.find((line) => line.returnOf !== null)?.returnOf?.sale ?? null;
}

/**
 * What comes back to the customer, what stays in the exchange, and what no tender has room for. What is above the goods of
 * the original (empties handed in with them) never was on its tenders: cash.
 */
export function planReturn(sale: Sale, found: FoundSale): BackPlan {
  const back = backOf(sale);
  const returned = returnedValue(sale);
  const ofOriginal = compare(back, returned) > 0 ? returned : back;
  const out = splitBack(ofOriginal, found.left);
  const kept = splitBack(subtract(returned, ofOriginal), tendersLess(found.left, out.parts));
  const above = subtract(back, ofOriginal);
  return {
    parts: above.amount === 0 ? out.parts : [...out.parts, { kind: "cash", amount: above }],
    carried: kept.parts,
    short: add(out.short, kept.short),
  };
}

/** The plan of a ticket without goods coming back, whose money goes out all the same (empties, more than was bought): cash. */
export function planCash(sale: Sale): BackPlan {
  const amount = backOf(sale);
  const parts: readonly Carried[] = amount.amount === 0 ? [] : [{ kind: "cash", amount }];
  return { parts, carried: [], short: money(0, sale.currency) };
}

/** What goes back to the customer; nothing when there is something to pay. */
export function backOf(sale: Sale): Money {
  return money(Math.max(0, -balanceOf(sale).amount), sale.currency);
}
