import type { CompletedSale } from "../journal.ts";
import { priceOf } from "../quantity.ts";
import { grossOf, type SaleLine } from "../sale-line.ts";
import { itemCountOf, roundingPerLine, taxPerLine } from "../sale-totals.ts";
import type { Tender } from "../tender.ts";

/** By what a receipt's figures are split; `all` is not at all. */
export const dimensions = ["all", "product", "category", "tender", "tax", "discount"] as const;
export type Dimension = (typeof dimensions)[number];

/** The figures of a report, as the folder's README defines them. Amounts are minor units. */
export const figureNames = [
  "sales",
  "returns",
  "items",
  "itemsBack",
  "gross",
  "discounts",
  "returned",
  "rounding",
  "tax",
  "total",
  "tips",
  "thousandths",
] as const;
export type FigureName = (typeof figureNames)[number];
export type Figures = Readonly<Record<FigureName, number>>;

/** What a receipt adds to one row: its share of `key` within `dimension`. */
export type Counted = {
  readonly dimension: Dimension;
  readonly key: string;
  /** Of a product's `thousandths`; empty for all else. */
  readonly unit: string;
  readonly figures: Figures;
};

export const noFigures: Figures = Object.fromEntries(figureNames.map((name) => [name, 0])) as Figures;

/** a + b, figure by figure. */
export function addFigures(a: Figures, b: Partial<Figures>): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, a[name] + (b[name] ?? 0)])) as Figures;
}

/**
 * What a completed sale adds to the reports: one row for the whole of it, and one for each product, category, tender, tax rate and
 * way of giving something away.
 *
 * @param categoryOf a product's category; empty when the catalogue does not know it
 */
export function countedOf(
  completed: Pick<CompletedSale, "sale" | "tenders">,
  categoryOf: (product: string) => string,
): readonly Counted[] {
  const { sale, tenders } = completed;
  const lines = linesCounted(completed);
  const whole = lines.reduce((all, { figures }) => addFigures(all, figures), noFigures);
  const all: Figures = {
    ...whole,
    sales: 1,
    returns: sale.lines.some((line) => line.returnOf !== null) ? 1 : 0,
    rounding: sale.rounding.amount,
    total: sale.total.amount,
    tips: tenders.reduce<number>((sum, tender) => sum + (tender.kind === "payment" ? tender.tip.amount : 0), 0),
    thousandths: 0,
  };
  const by = (dimension: Dimension, keyOf: (line: SaleLine) => string): readonly Counted[] =>
    merged(
      lines.map(({ line, figures }) => ({
        dimension,
        key: keyOf(line),
        unit: dimension === "product" ? line.quantity.unit : "",
        figures: dimension === "product" ? figures : { ...figures, thousandths: 0 },
      })),
    );
  return [
    { dimension: "all", key: "", unit: "", figures: all },
    ...by("product", (line) => line.product),
    ...by("category", (line) => categoryOf(line.product)),
    ...by("tax", (line) => String(line.taxRate)),
    ...merged(tenders.map(tenderCounted)),
    ...merged(givenAway(completed)),
  ];
}

type CountedLine = { readonly line: SaleLine; readonly figures: Figures };

/** Each line with its own figures and its shares of the sale's tax and rounding; together they are the sale's. */
function linesCounted({ sale, tenders }: Pick<CompletedSale, "sale" | "tenders">): readonly CountedLine[] {
  const { lines, taxMode } = sale;
  const taxes = taxShares({ sale, tenders });
  const roundings = roundingPerLine(lines, sale.rounding).map((share) => share.amount as number);
  return lines.map((line, at): CountedLine => {
    const tax = taxes[at] ?? 0;
    const onTop = taxMode === "added" ? tax : 0;
    const isBack = line.returnOf !== null;
    const rounding = roundings[at] ?? 0;
    const count = itemCountOf([line]);
    return {
      line,
      figures: {
        ...noFigures,
        sales: 1,
        returns: isBack ? 1 : 0,
        items: isBack ? 0 : count,
        itemsBack: isBack ? -count : 0,
        gross: isBack ? 0 : grossOf(line).amount,
        discounts: line.reductions.reduce((sum, each) => sum + each.amount.amount, 0),
        returned: isBack ? -line.amount.amount : 0,
        rounding,
        tax,
        total: line.amount.amount - rounding + onTop,
        thousandths: line.quantity.thousandths,
        tips: 0,
      },
    };
  });
}

