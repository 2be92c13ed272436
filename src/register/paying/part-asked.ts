import type { SaleId } from "../../domain/identifier.ts";
import { add, type Money } from "../../domain/money.ts";
import { balanceOf, type Sale } from "../../domain/sale.ts";
import type { AttemptRow } from "../../storage/database.ts";
import { tipOf, type TipAsked } from "./tip-asked.ts";

/** A part that was chosen, and of which balance: of any other it says nothing. */
export type PartAsked = { readonly sale: SaleId; readonly due: Money; readonly amount: Money };

/** Once money came in or went back, whoever pays next chooses anew how much, and what tip. */
export const nothingAsked = { part: null, tip: null } as const;

/** The part that was chosen of what is due of `sale` now; null: all of it. */
export function partOf(part: PartAsked | null, sale: Sale): Money | null {
  return part !== null && part.sale === sale.id && part.due.amount === balanceOf(sale).amount ? part.amount : null;
}

/**
 * What the next payment by code asks for: of what is due of `sale` all or the part that was chosen, and the tip beside it. Without
 * the network no code is charged, and what is noted in its place takes no tip.
 */
export function nextAsked({ part, tip, connection }: Asking, sale: Sale): Money {
  const asked = partOf(part, sale) ?? balanceOf(sale);
  const beside = connection.online ? tipOf(tip, sale) : null;
  return beside === null ? asked : add(asked, beside);
}

type Asking = {
  readonly part: PartAsked | null;
  readonly tip: TipAsked | null;
  readonly connection: { readonly online: boolean };
};

/** What the payer is asked for: of the balance all or a part, and the tip beside it. */
export function amountAsked({ asked, sale, tip }: Pick<AttemptRow, "asked" | "sale" | "tip">): Money {
  return add(asked ?? balanceOf(sale), tip);
}
