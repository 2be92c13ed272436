import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { SessionId } from "../../../src/domain/identifier.ts";
import { shiftTotals, type CashMove, type ShiftFacts, type ShiftSale } from "../../../src/domain/shift.ts";
import { snapshotOf } from "../../../src/domain/sale-snapshot.ts";
import type { Sale } from "../../../src/domain/sale.ts";
import { linesLeft, returnByQuantity } from "../../../src/domain/returns.ts";
import { totalsOf } from "../../../src/domain/sale-totals.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";
import {
  complete,
  exchange,
  fen,
  goods,
  paidWith,
  playedSales,
  soldSale,
  ticket,
  type Played,
} from "../../fakes/random-sale.ts";

const shiftOf = (
  sales: readonly Sale[],
  moves: readonly CashMove[],
  float: number,
  counted: number | null,
): ShiftFacts => ({
  session: "01JD7Z0000TA10000000000S1" as SessionId,
  businessDate: "2026-11-24" as BusinessDate,
  openedAt: instant(1),
  at: instant(2),
  currency: "CNY",
  float: fen(float),
  sales: sales.map((sale, nth): ShiftSale => ({
    sale: snapshotOf(sale),
    receipt: `A1-1-${nth + 1}`,
    tenders: sale.tenders,
    isLate: false,
  })),
  moves,
  drawerOpened: 2,
  voided: 1,
  counted: counted === null ? null : fen(counted),
  counts: counted === null ? 0 : 1,
});

/** A sale, and, when asked, all of its goods back in another. */
function daysOf(played: readonly (Played & { readonly isBack: boolean })[]): Sale[] {
  return played.flatMap((each) => {
    const sold = complete(ticket(each), each);
    if (!each.isBack) return [sold];
    const lines = linesLeft(soldSale(sold), []).map((left) => {
      const line = returnByQuantity(soldSale(sold), left, left.quantity);
      if (!line.ok) throw new Error(line.refusal);
      return line.value;
    });
    return lines.length === 0 ? [sold] : [sold, complete(exchange(sold, lines), each, paidWith(sold))];
  });
}

const days = fc.array(
  fc.tuple(playedSales(goods), fc.boolean()).map(([played, isBack]) => ({ ...played, isBack })),
  { maxLength: 5 },
);
const moves: fc.Arbitrary<CashMove[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("paidIn" as const, "paidOut"),
    amount: fc.integer({ min: 1, max: 50_000 }).map(fen),
  }),
  { maxLength: 4 },
);

describe("a shift's figures, for any sales and movements", () => {
  test("the drawer must hold float and cash in, less cash out, with what was paid in, less what was paid out", () => {
    fc.assert(
      fc.property(days, moves, fc.nat(50_000), (played, moved, float) => {
        const sales = daysOf(played);
        const { cash } = shiftTotals(shiftOf(sales, moved, float, 12));
        // counted by hand: every note that went in or out
        const notes = sales.flatMap((sale) =>
          sale.tenders.map((tender) =>
            tender.kind === "cash" ? tender.given.amount - tender.change.amount + Math.min(tender.amount.amount, 0) : 0,
          ),
        );
        const other = moved.map(({ kind, amount }) => (kind === "paidIn" ? amount.amount : -amount.amount));
        expect(cash.expected.amount).toBe([float, ...notes, ...other].reduce((all, each) => all + each, 0));
        expect(
          cash.float.amount + cash.taken.amount - cash.givenBack.amount + cash.paidIn.amount - cash.paidOut.amount,
        ).toBe(cash.expected.amount);
        expect([cash.taken, cash.givenBack, cash.paidIn, cash.paidOut].every(({ amount }) => amount >= 0)).toBe(true);
        expect(cash.counted).toEqual(fen(12));
      }),
    );
  });

  test("what was sold, came back and was rounded is what was tendered by all ways together", () => {
    fc.assert(
      fc.property(days, (played) => {
        const sales = daysOf(played);
        const shift = shiftTotals(shiftOf(sales, [], 0, null));
        const tendered = shift.channels.reduce(
          (all, { taken, refunded, unverified }) => all + taken.amount - refunded.amount + unverified.amount,
          shift.cash.taken.amount - shift.cash.givenBack.amount,
        );
        expect(shift.net.amount).toBe(tendered);
        const addedTax = sales
          .filter((sale) => sale.taxMode === "added")
          .reduce((all, sale) => all + totalsOf(sale).tax.amount, 0);
        expect(shift.sold.amount - shift.returned.amount - shift.rounding.amount + addedTax).toBe(shift.net.amount);
        expect(shift.sales).toBe(sales.length);
        expect(shift.returned.amount).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test("a shift of one sale, one return and two movements reads as it was", () => {
  const item = {
    kind: "goods",
    price: 11_304,
    quantity: { thousandths: 1_000, unit: "piece" },
    rate: 1300,
    discount: null,
  };
  const played: Played & { readonly isBack: boolean } = {
    taxMode: "included",
    scanned: [item as never],
    discount: { kind: "amount", amount: fen(100) },
    rounding: { step: 10, mode: "down" },
    wallets: [50],
    tip: 500,
    isBack: true,
  };
  const shift = shiftTotals(
    shiftOf(
      daysOf([played]),
      [
        { kind: "paidIn", amount: fen(1_000) },
        { kind: "paidOut", amount: fen(300) },
      ],
      20_000,
      null,
    ),
  );
  expect(shift).toEqual({
    session: "01JD7Z0000TA10000000000S1",
    businessDate: "2026-11-24",
    openedAt: 1,
    at: 2,
    sales: 2,
    returns: 1,
    sold: fen(11_204),
    returned: fen(11_202),
    discounts: fen(100),
    rounding: fen(2),
    tax: fen(0),
    net: fen(0),
    channels: [
      { channel: "wechat", count: 1, taken: fen(5_602), refunded: fen(5_602), unverified: fen(0), tips: fen(500) },
    ],
    cash: {
      float: fen(20_000),
      taken: fen(5_600),
      givenBack: fen(5_600),
      paidIn: fen(1_000),
      paidOut: fen(300),
      expected: fen(20_700),
      counted: null,
      counts: 0,
    },
    drawerOpened: 2,
    voided: 1,
    firstReceipt: "A1-1-1",
    lastReceipt: "A1-1-2",
  });
});

test("an empty shift has no receipts and expects its float", () => {
  const shift = shiftTotals(shiftOf([], [], 20_000, 20_000));
  expect([shift.firstReceipt, shift.lastReceipt, shift.channels, shift.cash.expected]).toEqual([
    null,
    null,
    [],
    fen(20_000),
  ]);
});
