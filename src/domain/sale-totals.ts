import { grossOf, takesDiscount, type SaleLine } from "./sale-line.ts";
import { allocate, money, subtract, sum, type CurrencyCode, type Money } from "./money.ts";
import { priceOf } from "./quantity.ts";
import { taxOf, type TaxMode, type TaxRate } from "./tax.ts";
import type { Tender } from "./tender.ts";

type Totalled = {
  readonly lines: readonly SaleLine[];
  readonly currency: CurrencyCode;
  readonly taxMode: TaxMode;
  readonly tenders: readonly Tender[];
};

export type TaxLine = { readonly rate: TaxRate; readonly net: Money; readonly tax: Money };

export type SaleTotals = {
  /** Sum of the lines' amounts. */
  readonly lines: Money;
  /** What the goods sold would cost at list price, less what they cost. Lines coming back take no part. */
  readonly savings: Money;
  /** What the sale's own discount took off. */
  readonly saleDiscount: Money;
  /** One entry per rate, highest first. */
  readonly taxes: readonly TaxLine[];
  readonly tax: Money;
  /** 抹零: what the cash tender took off. */
  readonly rounding: Money;
  /** What the customer owes: with included tax the lines, with added tax the lines and the tax; less the rounding. */
  readonly total: Money;
  /** Pieces count one each; a weighed line counts one. */
  readonly itemCount: number;
};

/** The figures at the foot of a ticket. Tax is taken per rate over the whole sale and rounded half up once. */
export function totalsOf(sale: Totalled): SaleTotals {
  const { currency, taxMode } = sale;
  const lines = amountOf(sale.lines, currency);
  const rounding = sum(
    sale.tenders.map((tender) => (tender.kind === "cash" ? tender.rounding : money(0, currency))),
    currency,
  );
  const taxes = taxLines(sale, rounding);
  const tax = sum(
    taxes.map((each) => each.tax),
    currency,
  );
  const before = taxMode === "included" ? lines : sum([lines, tax], currency);
  return {
    lines,
    savings: savingsOf(sale.lines, currency),
    saleDiscount: sum(
      sale.lines.flatMap((line) => line.reductions.filter((each) => each.scope === "sale").map((each) => each.amount)),
      currency,
    ),
    taxes,
    tax,
    rounding,
    total: subtract(before, rounding),
    itemCount: itemCountOf(sale.lines),
  };
}

/** Pieces count one each, a weighed line counts one, a deposit and money without goods none; what comes back counts down. */
export function itemCountOf(lines: readonly SaleLine[]): number {
  return lines.filter((line) => !line.isDeposit).reduce((count, line) => count + pieceCount(line), 0);
}

/** What the sale comes to. */
export function saleTotal(sale: Totalled): Money {
  return totalsOf(sale).total;
}

/** What has been tendered so far. */
export function sumOfTenders(sale: Pick<Totalled, "tenders" | "currency">): Money {
  return sum(
    sale.tenders.map((tender) => tender.amount),
    sale.currency,
  );
}

/**
 * Each line's share of its rate's tax; the shares of a rate sum exactly to its tax. A line coming back keeps its own, and bottles
 * coming back have the tax of their deposits, so that goods have all of theirs.
 */
export function taxPerLine(sale: Totalled): Money[] {
  const shares = sale.lines.map((line) => line.returnOf?.tax ?? money(0, sale.currency));
  const { taxes } = totalsOf(sale);
  for (const { rate, tax } of taxes) {
    const own = subtract(tax, returnedTax(sale.lines, rate, sale.currency));
    const members = sale.lines.flatMap((line, at) => (line.taxRate === rate && line.returnOf === null ? [at] : []));
    const amountAt = (at: number): number => sale.lines[at]?.amount.amount ?? 0;
    const share = (part: Money, of: readonly number[]): void => {
      if (of.length === 0) return;
      const weights = of.map((at) => Math.abs(amountAt(at)));
      allocate(part, weights).forEach((each, nth) => {
        shares[of[nth] ?? 0] = each;
      });
    };
    const back = members.filter((at) => amountAt(at) < 0);
    const taxBack = taxOf(
      money(
        back.reduce((all, at) => all + amountAt(at), 0),
        sale.currency,
      ),
      rate,
      sale.taxMode,
    );
    share(taxBack, back);
    share(
      subtract(own, taxBack),
      members.filter((at) => amountAt(at) > 0),
    );
  }
  return shares;
}

/** Each line's share of the rounding, over goods sold by what they cost; they sum exactly to it. */
export function roundingPerLine(lines: readonly SaleLine[], rounding: Money): Money[] {
  const weights = lines.map((line) => (line.returnOf === null ? Math.max(line.amount.amount, 0) : 0));
  if (rounding.amount === 0 || weights.every((weight) => weight === 0))
    return lines.map(() => money(0, rounding.currency));
  return allocate(rounding, weights);
}

function amountOf(lines: readonly SaleLine[], currency: CurrencyCode): Money {
  return sum(
    lines.map((line) => line.amount),
    currency,
  );
}

function savingsOf(lines: readonly SaleLine[], currency: CurrencyCode): Money {
  const sold = lines.filter(takesDiscount);
  const list = sum(
    sold.map((line) => (line.labelPrice === null ? priceOf(listOf(line), line.quantity) : grossOf(line))),
    currency,
  );
  const saved = subtract(list, amountOf(sold, currency));
  return saved.amount > 0 ? saved : money(0, currency);
}

/** The dearer of the price before the offer and the shop's own price before somebody asked another. */
function listOf(line: SaleLine): Money {
  const listed = line.override?.listed ?? line.listPrice;
  return listed.amount > line.listPrice.amount ? listed : line.listPrice;
}

/** Nothing of a line of which only money comes back. */
function pieceCount(line: SaleLine): number {
  if (line.quantity.thousandths === 0) return 0;
  if (line.quantity.unit === "piece") return line.quantity.thousandths / 1000;
  return line.quantity.thousandths < 0 ? -1 : 1;
}

function returnedTax(lines: readonly SaleLine[], rate: TaxRate, currency: CurrencyCode): Money {
  return sum(
    lines.flatMap((line) => (line.returnOf !== null && line.taxRate === rate ? [line.returnOf.tax] : [])),
    currency,
  );
}

/** In books and tax the rounding is a discount shared over the lines; with added tax it comes off the sum and leaves the tax. */
function taxLines(sale: Totalled, rounding: Money): TaxLine[] {
  const { currency, taxMode, lines } = sale;
  const shares = roundingPerLine(lines, rounding);
  const rates = [...new Set(lines.map((line) => line.taxRate))].toSorted((a, b) => b - a);
  return rates.map((rate) => {
    const sold = lines.flatMap((line, at) =>
      line.taxRate !== rate || line.returnOf !== null
        ? []
        : [taxMode === "included" ? subtract(line.amount, shares[at] ?? money(0, currency)) : line.amount],
    );
    const back = lines.filter((line) => line.taxRate === rate && line.returnOf !== null);
    const soldSum = sum(sold, currency);
    const tax = sum([taxOf(soldSum, rate, taxMode), returnedTax(back, rate, currency)], currency);
    const gross = sum([soldSum, amountOf(back, currency)], currency);
    return { rate, tax, net: taxMode === "included" ? subtract(gross, tax) : gross };
  });
}
