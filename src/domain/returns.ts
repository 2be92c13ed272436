import type { PaymentId, SaleId } from "./identifier.ts";
import { money, negate, scaleHalfUp, subtract, type CurrencyCode, type Money } from "./money.ts";
import { quantity, type Quantity } from "./quantity.ts";
import type { NewLine, NewReturnLine, ReturnReason, SaleLine } from "./sale-line.ts";
import { roundingPerLine, taxPerLine } from "./sale-totals.ts";
import type { TaxMode } from "./tax.ts";
import type { PaymentChannel, Tender } from "./tender.ts";
import { ok, refuse, type Result } from "./result.ts";

/** A completed sale as far as a return needs it. */
export type SoldSale = {
  readonly id: SaleId;
  readonly taxMode: TaxMode;
  readonly lines: readonly SaleLine[];
  readonly tenders: readonly Tender[];
  readonly rounding: Money;
  readonly currency: CurrencyCode;
};

/** What has come back of a line already; all not negative. */
export type ReturnedLine = {
  readonly line: number;
  readonly thousandths: number;
  readonly amount: number;
  readonly tax: number;
};

/** What can still come back of a line. `amount` is before added tax; `tax` is what is in it or comes on top. */
export type LineLeft = {
  readonly line: SaleLine;
  readonly quantity: Quantity;
  readonly amount: Money;
  readonly tax: Money;
};

/** Where money for a sale came from and can go back to, and how much of it is left there. */
export type TenderLeft =
  | { readonly kind: "payment"; readonly attempt: PaymentId; readonly channel: PaymentChannel; readonly left: Money }
  | { readonly kind: "cash"; readonly left: Money };

/** An exchange's part that was paid at the original: refundable to the same place as if it had been paid for this sale. */
export type Carried =
  | { readonly kind: "payment"; readonly attempt: PaymentId; readonly channel: PaymentChannel; readonly amount: Money }
  | { readonly kind: "cash"; readonly amount: Money };

/** What can still come back of each line of `sold` that was sold; lines fully back and lines that came back are left out. */
export function linesLeft(sold: SoldSale, returned: readonly ReturnedLine[]): LineLeft[] {
  const rounding = roundingPerLine(sold.lines, sold.rounding);
  const taxes = taxPerLine(sold);
  return sold.lines.flatMap((line, at) => {
    if (line.returnOf !== null || line.quantity.thousandths <= 0) return [];
    const so = returned.filter((each) => each.line === line.line);
    const back = (of: (each: ReturnedLine) => number): number => so.reduce((all, each) => all + of(each), 0);
    const thousandths = line.quantity.thousandths - back((each) => each.thousandths);
    const paid = subtract(line.amount, rounding[at] ?? money(0, sold.currency));
    const amount = money(paid.amount - back((each) => each.amount), sold.currency);
    const tax = money((taxes[at]?.amount ?? 0) - back((each) => each.tax), sold.currency);
    if (amount.amount < 0 || (amount.amount === 0 && thousandths <= 0)) return [];
    return [{ line, quantity: quantity(Math.max(thousandths, 0), line.quantity.unit), amount, tax }];
  });
}

/** What of an original the lines of a ticket take back, in figures. */
export function returnedLines(lines: readonly SaleLine[]): ReturnedLine[] {
  return lines.flatMap(({ returnOf, quantity: { thousandths }, amount }) =>
    returnOf === null
      ? []
      : [{ line: returnOf.line, thousandths: -thousandths, amount: -amount.amount, tax: -returnOf.tax.amount }],
  );
}

/** Whether `asked` can come back of `sold` after `returned` has. */
export function areLeft(sold: SoldSale, returned: readonly ReturnedLine[], asked: readonly ReturnedLine[]): boolean {
  const left = linesLeft(sold, returned);
  return asked.every((each) => {
    const of = left.find(({ line }) => line.line === each.line);
    return of !== undefined && each.thousandths <= of.quantity.thousandths && each.amount <= of.amount.amount;
  });
}

/** Which sale goods come back of; with the number on its paper, which then stands on the return's. */
type Original = Pick<SoldSale, "id"> & { readonly receipt?: string };

/**
 * The line by which `back` of what is left comes back: its share of what was paid, rounded half up; the last piece takes the
 * rest, so that all returns together give back exactly what was paid.
 */
