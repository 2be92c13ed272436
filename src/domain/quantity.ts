import type { Brand } from "./brand.ts";
import { invariant } from "./assert.ts";
import { money, scaleHalfUp, type Money } from "./money.ts";

export type Unit = "piece" | "kg";
/** An integer of thousandths of its unit: 1284 thousandths of a kg are 1.284 kg. Negative for goods coming back. */
export type Quantity = { readonly thousandths: Brand<number, "Thousandths">; readonly unit: Unit };

/** No line holds more than this many units. */
export const quantityMaxUnits = 99_999;

/** `thousandths` of `unit`; throws for fractions, and for parts of a piece. */
export function quantity(thousandths: number, unit: Unit): Quantity {
  invariant(
    Number.isInteger(thousandths) && Math.abs(thousandths) <= quantityMaxUnits * 1000,
    `${thousandths} is a quantity`,
  );
  invariant(unit !== "piece" || thousandths % 1000 === 0, "pieces are whole");
  return { thousandths: thousandths as Quantity["thousandths"], unit };
}

/** `count` whole pieces. */
export function pieces(count: number): Quantity {
  return quantity(count * 1000, "piece");
}

/** a + b of one unit. */
export function addQuantity(a: Quantity, b: Quantity): Quantity {
  invariant(a.unit === b.unit, `${a.unit} is not added to ${b.unit}`);
  return quantity(a.thousandths + b.thousandths, a.unit);
}

/** What a line of `amount` units costs at `unitPrice` a unit: rounded half up once. */
export function priceOf(unitPrice: Money, amount: Quantity): Money {
  return money(scaleHalfUp(unitPrice.amount, amount.thousandths, 1000), unitPrice.currency);
}
