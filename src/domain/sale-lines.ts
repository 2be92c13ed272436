import { isDiscountRule, type DiscountRule } from "./discount.ts";
import { lineNote } from "./line-note.ts";
import { money, scaleHalfUp, type CurrencyCode, type Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";
import { ok, refuse, type Result } from "./result.ts";
import {
  lineFrom,
  priceLines,
  returnLineFrom,
  takesDiscount,
  type NewLine,
  type NewReturnLine,
  type OverrideReason,
  type SaleLine,
} from "./sale-line.ts";

/** A sale holds no more lines; a longer ticket is two sales. */
export const linesPerSaleMax = 500;

export type LineEvent =
  | { readonly kind: "addLine"; readonly line: NewLine }
  | { readonly kind: "addReturn"; readonly line: NewReturnLine }
  | { readonly kind: "changeLine"; readonly line: number; readonly quantity: Quantity }
  | { readonly kind: "removeLine"; readonly line: number }
  | { readonly kind: "discountLine"; readonly line: number; readonly discount: DiscountRule | null }
  | { readonly kind: "discountSale"; readonly discount: DiscountRule | null }
  /** Nothing left of the note takes it off. */
  | { readonly kind: "noteLine"; readonly line: number; readonly note: string }
  | {
      readonly kind: "overridePrice";
      readonly line: number;
      readonly unitPrice: Money;
      readonly reason: OverrideReason;
    };

export type LineRefusal = "noSuchLine" | "tooManyLines" | "noDiscount" | "returnedTwice" | "otherOriginal";

/** What of a sale its lines' events touch. */
type Ticket = {
  readonly lines: readonly SaleLine[];
  readonly lastLine: number;
  readonly discount: DiscountRule | null;
  readonly currency: CurrencyCode;
};

/** The open sale after a change of its lines; every line is priced anew. A deposit follows the line it goes with. */
export function linesAfter<T extends Ticket>(sale: T, event: LineEvent): Result<T, LineRefusal> {
  switch (event.kind) {
    case "addLine":
      if (sale.lines.length >= linesPerSaleMax) return refuse("tooManyLines");
      return priced(sale, [...sale.lines, lineFrom(sale.lastLine + 1, event.line)], sale.lastLine + 1);
    case "addReturn":
      return addReturn(sale, event.line);
    case "changeLine":
      return changeLine(sale, event.line, event.quantity);
    case "removeLine":
      if (!sale.lines.some((line) => line.line === event.line)) return refuse("noSuchLine");
      return priced(
        sale,
        sale.lines.filter((line) => line.line !== event.line && line.depositFor !== event.line),
      );
    case "discountLine":
      if (event.discount !== null && !isDiscountRule(event.discount)) return refuse("noDiscount");
      return changeOne(sale, event.line, (line) =>
        takesDiscount(line) ? { ...line, discount: event.discount } : null,
      );
    case "discountSale":
      if (event.discount !== null && !isDiscountRule(event.discount)) return refuse("noDiscount");
      return priced({ ...sale, discount: event.discount }, sale.lines);
    case "noteLine":
      return changeOne(sale, event.line, (line) => ({ ...line, note: lineNote(event.note) }));
    case "overridePrice":
      return overridePrice(sale, event);
  }
}

/** The open sale with `lines`, priced. */
function priced<T extends Ticket>(sale: T, lines: readonly SaleLine[], lastLine = sale.lastLine): Result<T, never> {
  return ok({ ...sale, lastLine, lines: priceLines(lines, sale.discount, sale.currency) });
}

/** A sale takes back lines of one original, each once: picking more of it is a change of that pick. */
function addReturn<T extends Ticket>(sale: T, added: NewReturnLine): Result<T, LineRefusal> {
  if (sale.lines.length >= linesPerSaleMax) return refuse("tooManyLines");
  const { returnOf } = added;
  const isThere = sale.lines.some(
    (line) => line.returnOf?.sale === returnOf.sale && line.returnOf.line === returnOf.line,
  );
  if (isThere) return refuse("returnedTwice");
  if (sale.lines.some((line) => line.returnOf !== null && line.returnOf.sale !== returnOf.sale))
    return refuse("otherOriginal");
  return priced(sale, [...sale.lines, returnLineFrom(sale.lastLine + 1, added)], sale.lastLine + 1);
}

function changeLine<T extends Ticket>(sale: T, line: number, quantity: Quantity): Result<T, LineRefusal> {
  const old = sale.lines.find((each) => each.line === line);
  const isSameKind = old !== undefined && old.quantity.unit === quantity.unit && old.returnOf === null;
  if (!isSameKind || Math.sign(old.quantity.thousandths) !== Math.sign(quantity.thousandths))
    return refuse("noSuchLine");
  return priced(
    sale,
    sale.lines.map((each) => {
      if (each.line === line) return { ...each, quantity, ...labelFor(each, quantity) };
      return each.depositFor === line ? { ...each, quantity } : each;
    }),
  );
}

/** What the scale's label said, for `quantity` of the same: the label's own share, rounded half up once. */
function labelFor(line: SaleLine, quantity: Quantity): Pick<SaleLine, "labelPrice" | "override" | "label"> {
  const { labelPrice, override } = line;
  const said = labelPrice ?? override?.labelPrice ?? null;
  if (said === null) return { labelPrice, override };
  const label = line.label ?? { amount: said, thousandths: Math.abs(line.quantity.thousandths) };
  const share = money(
    scaleHalfUp(label.amount.amount, Math.abs(quantity.thousandths), label.thousandths),
    label.amount.currency,
  );
  return {
    label,
    labelPrice: labelPrice === null ? null : share,
    override: override?.labelPrice === undefined ? override : { ...override, labelPrice: share },
  };
}

function overridePrice<T extends Ticket>(
  sale: T,
  event: Extract<LineEvent, { readonly kind: "overridePrice" }>,
): Result<T, LineRefusal> {
  return changeOne(sale, event.line, (line) => {
    if (line.returnOf !== null || line.isDeposit || event.unitPrice.amount < 0) return null;
    const listed = line.override?.listed ?? line.unitPrice;
    const unitPrice = money(event.unitPrice.amount, listed.currency);
    const labelPrice = line.labelPrice ?? line.override?.labelPrice ?? null;
    if (unitPrice.amount === listed.amount) return { ...line, unitPrice, labelPrice, override: null };
    const override = { listed, reason: event.reason, ...(labelPrice === null ? {} : { labelPrice }) };
    return { ...line, unitPrice, labelPrice: null, override };
  });
}

function changeOne<T extends Ticket>(
  sale: T,
  number: number,
  change: (line: SaleLine) => SaleLine | null,
): Result<T, LineRefusal> {
  const old = sale.lines.find((line) => line.line === number);
  if (old === undefined) return refuse("noSuchLine");
  const next = change(old);
  if (next === null) return refuse("noDiscount");
  return priced(
    sale,
    sale.lines.map((line) => (line.line === number ? next : line)),
  );
}
