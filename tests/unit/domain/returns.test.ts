import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pieces, quantity } from "../../../src/domain/quantity.ts";
import {
  linesLeft,
  returnByAmount,
  returnByQuantity,
  splitBack,
  tendersLess,
  tendersOf,
  type Carried,
  type ReturnedLine,
  type TenderLeft,
} from "../../../src/domain/returns.ts";
import { taxPerLine, totalsOf } from "../../../src/domain/sale-totals.ts";
import { asReturned, bringBack, steps } from "../../fakes/bring-back.ts";
import { complete, fen, goods, playedSales, soldSale, ticket, type Scanned } from "../../fakes/random-sale.ts";

describe("returns of any sale in any steps", () => {
  test("give back exactly what was paid: in money, in tax, line by line and tender by tender", () => {
    fc.assert(
      fc.property(playedSales(goods), steps, (played, how) => {
        const sold = complete(ticket(played), played);
        const { total, tax } = totalsOf(sold);
        const back = bringBack(sold, how);
        expect(linesLeft(soldSale(sold), back.returned)).toEqual([]);
        expect(back.given.reduce((all, part) => all + part.amount.amount, 0)).toBe(total.amount);
        expect(back.tax + 0).toBe(0 - tax.amount + 0);
        expect(tendersLess(tendersOf(sold), back.given).every(({ left }) => left.amount === 0)).toBe(true);
        for (const line of sold.lines) {
          const of = back.returned.filter((each) => each.line === line.line);
          expect(of.reduce((all, each) => all + each.thousandths, 0)).toBe(line.quantity.thousandths);
          expect(of.every((each) => each.amount >= 0 && each.tax >= 0)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("never give back more than is left of a line", () => {
    fc.assert(
      fc.property(playedSales(goods), (played) => {
        const sold = soldSale(complete(ticket(played), played));
        for (const left of linesLeft(sold, [])) {
          const more = quantity(left.quantity.thousandths + 1_000, left.quantity.unit);
          expect(returnByQuantity(sold, left, more)).toEqual({ ok: false, refusal: "tooMuch" });
          expect(returnByAmount(sold, left, fen(left.amount.amount + 1))).toEqual({ ok: false, refusal: "tooMuch" });
          expect(returnByAmount(sold, left, fen(0))).toEqual({ ok: false, refusal: "tooMuch" });
        }
      }),
    );
  });

  test("the tax of goods is theirs alone, though bottles came back for a deposit in the same sale", () => {
    fc.assert(
      fc.property(playedSales(), (played) => {
        const sale = ticket(played);
        const shares = taxPerLine(sale);
        expect(shares.reduce((all, share) => all + share.amount, 0)).toBe(totalsOf(sale).tax.amount);
        sale.lines.forEach((line, at) => {
          const share = shares[at]!.amount;
          if (line.amount.amount < 0) expect(share).toBeLessThanOrEqual(0);
          else expect([share >= 0, share <= line.amount.amount + 1]).toEqual([true, true]);
        });
      }),
      { numRuns: 400 },
    );
  });
});

const beer = (price: number, kind: Scanned["kind"] = "goods"): Scanned => ({
  kind,
  price,
  quantity: pieces(3),
  rate: 1300,
  discount: null,
});

describe("a return's line", () => {
  const sold = soldSale(
    complete(
      ticket({
        taxMode: "included",
        scanned: [beer(1_000), beer(333, "deposit"), beer(50, "empties")],
        discount: { kind: "amount", amount: fen(1) },
      }),
      {
        rounding: null,
        wallets: [],
        tip: 0,
      },
    ),
  );

  test("takes its share rounded half up, and the last piece the rest", () => {
    const amounts: number[] = [];
    const returned: ReturnedLine[] = [];
    for (let nth = 0; nth < 3; nth++) {
      const [left] = linesLeft(sold, returned);
      const line = returnByQuantity(sold, left!, pieces(1));
      if (!line.ok) throw new Error(line.refusal);
      amounts.push(line.value.amount.amount);
      returned.push(asReturned(line.value));
    }
    expect(amounts).toEqual([-1_000, -1_000, -999]);
  });

  test("is not offered for what came back itself, nor for what is all back", () => {
    expect(linesLeft(sold, []).map(({ line }) => line.line)).toEqual([1, 2]);
    const all = [{ line: 1, thousandths: 3_000, amount: 2_999, tax: 345 }];
    expect(linesLeft(sold, all).map(({ line }) => line.line)).toEqual([2]);
  });

  test("is refused in another unit, of nothing, and of less than nothing", () => {
    const [left] = linesLeft(sold, []);
    for (const asked of [quantity(1_000, "kg"), pieces(0), pieces(-1)])
      expect(returnByQuantity(sold, left!, asked)).toEqual({ ok: false, refusal: "tooMuch" });
  });
});

describe("money goes back", () => {
  const payment = (attempt: string, left: number): TenderLeft => ({
    kind: "payment",
    attempt: attempt as never,
    channel: "alipay",
    left: fen(left),
  });
  const cash = (left: number): TenderLeft => ({ kind: "cash", left: fen(left) });
  const short = (parts: readonly Carried[]) =>
    parts.map((part) => [part.kind === "cash" ? "cash" : part.attempt, part.amount.amount]);

  test.each([
    [
      "electronic first, in the order of paying",
      500,
      [cash(300), payment("a", 200), payment("b", 400)],
      [
        ["a", 200],
        ["b", 300],
      ],
      0,
    ],
    [
      "then cash",
      700,
      [cash(300), payment("a", 200), payment("b", 400)],
      [
        ["a", 200],
        ["b", 400],
        ["cash", 100],
      ],
      0,
    ],
    [
      "never above what is left",
      1_000,
      [cash(300), payment("a", 200)],
      [
        ["a", 200],
        ["cash", 300],
      ],
      500,
    ],
    ["a tender that is used up is passed over", 100, [payment("a", 0), payment("b", 400)], [["b", 100]], 0],
    ["one that gave back too much already lends nothing", 100, [payment("a", -50), cash(300)], [["cash", 100]], 0],
    ["nowhere when nothing is left", 100, [], [], 100],
  ] as const)("%s", (_how, owed, left, parts, missing) => {
    const back = splitBack(fen(owed), left);
    expect(short(back.parts)).toEqual(parts);
    expect(back.short.amount).toBe(missing);
  });

  test("for any tenders: all of it or all there is, nothing below zero, cash only when no wallet has room", () => {
    const lefts = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "cash"), fc.integer({ min: -50, max: 1_000 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), lefts, (owed, all) => {
        const left = [...new Map(all)].map(([kind, amount]) =>
          kind === "cash" ? cash(amount) : payment(kind, amount),
        );
        const room = left.reduce((sum, each) => sum + Math.max(each.left.amount, 0), 0);
        const back = splitBack(fen(owed), left);
        const given = back.parts.reduce((sum, part) => sum + part.amount.amount, 0);
        expect(given).toBe(Math.min(owed, room));
        expect(given + back.short.amount).toBe(owed);
        const after = tendersLess(left, back.parts);
        after.forEach((each, at) =>
          expect(each.left.amount).toBeGreaterThanOrEqual(Math.min(left[at]!.left.amount, 0)),
        );
        if (back.parts.some((part) => part.kind === "cash"))
          expect(after.every((each) => each.kind === "cash" || each.left.amount <= 0)).toBe(true);
      }),
    );
  });

  test("to a wallet only what was captured from it, with what an exchange carried along; tips and unproven payments stay", () => {
    const wechat = { kind: "payment", attempt: "a" as never, channel: "wechat" } as const;
    const tender = { providerTransactionId: "1", capturedAt: 1 as never, tip: fen(500) };
    const none = fen(0);
    expect(
      tendersOf({
        currency: "CNY",
        taxMode: "included",
        lines: [],
        tenders: [
          { ...wechat, ...tender, amount: fen(800) },
          { kind: "cash", amount: fen(200), given: fen(500), change: fen(300), rounding: none },
          { kind: "unverified", amount: fen(50), channel: "wechat", at: 1 as never, tail: "" },
          { kind: "cash", amount: fen(-70), given: none, change: none, rounding: none },
        ],
        carried: [
          { ...wechat, amount: fen(100) },
          { kind: "cash", amount: fen(5) },
        ],
      }),
    ).toEqual([
      { ...wechat, left: fen(900) },
      { kind: "cash", left: fen(205) },
    ]);
  });
});
