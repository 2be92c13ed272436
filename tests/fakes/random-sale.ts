import fc from "fast-check";
import { instant } from "../../src/domain/clock.ts";
import type { DiscountRule } from "../../src/domain/discount.ts";
import type { PaymentId, ProductId, RefundId, SaleId, SessionId, StaffId } from "../../src/domain/identifier.ts";
import { money, negate, type Money } from "../../src/domain/money.ts";
import { pieces, quantity, type Quantity } from "../../src/domain/quantity.ts";
import { tendersOf, splitBack, type SoldSale, type TenderLeft } from "../../src/domain/returns.ts";
import type { RoundingRule } from "../../src/domain/rounding.ts";
import type { NewLine, NewReturnLine } from "../../src/domain/sale-line.ts";
import { totalsOf } from "../../src/domain/sale-totals.ts";
import { balanceOf, openSale, saleAfter, type Sale, type SaleEvent } from "../../src/domain/sale.ts";
import { taxRate, type TaxMode } from "../../src/domain/tax.ts";
import { cashBack, cashTender, type Tender } from "../../src/domain/tender.ts";

export const fen = (amount: number): Money => money(amount, "CNY");

/** Goods as they are scanned; `deposit` and `empties` are bottle deposits going out and coming back. */
export type Scanned = {
  readonly kind: "goods" | "deposit" | "empties";
  readonly price: number;
  readonly quantity: Quantity;
  readonly rate: number;
  readonly discount: DiscountRule | null;
};

/** A sale as it is played: what is scanned, taken off and paid how. */
export type Played = {
  readonly taxMode: TaxMode;
  readonly scanned: readonly Scanned[];
  readonly discount: DiscountRule | null;
  readonly rounding: RoundingRule | null;
  /** Shares of a hundred of what is due, paid by wallet one after the other; cash closes. */
  readonly wallets: readonly number[];
  readonly tip: number;
};

const rule: fc.Arbitrary<DiscountRule> = fc.oneof(
  fc.record({ kind: fc.constant("percent" as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ kind: fc.constant("amount" as const), amount: fc.integer({ min: 1, max: 20_000 }).map(fen) }),
  fc.record({ kind: fc.constant("target" as const), amount: fc.integer({ min: 0, max: 60_000 }).map(fen) }),
);
export const discountRules = fc.option(rule, { nil: null });
const rates = fc.constantFrom(0, 300, 600, 900, 1300);
const amounts = fc.oneof(
  fc.integer({ min: 1, max: 6 }).map(pieces),
  fc.integer({ min: 1, max: 9_999 }).map((grams) => quantity(grams, "kg")),
);
export const goods: fc.Arbitrary<Scanned> = fc.record({
  kind: fc.constant("goods" as const),
  price: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 30_000 })),
  quantity: amounts,
  rate: rates,
  discount: discountRules,
});
export const deposits: fc.Arbitrary<Scanned> = fc.record({
  kind: fc.constantFrom("deposit" as const, "empties" as const),
  price: fc.integer({ min: 1, max: 300 }),
  quantity: fc.integer({ min: 1, max: 6 }).map(pieces),
  rate: rates,
  discount: fc.constant(null),
});
const roundings = fc.option(
  fc.record({ step: fc.constantFrom(10, 50, 100), mode: fc.constantFrom("down" as const, "half", "up") }),
  { nil: null },
);

/** Any sale of a counter; `scanned` says of what. */
export function playedSales(scanned: fc.Arbitrary<Scanned> = fc.oneof(goods, goods, goods, deposits)) {
  return fc.record({
    taxMode: fc.constantFrom("included" as const, "added" as const),
    scanned: fc.array(scanned, { minLength: 1, maxLength: 7 }),
    discount: discountRules,
    rounding: roundings,
    wallets: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 2 }),
    tip: fc.constantFrom(0, 0, 500),
  });
}

const id = (name: string): string => `01JD7Z0000TA100000000000${name}`;
export const saleNamed = (name: string, taxMode: TaxMode = "included"): Sale =>
  openSale({
    id: id(name) as SaleId,
    currency: "CNY",
    taxMode,
    session: id("S1") as SessionId,
    staff: "staff-1" as StaffId,
    openedAt: instant(1),
  });

