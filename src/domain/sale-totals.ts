import { allocate, money, subtract, sum, type CurrencyCode, type Money } from "./money.ts";
import { priceOf, type Quantity } from "./quantity.ts";
import { taxOf, type TaxMode, type TaxRate } from "./tax.ts";

type TotalledLine = {
  readonly amount: Money;
  readonly taxRate: TaxRate;
  readonly quantity: Quantity;
  readonly listPrice: Money;
};
type Totalled = { readonly lines: readonly TotalledLine[]; readonly currency: CurrencyCode; readonly taxMode: TaxMode };

export type TaxLine = { readonly rate: TaxRate; readonly net: Money; readonly tax: Money };

export type SaleTotals = {
  /** Sum of the lines' amounts. */
  readonly lines: Money;
  /** What the lines would cost at list price, less what they cost. */
  readonly savings: Money;
  /** One entry per rate, highest first. */
  readonly taxes: readonly TaxLine[];
  readonly tax: Money;
  /** What the customer owes: with included tax the lines, with added tax the lines and the tax. */
  readonly total: Money;
  /** Pieces count one each; a weighed line counts one. */
  readonly itemCount: number;
};

/** The figures at the foot of a ticket. Tax is taken per rate over the whole sale and rounded half up once. */
export function totalsOf(sale: Totalled): SaleTotals {
  const lines = sum(
    sale.lines.map((line) => line.amount),
    sale.currency,
  );
  const list = sum(
    sale.lines.map((line) => priceOf(line.listPrice, line.quantity)),
    sale.currency,
  );
  const taxes = taxLines(sale);
  const tax = sum(
    taxes.map((each) => each.tax),
    sale.currency,
  );
  const itemCount = sale.lines.reduce(
    (count, line) => count + (line.quantity.unit === "piece" ? line.quantity.thousandths / 1000 : 1),
    0,
  );
  return {
    lines,
    savings: subtract(list, lines),
    taxes,
    tax,
    total: sale.taxMode === "included" ? lines : sum([lines, tax], sale.currency),
    itemCount,
  };
}

/** What the sale comes to. */
export function saleTotal(sale: Totalled): Money {
  return totalsOf(sale).total;
}

/** What has been tendered so far. */
export function sumOfTenders(sale: {
  readonly tenders: readonly { readonly amount: Money }[];
  readonly currency: CurrencyCode;
}): Money {
  return sum(
    sale.tenders.map((tender) => tender.amount),
    sale.currency,
  );
}

/** Each line's share of its rate's tax; the shares of a rate sum exactly to its tax. */
export function taxPerLine(sale: Totalled): Money[] {
  const shares = sale.lines.map(() => money(0, sale.currency));
  for (const { rate, tax } of taxLines(sale)) {
    const members = sale.lines.flatMap((line, index) => (line.taxRate === rate ? [index] : []));
    const weights = members.map((index) => Math.abs(sale.lines[index]?.amount.amount ?? 0));
    if (weights.every((weight) => weight === 0)) continue;
    allocate(tax, weights).forEach((share, nth) => {
      shares[members[nth] ?? 0] = share;
    });
  }
  return shares;
}

function taxLines(sale: Totalled): TaxLine[] {
  const rates = [...new Set(sale.lines.map((line) => line.taxRate))].toSorted((a, b) => b - a);
  return rates.map((rate) => {
    const gross = sum(
      sale.lines.filter((line) => line.taxRate === rate).map((line) => line.amount),
      sale.currency,
    );
    const tax = taxOf(gross, rate, sale.taxMode);
    return { rate, tax, net: sale.taxMode === "included" ? subtract(gross, tax) : gross };
  });
}
