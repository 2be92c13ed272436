import type { SaleId } from "../domain/identifier.ts";
import type { Money } from "../domain/money.ts";
import { balanceOf, type Sale } from "../domain/sale.ts";

/** A part that was chosen, and of which balance: of any other it says nothing. */
export type PartAsked = { readonly sale: SaleId; readonly due: Money; readonly amount: Money };

/** The part that was chosen of what is due of `sale` now; null: all of it. */
export function partOf(part: PartAsked | null, sale: Sale): Money | null {
  return part !== null && part.sale === sale.id && part.due.amount === balanceOf(sale).amount ? part.amount : null;
}