/** The sale after all `events`; throws the refusal's name. */
export function after(sale: Sale, ...events: readonly SaleEvent[]): Sale {
  return events.reduce((before, event) => {
    const next = saleAfter(before, event);
    if (!next.ok) throw new Error(`${event.kind}: ${next.refusal}`);
    return next.value;
  }, sale);
}

export function lineOf({ kind, price, quantity: amount, rate, discount }: Scanned): NewLine {
  return {
    product: "1" as ProductId,
    names: { "zh-CN": "牛奶", en: "Milk", ja: "牛乳" },
    barcode: null,
    quantity: kind === "empties" ? quantity(-amount.thousandths, amount.unit) : amount,
    unitPrice: fen(price),
    listPrice: fen(price),
    taxRate: taxRate(rate),
    discount,
    isDeposit: kind !== "goods",
  };
}

/** The open sale with everything scanned and taken off. */
export function ticket({ taxMode, scanned, discount }: Pick<Played, "taxMode" | "scanned" | "discount">): Sale {
  const lines = scanned.map((each) => ({ kind: "addLine", line: lineOf(each) }) as const);
  return after(saleNamed("A1", taxMode), ...lines, { kind: "discountSale", discount });
}

/** The sale, paid and completed. Money that goes back leaves as cash unless `left` says where it came from. */
export function complete(
  open: Sale,
  played: Pick<Played, "rounding" | "wallets" | "tip">,
  left: readonly TenderLeft[] = [],
): Sale {
  const { amount } = totalsOf(open).total;
  if (amount === 0) return after(open, { kind: "complete" });
  let sale = after(open, { kind: "beginTender" });
  if (amount < 0) return after(sale, ...givenBack(sale, left), { kind: "complete" });
  played.wallets.forEach((share, nth) => {
    const due = balanceOf(sale).amount;
    const part = Math.floor((due * share) / 100);
    if (part > 0)
      sale = after(sale, { kind: "addTender", tender: wallet(`W${nth}`, part, nth === 0 ? played.tip : 0) });
  });
  const due = balanceOf(sale);
  if (due.amount > 0) {
    const tender = cashTender(due, fen(10_000_000), played.rounding);
    if (!tender.ok) throw new Error(tender.refusal);
    sale = after(sale, { kind: "addTender", tender: tender.value });
  }
  return after(sale, { kind: "complete" });
}

export function wallet(name: string, amount: number, tip = 0): Tender {
  return {
    kind: "payment",
    amount: fen(amount),
    attempt: id(name) as PaymentId,
    channel: "wechat",
    providerTransactionId: "4200000000000000001",
    capturedAt: instant(5),
    tip: fen(tip),
  };
}

function givenBack(sale: Sale, left: readonly TenderLeft[]): SaleEvent[] {
  const owed = negate(balanceOf(sale));
  const { parts, short } = splitBack(owed, left);
  const tenders = parts.map((part): Tender => {
    if (part.kind === "cash") return cashBack(part.amount);
    return {
      kind: "refund",
      amount: negate(part.amount),
      refund: id("R1") as RefundId,
      attempt: part.attempt,
      channel: part.channel,
      of: id("A1") as SaleId,
    };
  });
  if (short.amount > 0) tenders.push(cashBack(short));
  return tenders.map((tender) => ({ kind: "addTender", tender }));
}

/** A completed sale as returns see it. */
export function soldSale(sale: Sale): SoldSale {
  return { ...sale, rounding: totalsOf(sale).rounding };
}

/** A new sale that takes `lines` of `sold` back, and sells `scanned` in exchange. */
export function exchange(sold: Sale, lines: readonly NewReturnLine[], scanned: readonly Scanned[] = []): Sale {
  return after(
    saleNamed("B1", sold.taxMode),
    ...lines.map((line) => ({ kind: "addReturn", line }) as const),
    ...scanned.map((each) => ({ kind: "addLine", line: lineOf(each) }) as const),
  );
}

/** What `sold` was paid with and nothing of it given back. */
export const paidWith = (sold: Sale): TenderLeft[] => tendersOf(sold);
