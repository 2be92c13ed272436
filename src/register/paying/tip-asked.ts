import type { SaleId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import { balanceOf, type Sale } from "../../domain/sale.ts";

/** A tip that was chosen, and of which balance: of any other it says nothing. */
export type TipAsked = { readonly sale: SaleId; readonly due: Money; readonly amount: Money };

/** `amount` as the tip for the next payment of `sale`. */
export function tipAsked(sale: Sale, amount: Money): TipAsked {
  return { sale: sale.id, due: balanceOf(sale), amount };
}

/** The tip that the next payment of `sale` brings; null: none. */
export function tipOf(tip: TipAsked | null, sale: Sale): Money | null {
  return tip !== null && tip.sale === sale.id && tip.due.amount === balanceOf(sale).amount ? tip.amount : null;
}
