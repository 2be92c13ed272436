import type { SaleId } from "../../domain/identifier.ts";
import { sum, type Money } from "../../domain/money.ts";
import type { Sale } from "../../domain/sale.ts";

/** A tip that was chosen, for which sale, and beside how much of tips taken already: once a capture has brought it, it is over. */
export type TipAsked = { readonly sale: SaleId; readonly taken: Money; readonly amount: Money };

/** `amount` as the tip for the next payment of `sale`. */
export function tipAsked(sale: Sale, amount: Money): TipAsked {
  return { sale: sale.id, taken: tipsTaken(sale), amount };
}

/** The tip that the next payment of `sale` brings; null: none. */
export function tipOf(tip: TipAsked | null, sale: Sale): Money | null {
  return tip !== null && tip.sale === sale.id && tip.taken.amount === tipsTaken(sale).amount ? tip.amount : null;
}

function tipsTaken({ tenders, currency }: Sale): Money {
  return sum(
    tenders.flatMap((tender) => (tender.kind === "payment" ? [tender.tip] : [])),
    currency,
  );
}
