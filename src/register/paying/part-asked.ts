import type { SaleId } from "../../domain/identifier.ts";
import { add, type Money } from "../../domain/money.ts";
import { balanceOf, type Sale } from "../../domain/sale.ts";
import type { AttemptRow } from "../../storage/database.ts";
import { tipOf, type TipAsked } from "./tip-asked.ts";

/** A part that was chosen, and of which balance: of any other it says nothing. */
export type PartAsked = { readonly sale: SaleId; readonly due: Money; readonly amount: Money };

/** The part that was chosen of what is due of `sale` now; null: all of it. */
export function partOf(part: PartAsked | null, sale: Sale): Money | null {
  return part !== null && part.sale === sale.id && part.due.amount === balanceOf(sale).amount ? part.amount : null;
}

/** What the next payment by code asks for: of what is due of `sale` all or the part that was chosen, and the tip beside it. */
export function nextAsked(
  { part, tip }: { readonly part: PartAsked | null; readonly tip: TipAsked | null },
  sale: Sale,
): Money {
  const asked = partOf(part, sale) ?? balanceOf(sale);
  const beside = tipOf(tip, sale);
  return beside === null ? asked : add(asked, beside);
}

/** What the payer is asked for: of the balance all or a part, and the tip beside it. */
export function amountAsked({ asked, sale, tip }: Pick<AttemptRow, "asked" | "sale" | "tip">): Money {
  return add(asked ?? balanceOf(sale), tip);
}
