import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { negate } from "../../../src/domain/money.ts";
import { pieces, quantity } from "../../../src/domain/quantity.ts";
import {
  handBack,
  isTakenIn,
  linesLeft,
  setOffOf,
  splitBack,
  tendersLess,
  tendersOf,
  type Carried,
} from "../../../src/domain/returns.ts";
import { totalsOf } from "../../../src/domain/sale-totals.ts";
import { balanceOf, type Sale } from "../../../src/domain/sale.ts";
import { bringBack, pick, steps } from "../../fakes/bring-back.ts";
import {
  after,
  complete,
  exchange,
  fen,
  playedSales,
  soldSale,
  ticket,
  wallet,
  type Scanned,
} from "../../fakes/random-sale.ts";

/** Everything of `sold` back in one sale, with the bottles that were taken in handed back. */
function undo(sold: Sale): Sale {
  const back = linesLeft(soldSale(sold), []).map((left) => pick(sold, left, 1_000, false));
  const bottles = sold.lines.filter(isTakenIn).map((line) => ({ kind: "addLine", line: handBack(line) }) as const);
  return after(exchange(sold, back), ...bottles);
}

describe("returns of any sale with bottles taken in", () => {
  test("with bottles taken in: all goods have room on what was paid and what the bottles set off, and no more goes out", () => {
    fc.assert(
      fc.property(playedSales(), steps, (played, how) => {
        const sold = complete(ticket(played), played);
        const { total } = totalsOf(sold);
        const back = bringBack(sold, how);
        const given = back.given.reduce((all, part) => all + part.amount.amount, 0);
        expect(given).toBe(Math.max(total.amount, 0) + setOffOf(sold).amount);
        expect(tendersLess(tendersOf(sold), back.given).every(({ left }) => left.amount === 0)).toBe(true);
        for (const { attempt, amount } of sold.tenders.flatMap((each) => (each.kind === "payment" ? [each] : []))) {
          const to = back.given.filter((part) => part.kind === "payment" && part.attempt === attempt);
          expect(to.reduce((all, part) => all + part.amount.amount, 0)).toBeLessThanOrEqual(amount.amount);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("give back exactly what was paid when the bottles taken in are handed back with everything", () => {
    fc.assert(
      fc.property(playedSales(), (played) => {
        const sold = complete(ticket({ ...played, taxMode: "included" }), played);
        const { total } = totalsOf(sold);
        const undone = undo(sold);
        fc.pre(total.amount > 0);
        expect(totalsOf(undone).total.amount).toBe(-total.amount);
        const { parts, short } = splitBack(total, tendersOf(sold));
        expect(short.amount).toBe(0);
        const wallets = sold.tenders.filter((each) => each.kind === "payment").map((each) => each.amount.amount);
        const toWallets = parts.filter((part) => part.kind === "payment").map((part) => part.amount.amount);
        expect(toWallets).toEqual(wallets);
      }),
      { numRuns: 400 },
    );
  });
});

describe("a sale that took an empty bottle in: tea, a soda with its deposit, carrots, 14.30 less 0.50", () => {
  const of = (kind: Scanned["kind"], price: number, amount = pieces(1)): Scanned => ({
    kind,
    price,
    quantity: amount,
    rate: 1300,
    discount: null,
  });
  const open = ticket({
    taxMode: "included",
    scanned: [
      of("goods", 400, pieces(2)),
      of("goods", 350),
      of("deposit", 50),
      of("empties", 50),
      of("goods", 460, quantity(500, "kg")),
    ],
    discount: null,
  });
  const sold = after(
    open,
    { kind: "beginTender" },
    { kind: "addTender", tender: wallet("W0", 500) },
    { kind: "addTender", tender: wallet("W1", 880) },
    { kind: "complete" },
  );
  const amounts = (parts: readonly Carried[]) =>
    parts.map((part) => [part.kind === "cash" ? "cash" : part.attempt.slice(-2), part.amount.amount]);

  test("is paid with 13.80 and has 0.50 set off, which is cash if goods come back for it", () => {
    expect([totalsOf(sold).total, setOffOf(sold)]).toEqual([fen(1_380), fen(50)]);
    const back = bringBack(sold, []);
    expect(amounts(back.given)).toEqual([
      ["W0", 500],
      ["W1", 880],
      ["cash", 50],
    ]);
  });

  test("gives back exactly 13.80 when it is undone as a whole, the bottle with it", () => {
    const undone = undo(sold);
    expect(totalsOf(undone).total).toEqual(fen(-1_380));
    expect(amounts(splitBack(negate(balanceOf(undone)), tendersOf(sold)).parts)).toEqual([
      ["W0", 500],
      ["W1", 880],
    ]);
  });

  test("sets off only what its goods cost where the bottles were worth more", () => {
    const few = complete(
      ticket({ taxMode: "included", scanned: [of("goods", 350), of("empties", 50, pieces(10))], discount: null }),
      { rounding: null, wallets: [], tip: 0 },
    );
    expect([totalsOf(few).total, setOffOf(few), tendersOf(few)]).toEqual([
      fen(-150),
      fen(350),
      [{ kind: "cash", left: fen(350) }],
    ]);
  });
});