export function returnByQuantity(
  sold: Original,
  left: LineLeft,
  back: Quantity,
  reason?: ReturnReason,
): Result<NewReturnLine, "tooMuch"> {
  const asked = back.thousandths;
  if (back.unit !== left.quantity.unit || asked <= 0 || asked > left.quantity.thousandths) return refuse("tooMuch");
  const isAll = asked === left.quantity.thousandths;
  const amount = isAll
    ? left.amount
    : money(scaleHalfUp(left.amount.amount, asked, left.quantity.thousandths), left.amount.currency);
  return ok(returnLine(sold, left, back.thousandths, amount, reason));
}

/** The line by which `amount` comes back without goods: a reduction after the sale. */
export function returnByAmount(
  sold: Original,
  left: LineLeft,
  amount: Money,
  reason?: ReturnReason,
): Result<NewReturnLine, "tooMuch"> {
  if (amount.amount <= 0 || amount.amount > left.amount.amount) return refuse("tooMuch");
  return ok(returnLine(sold, left, 0, amount, reason));
}

/**
 * To which tenders `owed` (above zero) goes back: electronic ones first, then cash, never above what is left on each
 * (`books.md` 9). `short` is what no tender has room for.
 */
export function splitBack(
  owed: Money,
  left: readonly TenderLeft[],
): { readonly parts: readonly Carried[]; readonly short: Money } {
  let rest: number = owed.amount;
  const parts: Carried[] = [];
  const inOrder = [...left.filter((each) => each.kind === "payment"), ...left.filter((each) => each.kind === "cash")];
  for (const each of inOrder) {
    const amount = money(Math.min(rest, Math.max(each.left.amount, 0)), owed.currency);
    if (amount.amount === 0) continue;
    parts.push(
      each.kind === "cash"
        ? { kind: "cash", amount }
        : { kind: "payment", attempt: each.attempt, channel: each.channel, amount },
    );
    rest -= amount.amount;
  }
  return { parts, short: money(rest, owed.currency) };
}

/** What is left on each tender after `used` went back or was carried on. */
export function tendersLess(left: readonly TenderLeft[], used: readonly Carried[]): TenderLeft[] {
  return left.map((each) => {
    const gone = used
      .filter((part) => part.kind === each.kind && (part.kind === "cash" || isSameAttempt(part, each)))
      .reduce((all, part) => all + part.amount.amount, 0);
    return { ...each, left: money(each.left.amount - gone, each.left.currency) };
  });
}

/** All that the goods coming back were paid with, tax on top included; not negative. */
export function returnedValue(sale: {
  readonly lines: readonly SaleLine[];
  readonly taxMode: TaxMode;
  readonly currency: CurrencyCode;
}): Money {
  const amount = sale.lines.reduce<number>((all, line) => {
    if (line.returnOf === null) return all;
    return all - line.amount.amount - (sale.taxMode === "added" ? line.returnOf.tax.amount : 0);
  }, 0);
  return money(amount, sale.currency);
}

/**
 * What a completed sale with goods coming back uses up of its original's tenders: what was carried on and what went back. Cash
 * above the goods' own value (for empties handed in beside them) never was on those tenders.
 */
export function usedOfOriginal(
  sale: Parameters<typeof returnedValue>[0] & {
    readonly tenders: readonly Tender[];
    readonly carried: readonly Carried[];
  },
): Carried[] {
  const out = sale.tenders.filter((tender) => tender.amount.amount < 0);
  const refunded = out.flatMap((tender): Carried[] =>
    tender.kind === "refund"
      ? [{ kind: "payment", attempt: tender.attempt, channel: tender.channel, amount: negate(tender.amount) }]
      : [],
  );
  const others = [...sale.carried, ...refunded];
  const cash = out.reduce<number>((all, tender) => (tender.kind === "cash" ? all - tender.amount.amount : all), 0);
  const room = others.reduce<number>((all, part) => all - part.amount.amount, returnedValue(sale).amount);
  const ofOriginal = Math.min(cash, Math.max(room, 0));
  return ofOriginal === 0 ? others : [...others, { kind: "cash", amount: money(ofOriginal, sale.currency) }];
}

