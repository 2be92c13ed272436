import fc from "fast-check";
import { expect, it } from "vitest";
import type { CashReason } from "../../../src/domain/journal.ts";
import { money, type Money } from "../../../src/domain/money.ts";
import { pieces } from "../../../src/domain/quantity.ts";
import { linesLeft, returnByQuantity } from "../../../src/domain/returns.ts";
import { snapshotOf } from "../../../src/domain/sale-snapshot.ts";
import { totalsOf, type TaxLine } from "../../../src/domain/sale-totals.ts";
import type { Sale } from "../../../src/domain/sale.ts";
import { taxOf, taxRate } from "../../../src/domain/tax.ts";
import type { Tender } from "../../../src/domain/tender.ts";
import {
  cashMovedTransfers,
  countedTransfers,
  depositArrivedTransfers,
  depositTransfers,
  floatTransfers,
  handedOverTransfers,
  smallTransfers,
} from "../../../src/gateway/books/drawer-transfers.ts";
import { capturedTransfers, reversedTransfers, type Transfer } from "../../../src/gateway/books/ledger.ts";
import { acceptedTransfers, owedTransfers, takenLessTransfers } from "../../../src/gateway/books/refund-transfers.ts";
import { saleCompletedTransfers } from "../../../src/gateway/books/sale-transfers.ts";
import { complete, exchange, paidWith, soldSale, ticket, type Played } from "../../fakes/random-sale.ts";

const yuan = (amount: number): Money => money(Math.round(amount * 100), "CNY");
/** Goods at 13 % in `count` pieces of one price, paid by WeChat as far as `share` of a hundred goes, the rest in cash. */
const played = (price: number, count: number, share: number, more: Partial<Played> = {}): Played => ({
  taxMode: "included",
  scanned: [{ kind: "goods", price: price * 100, quantity: pieces(count), rate: 1300, discount: null }],
  discount: null,
  rounding: null,
  wallets: [share],
  tip: 0,
  ...more,
});
const sold = (...of: Parameters<typeof played>): Sale => complete(ticket(played(...of)), played(...of));
const posted = (sale: Sale, tenders: readonly Tender[] = sale.tenders): readonly Transfer[] =>
  saleCompletedTransfers("A1", { sale: snapshotOf(sale), tenders }, () => "w");
const rows = (transfers: readonly Transfer[]): string[] =>
  transfers.map(({ debit, credit, amount }) => `${debit} → ${credit} ${(amount.amount / 100).toFixed(2)}`);

const { taxes } = totalsOf(sold(113, 1, 0));
const captured = (order: number, receivable = order) =>
  capturedTransfers("w", { order: yuan(order), receivable: yuan(receivable) }, taxes);
const unverified: Tender = { kind: "unverified", amount: yuan(113), channel: "wechat", at: 1 as never, tail: "" };

/** One of two pieces of a sale of 113.00 comes back, to the wallet or the drawer it was paid from. */
function oneBack(share: number): Sale {
  const original = sold(56.5, 2, share);
  const [left] = linesLeft(soldSale(original), []);
  const line = returnByQuantity(soldSale(original), left!, pieces(1));
  if (!line.ok) throw new Error(line.refusal);
  return complete(exchange(original, [line.value]), played(1, 1, 0), paidWith(original));
}

/** `kept` as a Z says it that knows of hand-overs. */
const counted = (expected: number, count: number | null, kept?: number) =>
  countedTransfers("A1", {
    cash: {
      expected: yuan(expected),
      counted: count === null ? null : yuan(count),
      ...(kept === undefined ? {} : { kept: yuan(kept) }),
    },
  } as Parameters<typeof countedTransfers>[1]);

