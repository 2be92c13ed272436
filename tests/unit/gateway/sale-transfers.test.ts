import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesLeft, returnByQuantity } from "../../../src/domain/returns.ts";
import { snapshotOf } from "../../../src/domain/sale-snapshot.ts";
import { roundingPerLine, totalsOf } from "../../../src/domain/sale-totals.ts";
import type { Sale } from "../../../src/domain/sale.ts";
import type { Tender } from "../../../src/domain/tender.ts";
import { capturedTransfers, type Transfer } from "../../../src/gateway/books/ledger.ts";
import { saleCompletedTransfers } from "../../../src/gateway/books/sale-transfers.ts";
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

const posted = (sale: Sale): readonly Transfer[] =>
  saleCompletedTransfers("A1", { sale: snapshotOf(sale), tenders: sale.tenders }, (attempt) => `of-${attempt}`);

/** What each account gained (debits less credits), accounts of nothing left out. */
function balances(transfers: readonly Transfer[]): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const { debit, credit, amount } of transfers) {
    all[debit] = (all[debit] ?? 0) + amount.amount;
    all[credit] = (all[credit] ?? 0) - amount.amount;
  }
  return Object.fromEntries(Object.entries(all).filter(([, amount]) => amount !== 0));
}

const sumOf = (tenders: readonly Tender[], is: (tender: Tender) => boolean): number =>
  tenders.filter(is).reduce((all, { amount }) => all + amount.amount, 0);

/** Some of the goods of a sale come back and others go out: below zero, above it or even. */
const exchanges = fc.record({
  sold: playedSales(goods),
  back: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  next: playedSales(goods),
  isOnlyReturn: fc.boolean(),
});

function exchanged(each: {
  readonly sold: Played;
  readonly back: readonly boolean[];
  readonly next: Played;
  readonly isOnlyReturn: boolean;
}): Sale | null {
  const sold = complete(ticket(each.sold), each.sold);
  const lines = linesLeft(soldSale(sold), [])
    .filter((_, at) => each.back[at] === true)
    .map((left) => {
      const line = returnByQuantity(soldSale(sold), left, left.quantity);
      if (!line.ok) throw new Error(line.refusal);
      return line.value;
    });
  if (lines.length === 0) return null;
  return complete(exchange(sold, lines, each.isOnlyReturn ? [] : each.next.scanned), each.next, paidWith(sold));
}

/** Every account of the posting, against the sale's own figures. */
function check(sale: Sale): void {
  const transfers = posted(sale);
  const totals = totalsOf(sale);
  for (const { debit, credit, amount } of transfers) {
    expect(debit).not.toBe(credit);
    expect(amount.amount).toBeGreaterThan(0);
  }
  const got = balances(transfers);
  const account = (name: string): number => got[name] ?? 0;
  const tip = sale.tenders.reduce((all, each) => all + (each.kind === "payment" ? each.tip.amount : 0), 0);
  expect(account("drawer/A1")).toBe(sumOf(sale.tenders, ({ kind }) => kind === "cash"));
  expect(account("suspense")).toBe(sumOf(sale.tenders, ({ kind }) => kind === "payment") + tip);
  expect(account("tipsPayable") + tip).toBe(0);
  expect(account("rounding")).toBe(Math.max(totals.rounding.amount, 0));
  const owed = Object.keys(got).filter((name) => name.startsWith("refundsOwed/of-"));
  expect(owed.reduce((all, name) => all + account(name), 0)).toBe(sumOf(sale.tenders, ({ kind }) => kind === "refund"));
  for (const { rate, tax } of totals.taxes) expect(account(`outputTax/${rate}`) + tax.amount).toBe(0);
  checkRevenue(sale, account);
}