/** A completed sale as far as it matters where its money came from. */
type Paid = Pick<SoldSale, "lines" | "taxMode" | "tenders" | "currency"> & { readonly carried: readonly Carried[] };

/**
 * What bottles taken in took off the sale's own goods: they were paid with in kind, so goods coming back give that part back in
 * cash. What bottles brought beyond the goods went out as cash at once and is not in it.
 */
export function setOffOf(sold: Omit<Paid, "carried">): Money {
  const taxes = taxPerLine(sold);
  const bottles = sold.lines.reduce((all, line, at) => {
    if (!isTakenIn(line)) return all;
    return all - line.amount.amount - (sold.taxMode === "added" ? (taxes[at]?.amount ?? 0) : 0);
  }, 0);
  const out = sold.tenders.reduce((all, tender) => all - Math.min(tender.amount.amount, 0), 0);
  const beyond = Math.max(out - returnedValue(sold).amount, 0);
  return money(Math.max(bottles - beyond, 0), sold.currency);
}

/** Whether a line is bottles that came back for their deposit in the same sale. */
export function isTakenIn(line: Pick<SaleLine, "returnOf" | "amount">): boolean {
  return line.returnOf === null && line.amount.amount < 0;
}

/** The line by which bottles taken in go back to the customer, who pays their deposit again: the sale is undone with them. */
export function handBack(line: SaleLine): NewLine {
  const { product, names, barcode, unitPrice, listPrice, taxRate, isDeposit } = line;
  const given = quantity(-line.quantity.thousandths, line.quantity.unit);
  return { product, names, barcode, quantity: given, unitPrice, listPrice, taxRate, isDeposit };
}

/** Whether a ticket's line is `taken` going back: no deposit is sold by itself otherwise. */
export function isHandBack(line: SaleLine, taken: SaleLine): boolean {
  const isAlone = line.isDeposit && line.depositFor === null && line.returnOf === null;
  return isAlone && line.product === taken.product && line.quantity.thousandths > 0;
}

/** What a sale's own tenders, its bottles, and what was carried into it can give back before anything was given back. */
export function tendersOf(sold: Paid): TenderLeft[] {
  const setOff = setOffOf(sold);
  const sources: Carried[] = [
    ...sold.tenders.flatMap((tender): Carried[] => {
      if (tender.amount.amount <= 0) return [];
      if (tender.kind === "cash") return [{ kind: "cash", amount: tender.amount }];
      if (tender.kind !== "payment") return [];
      return [{ kind: "payment", attempt: tender.attempt, channel: tender.channel, amount: tender.amount }];
    }),
    ...sold.carried,
    ...(setOff.amount === 0 ? [] : [{ kind: "cash", amount: setOff } as const]),
  ];
  const merged: TenderLeft[] = [];
  for (const { amount, ...source } of sources) {
    const at = merged.findIndex(
      (each) => each.kind === source.kind && (source.kind === "cash" || isSameAttempt(source, each)),
    );
    const known = merged[at];
    if (known === undefined) merged.push({ ...source, left: amount });
    else merged[at] = { ...known, left: money(known.left.amount + amount.amount, sold.currency) };
  }
  return merged;
}

function isSameAttempt(a: { readonly attempt?: PaymentId }, b: TenderLeft): boolean {
  return b.kind === "payment" && a.attempt === b.attempt;
}

function returnLine(
  sold: Original,
  left: LineLeft,
  thousandths: number,
  amount: Money,
  reason: ReturnReason | undefined,
): NewReturnLine {
  const { line } = left;
  const tax =
    amount.amount === left.amount.amount
      ? left.tax
      : money(scaleHalfUp(left.tax.amount, amount.amount, left.amount.amount), amount.currency);
  return {
    product: line.product,
    names: line.names,
    barcode: line.barcode,
    quantity: quantity(thousandths === 0 ? 0 : -thousandths, line.quantity.unit),
    unitPrice: line.unitPrice,
    listPrice: line.listPrice,
    taxRate: line.taxRate,
    amount: negate(amount),
    isDeposit: line.isDeposit,
    returnOf: {
      sale: sold.id,
      line: line.line,
      tax: negate(tax),
      ...(sold.receipt === undefined ? {} : { receipt: sold.receipt }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}