/** Rows of the table of postings in the books' sheet; 13 % VAT included. */
const table: readonly [row: string, event: string, transfers: readonly Transfer[], expected: readonly string[]][] = [
  [
    "1",
    "cash sale 113.00",
    posted(sold(113, 1, 0)),
    ["drawer/A1 → revenue/1300 100.00", "drawer/A1 → outputTax/1300 13.00"],
  ],
  ["2", "WeChat capture 113.00", captured(113), ["receivable/w → suspense 113.00"]],
  [
    "2",
    "then the sale's fact",
    posted(sold(113, 1, 100)),
    ["suspense → revenue/1300 100.00", "suspense → outputTax/1300 13.00"],
  ],
  [
    "1 and 2",
    "cash 50.00 and WeChat 63.00 for one sale",
    posted(sold(113, 1, 0), [...sold(63, 1, 100).tenders, ...sold(50, 1, 0).tenders]),
    ["suspense → revenue/1300 63.00", "drawer/A1 → revenue/1300 37.00", "drawer/A1 → outputTax/1300 13.00"],
  ],
  ["2b", "captured, then reversed", reversedTransfers(captured(113)), ["receivable/w → suspense -113.00"]],
  [
    "3",
    "10.00 coupon funded by the platform: what was paid is a memo",
    captured(113),
    ["receivable/w → suspense 113.00"],
  ],
  [
    "4",
    "11.30 coupon funded by the shop",
    captured(113, 101.7),
    ["receivable/w → suspense 101.70", "shopDiscount → suspense 10.00", "outputTax/1300 → suspense 1.30"],
  ],
  [
    "5",
    "抹零: lines 113.04, cash 113.00",
    posted(sold(113.04, 1, 0, { rounding: { step: 10, mode: "down" } })),
    ["drawer/A1 → revenue/1300 100.00", "drawer/A1 → outputTax/1300 13.00", "rounding → revenue/1300 0.04"].toSorted(),
  ],
  [
    "5 upward",
    "lines 112.96, cash 113.00: revenue",
    posted(sold(112.96, 1, 0, { rounding: { step: 10, mode: "up" } })),
    ["drawer/A1 → revenue/1300 100.00", "drawer/A1 → outputTax/1300 13.00"],
  ],
  ["6", "tip 5.00 in a capture", captured(118), ["receivable/w → suspense 118.00"]],
  [
    "6",
    "then the sale's fact: no revenue, no tax in the tip",
    posted(sold(113, 1, 100, { tip: 500 })),
    ["suspense → revenue/1300 100.00", "suspense → outputTax/1300 13.00", "suspense → tipsPayable 5.00"],
  ],
  [
    "7",
    "return of 56.50",
    posted(oneBack(100)),
    ["returns/1300 → refundsOwed/w 50.00", "outputTax/1300 → refundsOwed/w 6.50"],
  ],
  ["7", "accepted by the provider", acceptedTransfers("w", yuan(56.5)), ["refundsOwed/w → receivable/w 56.50"]],
  [
    "7 in cash",
    "return of 56.50 out of the drawer",
    posted(oneBack(0)),
    ["returns/1300 → drawer/A1 50.00", "outputTax/1300 → drawer/A1 6.50"],
  ],
  [
    "8",
    "that refund later closed or abnormal",
    reversedTransfers(acceptedTransfers("w", yuan(56.5))),
    ["refundsOwed/w → receivable/w -56.50"],
  ],
  [
    "4 and 7",
    "a refund of which the shop's coupon had paid 5.65",
    takenLessTransfers("w", yuan(56.5), yuan(50.85), taxes),
    ["receivable/w → shopDiscount 5.00", "receivable/w → outputTax/1300 0.65"],
  ],
  ["7", "a refund taken whole", takenLessTransfers("w", yuan(56.5), yuan(56.5), taxes), []],
  [
    "14",
    "unverified tender 113.00",
    posted(sold(113, 1, 0), [unverified]),
    ["unproven → revenue/1300 100.00", "unproven → outputTax/1300 13.00"],
  ],
  [
    "15",
    "capture without sale, completed",
    posted(sold(113, 1, 100)),
    ["suspense → revenue/1300 100.00", "suspense → outputTax/1300 13.00"],
  ],
  ["15", "capture without sale, refunded", owedTransfers("w", yuan(113)), ["suspense → refundsOwed/w 113.00"]],
  [
    "18 and 19",
    "800.00 counted where 801.00 must be",
    counted(801, 800),
    ["safe → drawer/A1 800.00", "cashPending → drawer/A1 1.00"],
  ],
  [
    "18 and 19",
    "800.00 counted where 799.00 must be",
    counted(799, 800),
    ["safe → drawer/A1 800.00", "drawer/A1 → cashPending 1.00"],
  ],
  ["19", "float 200.00", floatTransfers("A1", yuan(200), yuan(0)), ["drawer/A1 → safe 200.00"]],
  ["19", "no float", floatTransfers("A1", yuan(0), yuan(0)), []],
  [
    "19",
    "float 200.00 of which 150.00 lay there",
    floatTransfers("A1", yuan(200), yuan(150)),
    ["drawer/A1 → safe 50.00"],
  ],
  ["19", "what was left is the float", floatTransfers("A1", yuan(200), yuan(200)), []],
  ["18", "10.00 gone of what was left", floatTransfers("A1", yuan(190), yuan(200)), ["cashPending → drawer/A1 10.00"]],
  ["19", "hand-over 800.00 by its slip", handedOverTransfers("A1", yuan(800)), ["safe → drawer/A1 800.00"]],
  ["18", "1.00 short, what was counted stays", counted(801, 800, 200), ["cashPending → drawer/A1 1.00"]],
  ["18", "1.00 over, what was counted stays", counted(799, 800, 200), ["drawer/A1 → cashPending 1.00"]],
  ["18", "a small lack ends by itself", smallTransfers(yuan(1)), ["loss → cashPending 1.00"]],
  ["18", "a small surplus ends by itself", smallTransfers(yuan(-1)), ["cashPending → otherIncome 1.00"]],
  ["19", "deposit 5000.00", depositTransfers(yuan(5000)), ["cashInTransit → safe 5000.00"]],
  ["19", "the bank has it", depositArrivedTransfers("icbc", yuan(5000)), ["bank/icbc → cashInTransit 5000.00"]],
  ["19", "hand-over 800.00", counted(800, 800), ["safe → drawer/A1 800.00"]],
  ["19", "nothing in the drawer, as it must be", counted(0, 0), []],
  ["19", "not counted", counted(800, null), []],
];