/** Revenue and returns by rate: goods at what they cost, without the tax in them, before rounding down and with rounding up. */
function checkRevenue(sale: Sale, account: (name: string) => number): void {
  const { taxes, rounding } = totalsOf(sale);
  const shares = roundingPerLine(sale.lines, rounding);
  for (const { rate, tax } of taxes) {
    const lines = sale.lines.flatMap((line, at) =>
      line.taxRate === rate ? [{ line, share: shares[at]!.amount }] : [],
    );
    const back = lines.filter(({ line }) => line.amount.amount < 0 && line.returnOf !== null);
    const backTax = back.reduce((all, { line }) => all + (line.returnOf?.tax.amount ?? 0), 0);
    const backGross = back.reduce((all, { line }) => all + line.amount.amount, 0);
    const isIncluded = sale.taxMode === "included";
    const gross = lines
      .filter(({ line }) => line.amount.amount > 0)
      .reduce((all, { line, share }) => all + line.amount.amount + Math.max(-share, 0), 0);
    expect(account(`returns/${rate}`) + backGross - (isIncluded ? backTax : 0)).toBe(0);
    expect(account(`revenue/${rate}`) + gross - (isIncluded ? tax.amount - backTax : 0)).toBe(0);
  }
}

describe("the posting of any completed sale balances row by row and account by account", () => {
  it("with discounts, rounding, tips, split tenders and both kinds of tax", () => {
    fc.assert(
      fc.property(playedSales(goods), (played) => check(complete(ticket(played), played))),
      { numRuns: 500 },
    );
  });

  it("with goods that came back, alone or in exchange for others", () => {
    fc.assert(
      fc.property(exchanges, (each) => {
        const sale = exchanged(each);
        if (sale !== null) check(sale);
      }),
      { numRuns: 500 },
    );
  });

  it("with bottles that came back for their deposits, whatever the sale comes to", () => {
    fc.assert(
      fc.property(playedSales(), (played) => {
        const sale = complete(ticket(played), played);
        const got = balances(posted(sale));
        for (const { rate, tax } of totalsOf(sale).taxes) expect((got[`outputTax/${rate}`] ?? 0) + tax.amount).toBe(0);
        const cash = sumOf(sale.tenders, ({ kind }) => kind === "cash");
        expect(got["drawer/A1"] ?? 0).toBe(cash);
        expect(posted(sale).every(({ debit, credit, amount }) => debit !== credit && amount.amount > 0)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("and a payment nobody could ask about stands as unproven, not as suspense", () => {
    fc.assert(
      fc.property(playedSales(goods), (played) => {
        const open = ticket(played);
        const { total } = totalsOf(open);
        if (total.amount === 0) return;
        const tender: Tender = { kind: "unverified", amount: total, channel: "alipay", at: 1 as never, tail: "123456" };
        const got = balances(saleCompletedTransfers("A1", { sale: snapshotOf(open), tenders: [tender] }));
        expect([got["unproven"], got["suspense"]]).toEqual([total.amount, undefined]);
      }),
    );
  });

  it("a sale that comes to nothing posts nothing", () => {
    fc.assert(
      fc.property(playedSales(goods), (played) => {
        const gift = complete(ticket({ ...played, discount: { kind: "percent", basisPoints: 10_000 } }), played);
        expect(posted(gift)).toEqual([]);
      }),
    );
  });
});

it("a capture with a shop's coupon is posted whatever came back in the sale it pays for", () => {
  fc.assert(
    fc.property(exchanges, fc.nat(100), (each, percent) => {
      const sale = exchanged(each);
      if (sale === null) return;
      const { total, taxes } = totalsOf(sale);
      if (total.amount <= 0) return;
      const receivable = total.amount - Math.floor((total.amount * percent) / 100);
      const transfers = capturedTransfers("w", { order: total, receivable: fen(receivable) }, taxes);
      const got = balances(transfers);
      expect([got["suspense"], got["receivable/w"] ?? 0]).toEqual([-total.amount, receivable]);
      expect(transfers.every(({ amount }) => amount.amount > 0)).toBe(true);
    }),
    { numRuns: 400 },
  );
});
