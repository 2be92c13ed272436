import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { addFigures, countedOf, noFigures, type Dimension, type Figures } from "../../../src/domain/reports/figures.ts";
import { snapshotOf } from "../../../src/domain/sale-snapshot.ts";
import { linesLeft, tendersOf } from "../../../src/domain/returns.ts";
import type { Sale } from "../../../src/domain/sale.ts";
import { bringBack, pick, steps } from "../../fakes/bring-back.ts";
import { complete, exchange, playedSales, soldSale, ticket } from "../../fakes/random-sale.ts";

const completed = (sale: Sale) => ({ sale: { ...snapshotOf(sale), id: sale.id as SaleId }, tenders: sale.tenders });
const counted = (sale: Sale) => countedOf(completed(sale), (product) => `of ${product}`);
const sumOf = (sale: Sale, dimension: Dimension): Figures =>
  counted(sale)
    .filter((row) => row.dimension === dimension)
    .reduce((all, row) => addFigures(all, row.figures), noFigures);

/** A sale, and one that takes its first line back against other goods. */
const pairs = fc.tuple(playedSales(), playedSales());
function both([played, other]: [
  Parameters<typeof ticket>[0] & Parameters<typeof complete>[1],
  Parameters<typeof ticket>[0] & Parameters<typeof complete>[1],
]): Sale[] {
  const sold = complete(ticket(played), played);
  const left = linesLeft(soldSale(sold), [])[0];
  if (left === undefined) return [sold];
  const back = exchange(sold, [pick(sold, left, 700, false)], other.scanned);
  return [sold, complete(back, other, tendersOf(sold))];
}

describe("what a receipt adds to the reports", () => {
  it("agrees with itself: gross less all that was taken off is what was owed, and the tenders are it", () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        for (const sale of both(pair)) {
          const all = sumOf(sale, "all");
          const onTop = sale.taxMode === "added" ? all.tax : 0;
          expect(all.gross - all.discounts - all.returned - all.rounding + onTop).toBe(all.total);
          expect(sumOf(sale, "tender").total).toBe(all.total);
          expect(sumOf(sale, "tender").tips).toBe(all.tips);
        }
      }),
    );
  });

  it("is split by product, category and rate without a fen lost or made", () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        for (const sale of both(pair)) {
          const { sales: _s, returns: _r, tips: _t, thousandths: _q, ...money } = sumOf(sale, "all");
          for (const dimension of ["product", "category", "tax"] as const)
            expect(sumOf(sale, dimension)).toMatchObject(money);
          for (const row of counted(sale).filter(({ dimension }) => dimension === "tax")) {
            const own = snapshotOf(sale).taxes.find(({ rate }) => String(rate) === row.key);
            expect(row.figures.tax).toBe(own?.tax.amount);
          }
        }
      }),
    );
  });

  it("counts the receipt once in every row, however many of its lines are in it", () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        for (const sale of both(pair))
          expect(
            counted(sale)
              .map((row) => row.figures.sales)
              .every((count) => count === 1),
          ).toBe(true);
      }),
    );
  });

  it("leaves nothing of a sale that came back whole, but its receipts", () => {
    fc.assert(
      fc.property(playedSales(), steps, (played, how) => {
        const sold = complete(ticket(played), played);
        const { returned, tax } = bringBack(sold, how);
        const all = sumOf(sold, "all");
        const goods = sold.lines.filter((line) => line.quantity.thousandths > 0).map((line) => line.line);
        const back = returned.filter(({ line }) => goods.includes(line)).reduce((sum, each) => sum + each.amount, 0);
        const bottles = sold.lines.filter((line) => line.quantity.thousandths < 0);
        if (bottles.length > 0) return;
        expect([back, 0 - tax]).toEqual([all.gross - all.discounts - all.rounding, all.tax]);
      }),
    );
  });
});