/** The receipt's tax by rate, shared over the rate's lines. What rules of another day would share otherwise falls on the largest. */
function taxShares({ sale, tenders }: Pick<CompletedSale, "sale" | "tenders">): number[] {
  const { lines, taxMode } = sale;
  const shares = taxPerLine({ lines, taxMode, tenders, currency: sale.total.currency }).map(
    (share) => share.amount as number,
  );
  for (const { rate, tax } of sale.taxes) {
    const of = lines.flatMap((line, at) => (line.taxRate === rate ? [at] : []));
    const rest = tax.amount - of.reduce((sum, at) => sum + (shares[at] ?? 0), 0);
    const size = (at: number): number => Math.abs(lines[at]?.amount.amount ?? 0);
    const largest = of.toSorted((a, b) => size(b) - size(a) || a - b)[0];
    if (rest !== 0 && largest !== undefined) shares[largest] = (shares[largest] ?? 0) + rest;
  }
  return shares;
}

/** `cash`, `wechat`, or `unverified/wechat`; a refund is the channel's. */
function tenderCounted(tender: Tender): Counted {
  const key =
    tender.kind === "cash" ? "cash" : tender.kind === "unverified" ? `unverified/${tender.channel}` : tender.channel;
  const { amount } = tender.amount;
  return {
    dimension: "tender",
    key,
    unit: "",
    figures: {
      ...noFigures,
      sales: 1,
      returns: amount < 0 ? 1 : 0,
      gross: Math.max(amount, 0),
      returned: Math.max(-amount, 0),
      rounding: tender.kind === "cash" ? tender.rounding.amount : 0,
      total: amount,
      tips: tender.kind === "payment" ? tender.tip.amount : 0,
    },
  };
}

/** Everything that made the receipt smaller than its list prices, by how. `items` counts lines. */
function givenAway({ sale }: Pick<CompletedSale, "sale">): readonly Counted[] {
  const row = (key: string, amount: number): Counted => ({
    dimension: "discount",
    key,
    unit: "",
    figures: { ...noFigures, sales: 1, items: 1, discounts: amount },
  });
  const rounded = sale.rounding.amount === 0 ? [] : [row("rounding", sale.rounding.amount)];
  return [
    ...sale.lines.flatMap((line) => [
      ...line.reductions.map(({ scope, amount }) => {
        const rule = scope === "line" ? line.discount : sale.discount;
        return row(`${scope}/${rule?.kind ?? "amount"}`, amount.amount);
      }),
      ...priceGiven(line),
    ]),
    ...rounded,
  ];

  function priceGiven(line: SaleLine): readonly Counted[] {
    if (line.returnOf !== null) return [];
    const paid = grossOf(line).amount;
    if (line.override !== null) {
      const listed = line.override.labelPrice ?? priceOf(line.override.listed, line.quantity);
      return listed.amount === paid ? [] : [row(`price/${line.override.reason}`, listed.amount - paid)];
    }
    if (line.labelPrice !== null || line.listPrice.amount <= line.unitPrice.amount) return [];
    return [row("offer", priceOf(line.listPrice, line.quantity).amount - paid)];
  }
}

/** One row a key: a receipt counts once in it, however many of its lines do. */
function merged(rows: readonly Counted[]): readonly Counted[] {
  const byKey = new Map<string, Counted>();
  for (const row of rows) {
    const known = byKey.get(row.key);
    if (known === undefined) byKey.set(row.key, row);
    else {
      const figures = addFigures(known.figures, row.figures);
      const returns = Math.max(known.figures.returns, row.figures.returns);
      // a product that is sold by the piece and by weight: its quantity says little, but always the same
      const unit = known.unit < row.unit ? known.unit : row.unit;
      byKey.set(row.key, { ...known, unit, figures: { ...figures, sales: 1, returns } });
    }
  }
  return [...byKey.values()];
}