it.each(table)("row %s, %s, is posted with its figures", (_row, _event, transfers, expected) => {
  expect(rows(transfers).toSorted()).toEqual(expected.toSorted());
});

it.each<[kind: "paidIn" | "paidOut", reason: CashReason, expected: string]>([
  ["paidOut", "supplies", "expense/supplies → drawer/A1 20.00"],
  ["paidOut", "supplier", "expense/supplier → drawer/A1 20.00"],
  ["paidOut", "other", "expense/other → drawer/A1 20.00"],
  ["paidOut", "safe", "safe → drawer/A1 20.00"],
  ["paidOut", "change", "safe → drawer/A1 20.00"],
  ["paidOut", "owner", "owner → drawer/A1 20.00"],
  ["paidIn", "change", "drawer/A1 → safe 20.00"],
  ["paidIn", "safe", "drawer/A1 → safe 20.00"],
  ["paidIn", "owner", "drawer/A1 → owner 20.00"],
  ["paidIn", "other", "drawer/A1 → otherIncome 20.00"],
])("row 20, %s 20.00 for %s, goes by its reason", (kind, reason, expected) => {
  expect(rows(cashMovedTransfers("A1", kind, reason, yuan(20)))).toEqual([expected]);
});

it("a counted drawer holds what was counted, and after the hand-over what was kept, whatever was expected", () => {
  const amount = fc.nat(1_000_000);
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 1_000_000 }), amount, amount, (expected, found, some) => {
      const kept = Math.min(found, some);
      const moved = [
        ...counted(expected / 100, found / 100, kept / 100),
        ...handedOverTransfers("A1", money(found - kept, "CNY")),
      ];
      const left = moved.reduce(
        (all, { debit, credit, amount: part }) =>
          all + (debit === "drawer/A1" ? part.amount : 0) - (credit === "drawer/A1" ? part.amount : 0),
        expected,
      );
      expect(left).toBe(kept);
    }),
  );
});

it("a drawer counted by a build that knew no hand-over is empty afterwards, whatever was expected and found", () => {
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 1_000_000 }), fc.nat(1_000_000), (expected, found) => {
      const left = counted(expected / 100, found / 100).reduce(
        (all, { debit, credit, amount }) =>
          all + (debit === "drawer/A1" ? amount.amount : 0) - (credit === "drawer/A1" ? amount.amount : 0),
        expected,
      );
      expect(left).toBe(0);
    }),
  );
});

it("a shop's coupon leaves the order in suspense and takes its own tax out, whatever its size and the rates", () => {
  const grosses = fc.array(fc.integer({ min: -5_000, max: 10_000_000 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(
      grosses,
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 100 }),
      (gross, order, percent) => {
        const lines = gross.map((amount, nth): TaxLine => {
          const rate = taxRate([1300, 900, 600][nth]!);
          const tax = taxOf(money(amount, "CNY"), rate, "included");
          return { rate, tax, net: money(amount - tax.amount, "CNY") };
        });
        const coupon = Math.floor((order * percent) / 100);
        const transfers = capturedTransfers(
          "w",
          { order: money(order, "CNY"), receivable: money(order - coupon, "CNY") },
          lines,
        );
        const debited = (name: string) =>
          transfers.filter(({ debit }) => debit.startsWith(name)).reduce((all, { amount }) => all + amount.amount, 0);
        expect(debited("receivable/w")).toBe(order - coupon);
        expect(debited("shopDiscount") + debited("outputTax/")).toBe(coupon);
        expect(debited("outputTax/")).toBeLessThanOrEqual(Math.ceil(coupon * 0.13));
        expect(transfers.every(({ credit, amount }) => credit === "suspense" && amount.amount > 0)).toBe(true);
        const red = takenLessTransfers("w", money(order, "CNY"), money(order - coupon, "CNY"), lines);
        expect(red.reduce((all, { amount }) => all + amount.amount, 0)).toBe(coupon);
      },
    ),
  );
});
