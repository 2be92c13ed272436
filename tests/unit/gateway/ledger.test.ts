import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { money, type Money } from "../../../src/domain/money.ts";
import type { TaxLine } from "../../../src/domain/sale-totals.ts";
import { taxOf, taxRate } from "../../../src/domain/tax.ts";
import type { Tender } from "../../../src/domain/tender.ts";
import {
  capturedTransfers,
  reversedTransfers,
  type Transfer,
} from "../../../src/gateway/books/ledger.ts";
import { saleCompletedTransfers } from "../../../src/gateway/books/sale-transfers.ts";

const yuan = (amount: number): Money => money(Math.round(amount * 100), "CNY");
const taxLine = (rate: number, gross: Money): TaxLine => {
  const tax = taxOf(gross, taxRate(rate), "included");
  return { rate: taxRate(rate), tax, net: money(gross.amount - tax.amount, "CNY") };
};
const sale = (...taxes: readonly TaxLine[]) => ({ taxes, lines: [], rounding: yuan(0) }) as never;
const cash = (amount: Money): Tender => ({ kind: "cash", amount, given: amount, change: yuan(0), rounding: yuan(0) });
const wechat = (amount: Money): Tender => ({
  kind: "payment",
  amount,
  attempt: "a" as never,
  channel: "wechat",
  providerTransactionId: "4200",
  capturedAt: 0 as never,
  tip: yuan(0),
});
const rows = (transfers: readonly Transfer[]): string[] =>
  transfers.map(({ debit, credit, amount }) => `${debit} → ${credit} ${(amount.amount / 100).toFixed(2)}`);
const at13 = taxLine(1300, yuan(113));

/** Rows of the table of postings; 13 % VAT included. */
const table: readonly [row: string, event: string, transfers: readonly Transfer[], expected: readonly string[]][] = [
  [
    "1",
    "cash sale 113.00",
    saleCompletedTransfers("A1", { sale: sale(at13), tenders: [cash(yuan(113))] }),
    ["drawer/A1 → revenue/1300 100.00", "drawer/A1 → outputTax/1300 13.00"],
  ],
  [
    "2a",
    "WeChat capture 113.00",
    capturedTransfers("w", { order: yuan(113), receivable: yuan(113) }, [at13]),
    ["receivable/w → suspense 113.00"],
  ],
  [
    "2",
    "then the sale's fact",
    saleCompletedTransfers("A1", { sale: sale(at13), tenders: [wechat(yuan(113))] }),
    ["suspense → revenue/1300 100.00", "suspense → outputTax/1300 13.00"],
  ],
  [
    "2b",
    "captured, then reversed",
    reversedTransfers(capturedTransfers("w", { order: yuan(113), receivable: yuan(113) }, [at13])),
    ["receivable/w → suspense -113.00"],
  ],
  [
    "3",
    "10.00 coupon funded by the platform",
    capturedTransfers("w", { order: yuan(113), receivable: yuan(113) }, [at13]),
    ["receivable/w → suspense 113.00"],
  ],
  [
    "4",
    "11.30 coupon funded by the shop",
    capturedTransfers("w", { order: yuan(113), receivable: yuan(101.7) }, [at13]),
    ["receivable/w → suspense 101.70", "shopDiscount → suspense 10.00", "outputTax/1300 → suspense 1.30"],
  ],
  [
    "1+2",
    "cash 50.00 and WeChat 63.00 for one sale",
    saleCompletedTransfers("A1", { sale: sale(at13), tenders: [cash(yuan(50)), wechat(yuan(63))] }),
    ["drawer/A1 → revenue/1300 50.00", "suspense → revenue/1300 50.00", "suspense → outputTax/1300 13.00"],
  ],
];

it.each(table)("row %s, %s, is posted with its figures", (_row, _event, transfers, expected) => {
  expect(rows(transfers)).toEqual(expected);
});

describe("for any sale of several rates paid in any parts", () => {
  const grosses = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 3 });
  const balanceOf = (transfers: readonly Transfer[], account: string): number =>
    transfers.reduce(
      (sum, { debit, credit, amount }) =>
        sum + (debit === account ? amount.amount : 0) - (credit === account ? amount.amount : 0),
      0,
    );

  it("drawer and suspense receive what was tendered, revenue and tax what the sale says, to the fen", () => {
    fc.assert(
      fc.property(grosses, fc.integer({ min: 0, max: 100 }), (gross, percent) => {
        const taxes = gross.map((amount, i) => taxLine([1300, 900, 600][i]!, money(amount, "CNY")));
        const total = gross.reduce((sum, amount) => sum + amount, 0);
        const byCash = Math.floor((total * percent) / 100);
        const tenders = [cash(money(byCash, "CNY")), wechat(money(total - byCash, "CNY"))].filter(
          ({ amount }) => amount.amount > 0,
        );
        const transfers = saleCompletedTransfers("A1", { sale: sale(...taxes), tenders });
        expect(balanceOf(transfers, "drawer/A1") + 0).toBe(byCash);
        expect(balanceOf(transfers, "suspense") + 0).toBe(total - byCash);
        for (const { rate, net, tax } of taxes)
          expect([balanceOf(transfers, `revenue/${rate}`) + 0, balanceOf(transfers, `outputTax/${rate}`) + 0]).toEqual([
            0 - net.amount,
            0 - tax.amount,
          ]);
        expect(transfers.every(({ amount }) => amount.amount > 0)).toBe(true);
      }),
    );
  });

  it("a shop's coupon leaves the order in suspense, whatever its size", () => {
    fc.assert(
      fc.property(grosses, fc.integer({ min: 0, max: 100 }), (gross, percent) => {
        const taxes = gross.map((amount, i) => taxLine([1300, 900, 600][i]!, money(amount, "CNY")));
        const order = gross.reduce((sum, amount) => sum + amount, 0);
        const receivable = order - Math.floor((order * percent) / 100);
        const transfers = capturedTransfers(
          "w",
          { order: money(order, "CNY"), receivable: money(receivable, "CNY") },
          taxes,
        );
        expect(balanceOf(transfers, "suspense")).toBe(-order);
        expect(balanceOf(transfers, "receivable/w") + 0).toBe(receivable);
      }),
    );
  });
});
