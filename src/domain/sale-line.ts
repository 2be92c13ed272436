import type { DiscountRule } from "./discount.ts";
import { reductionOf } from "./discount.ts";
import type { ProductId, SaleId } from "./identifier.ts";
import type { Language } from "./item.ts";
import { allocate, money, subtract, sum, type CurrencyCode, type Money } from "./money.ts";
import { priceOf, type Quantity } from "./quantity.ts";
import type { TaxRate } from "./tax.ts";

/** Why somebody asked another price than the shop's. */
export type OverrideReason = "damaged" | "nearExpiry" | "priceMatch" | "labelWrong" | "regular" | "other";

/** Another price than the shop's, which is kept for the way back: `listed` a unit, and what a scale's label had said. */
export type Override = {
  readonly listed: Money;
  readonly reason: OverrideReason;
  readonly labelPrice?: Money | undefined;
};

/** Why goods come back. */
export type ReturnReason = "defective" | "wrongItem" | "changedMind" | "other";

/** What was taken off a line: by its own discount, or its share of the sale's. */
export type Reduction = { readonly scope: "line" | "sale"; readonly amount: Money };

/** The line of a completed sale that comes back, and the share of its tax that goes with it (negative). */
export type ReturnOf = {
  readonly sale: SaleId;
  readonly line: number;
  readonly tax: Money;
  /** The number on that sale's paper; absent in entries of older builds. */
  readonly receipt?: string | undefined;
  /** Undefined when nobody said. */
  readonly reason?: ReturnReason | undefined;
};

export type SaleLine = {
  /** 1, 2, 3… in the order of scanning; never used twice in a sale. */
  readonly line: number;
  readonly product: ProductId;
  readonly names: { readonly [L in Language]: string };
  readonly barcode: string | null;
  /** Negative for goods or deposits coming back. */
  readonly quantity: Quantity;
  readonly unitPrice: Money;
  /** The price before the offer, equal to `unitPrice` when there is none. */
  readonly listPrice: Money;
  /** The amount that a scale's label says, in place of `unitPrice` × `quantity`. */
  readonly labelPrice: Money | null;
  /** What the label itself said, once the count was changed: every later count is reckoned from it. */
  readonly label?: { readonly amount: Money; readonly thousandths: number } | undefined;
  /** The shop's own price and why another was asked; null when it was not. */
  readonly override: Override | null;
  /** The line's own discount, as it was asked for. */
  readonly discount: DiscountRule | null;
  /** What was taken off, by cause: `grossOf(line)` less these is `amount`. A line coming back has none. */
  readonly reductions: readonly Reduction[];
  /** What the line comes to: with included tax what it costs, with added tax before the tax. */
  readonly amount: Money;
  readonly taxRate: TaxRate;
  /** The line this deposit goes with; null for all other lines. */
  readonly depositFor: number | null;
  /** A deposit (押金) takes no discount. */
  readonly isDeposit: boolean;
  readonly returnOf: ReturnOf | null;
  /** What the cashier wrote to it, as `lineNote` keeps it. */
  readonly note?: string | undefined;
};

/** A line as it is added: what is left out has its plain value. */
export type NewLine = Pick<
  SaleLine,
  "product" | "names" | "barcode" | "quantity" | "unitPrice" | "listPrice" | "taxRate"
> &
  Partial<Pick<SaleLine, "labelPrice" | "override" | "discount" | "depositFor" | "isDeposit" | "note">>;

/** A line coming back: its amount and its tax are shares of what was paid for it, worked out by `returns.ts`. */
export type NewReturnLine = Pick<
  SaleLine,
  "product" | "names" | "barcode" | "quantity" | "unitPrice" | "listPrice" | "taxRate" | "amount" | "isDeposit"
> & { readonly returnOf: ReturnOf };

/** `added` as line number `line`, not priced yet. */
export function lineFrom(line: number, added: NewLine): SaleLine {
  return {
    labelPrice: null,
    override: null,
    discount: null,
    depositFor: null,
    isDeposit: false,
    ...added,
    line,
    reductions: [],
    amount: money(0, added.unitPrice.currency),
    returnOf: null,
  };
}

/** `added` as line number `line`. */
export function returnLineFrom(line: number, added: NewReturnLine): SaleLine {
  return { labelPrice: null, override: null, discount: null, depositFor: null, reductions: [], ...added, line };
}

/** What a line costs before anything is taken off: the label's price, or unit price × quantity rounded half up once. */
export function grossOf(line: Pick<SaleLine, "labelPrice" | "unitPrice" | "quantity" | "returnOf" | "amount">): Money {
  if (line.returnOf !== null) return line.amount;
  return line.labelPrice ?? priceOf(line.unitPrice, line.quantity);
}

/**
 * What a line is shown with on the ticket, to the customer and on paper: its own discount taken off, its share of the sale's not,
 * which is a row of its own at the foot. A ticket's lines add up to its subtotal.
 */
export function shownAmountOf(line: Pick<SaleLine, "amount" | "reductions">): Money {
  const shares = line.reductions.filter((each) => each.scope === "sale").map((each) => each.amount);
  return sum([line.amount, ...shares], line.amount.currency);
}

/**
 * All lines with what their own discounts and the sale's take off. The sale's discount is worked out over goods sold (not
 * deposits, not lines coming back) after their own discounts, and split over them exactly by `allocate`.
 */
export function priceLines(
  lines: readonly SaleLine[],
  saleDiscount: DiscountRule | null,
  currency: CurrencyCode,
): SaleLine[] {
  const own = lines.map(withOwnDiscount);
  if (saleDiscount === null) return own;
  // by rate and amount, not as they were scanned: a fen left over falls on the same rate in whatever order
  const eligible = own
    .flatMap((line, at) =>
      takesDiscount(line) && line.amount.amount > 0 ? [{ at, rate: line.taxRate, amount: line.amount.amount }] : [],
    )
    .toSorted((a, b) => b.rate - a.rate || b.amount - a.amount || a.at - b.at)
    .map(({ at }) => at);
  const base = sum(
    eligible.map((at) => own[at]?.amount ?? money(0, currency)),
    currency,
  );
  // a target is for the whole sale: what does not take part stays as it is
  const others = subtract(
    sum(
      own.map((line) => line.amount),
      currency,
    ),
    base,
  );
  const rule =
    saleDiscount.kind === "target"
      ? ({ kind: "target", amount: subtract(saleDiscount.amount, others) } as const)
      : saleDiscount;
  const off = reductionOf(base, rule);
  if (off.amount === 0) return own;
  const shares = allocate(
    off,
    eligible.map((at) => own[at]?.amount.amount ?? 0),
  );
  return own.map((line, at) => {
    const share = shares[eligible.indexOf(at)];
    if (share === undefined || share.amount === 0) return line;
    return {
      ...line,
      amount: subtract(line.amount, share),
      reductions: [...line.reductions, { scope: "sale", amount: share }],
    };
  });
}

/** Whether discounts reach this line. */
export function takesDiscount(line: Pick<SaleLine, "isDeposit" | "returnOf" | "quantity">): boolean {
  return !line.isDeposit && line.returnOf === null && line.quantity.thousandths > 0;
}

function withOwnDiscount(line: SaleLine): SaleLine {
  if (line.returnOf !== null) return line;
  const gross = grossOf(line);
  if (line.discount === null || !takesDiscount(line)) return { ...line, amount: gross, reductions: [] };
  const off = reductionOf(gross, line.discount);
  return {
    ...line,
    amount: subtract(gross, off),
    reductions: off.amount === 0 ? [] : [{ scope: "line", amount: off }],
  };
}
