import fc from "fast-check";
import { expect } from "vitest";
import { negate } from "../../src/domain/money.ts";
import { quantity } from "../../src/domain/quantity.ts";
import {
  linesLeft,
  returnByAmount,
  returnByQuantity,
  splitBack,
  tendersLess,
  tendersOf,
  type Carried,
  type LineLeft,
  type ReturnedLine,
} from "../../src/domain/returns.ts";
import type { NewReturnLine } from "../../src/domain/sale-line.ts";
import { totalsOf } from "../../src/domain/sale-totals.ts";
import type { Sale } from "../../src/domain/sale.ts";
import { exchange, fen, soldSale } from "./random-sale.ts";

/** One step of bringing goods back: which of the lines left, how much of it (in thousandths of what is left), by amount or goods. */
export const steps = fc.array(
  fc.record({ which: fc.nat(6), part: fc.integer({ min: 1, max: 1_000 }), byAmount: fc.boolean() }),
  { maxLength: 8 },
);

function partOf(left: LineLeft, part: number): LineLeft["quantity"] {
  const { thousandths, unit } = left.quantity;
  const asked = Math.ceil((thousandths * part) / 1_000);
  return quantity(unit === "piece" ? Math.ceil(asked / 1_000) * 1_000 : asked, unit);
}

/** The line by which so much of what is left comes back. */
export function pick(sold: Sale, left: LineLeft, part: number, byAmount: boolean): NewReturnLine {
  const isAmount = (byAmount && left.amount.amount > 0) || left.quantity.thousandths === 0;
  const picked = isAmount
    ? returnByAmount(soldSale(sold), left, fen(Math.max(1, Math.floor((left.amount.amount * part) / 1_000))))
    : returnByQuantity(soldSale(sold), left, partOf(left, part));
  if (!picked.ok) throw new Error(picked.refusal);
  return picked.value;
}

/** What came back by that line. */
export const asReturned = (line: NewReturnLine): ReturnedLine => ({
  line: line.returnOf.line,
  thousandths: -line.quantity.thousandths,
  amount: -line.amount.amount,
  tax: -line.returnOf.tax.amount,
});

/** Brings `sold` back in `steps` and then all that is left, each step a sale of its own, its money over the tenders. */
export function bringBack(
  sold: Sale,
  how: readonly { readonly which: number; readonly part: number; readonly byAmount: boolean }[],
) {
  const returned: ReturnedLine[] = [];
  const given: Carried[] = [];
  let tax = 0;
  const take = (lines: readonly NewReturnLine[]): void => {
    const back = totalsOf(exchange(sold, lines));
    returned.push(...lines.map(asReturned));
    tax += back.tax.amount;
    const { parts, short } = splitBack(negate(back.total), tendersLess(tendersOf(sold), given));
    expect(short.amount).toBe(0);
    given.push(...parts);
  };
  for (const { which, part, byAmount } of how) {
    const left = linesLeft(soldSale(sold), returned);
    const line = left[which % Math.max(left.length, 1)];
    if (line !== undefined) take([pick(sold, line, part, byAmount)]);
  }
  const rest = linesLeft(soldSale(sold), returned);
  if (rest.length > 0) take(rest.map((left) => pick(sold, left, 1_000, false)));
  return { returned, given, tax };
}
