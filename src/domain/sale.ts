import type { Instant } from "./clock.ts";
import type { PaymentId, ProductId, SaleId, SessionId, StaffId } from "./identifier.ts";
import type { Language } from "./item.ts";
import type { CurrencyCode, Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";
import type { TaxMode, TaxRate } from "./tax.ts";
import { priceOf } from "./quantity.ts";
import { ok, refuse, type Result } from "./result.ts";
import { saleTotal, sumOfTenders } from "./sale-totals.ts";
import type { Tender } from "./tender.ts";
import { unreachable } from "./assert.ts";

/** A sale holds no more lines; a longer ticket is two sales. */
export const linesPerSaleMax = 500;

export type SaleLine = {
  /** 1, 2, 3… in the order of scanning; never used twice in a sale. */
  readonly line: number;
  readonly product: ProductId;
  readonly names: { readonly [L in Language]: string };
  readonly barcode: string | null;
  readonly quantity: Quantity;
  readonly unitPrice: Money;
  /** The price before the offer, equal to `unitPrice` when there is none. */
  readonly listPrice: Money;
  /** `unitPrice` × `quantity`, rounded half up once. */
  readonly amount: Money;
  readonly taxRate: TaxRate;
};

export type Sale = {
  readonly id: SaleId;
  readonly state: "open" | "suspended" | "tendering" | "inDoubt" | "completed" | "voided";
  readonly currency: CurrencyCode;
  readonly taxMode: TaxMode;
  readonly session: SessionId;
  readonly staff: StaffId;
  readonly openedAt: Instant;
  readonly lines: readonly SaleLine[];
  /** The highest line number given so far. */
  readonly lastLine: number;
  readonly tenders: readonly Tender[];
  /** The attempt that is live, if any: while it is, the sale takes no further tender. */
  readonly liveAttempt: PaymentId | null;
};

export type SaleEvent =
  | { readonly kind: "addLine"; readonly line: Omit<SaleLine, "line" | "amount"> }
  | { readonly kind: "changeLine"; readonly line: number; readonly quantity: Quantity }
  | { readonly kind: "removeLine"; readonly line: number }
  | {
      readonly kind:
        | "suspend"
        | "resume"
        | "beginTender"
        | "tenderReturned"
        | "backToLines"
        | "park"
        | "complete"
        | "void";
    }
  | { readonly kind: "attemptStarted"; readonly attempt: PaymentId }
  /** The live attempt ended: captured (its tender follows), declined, or the gateway freed it. */
  | { readonly kind: "attemptEnded"; readonly attempt: PaymentId }
  | { readonly kind: "addTender"; readonly tender: Tender };

/** Why a sale did not take an event; the cashier sees it in words. */
export type SaleRefusal =
  | "notNow"
  | "attemptLive"
  | "balanceOpen"
  | "nothingToPay"
  | "noLines"
  | "hasTenders"
  | "noSuchLine"
  | "tooManyLines"
  | "overpaid"
  | "otherAttempt";

/** A new, empty sale. */
export function openSale(start: Pick<Sale, "id" | "currency" | "taxMode" | "session" | "staff" | "openedAt">): Sale {
  return { ...start, state: "open", lines: [], lastLine: 0, tenders: [], liveAttempt: null };
}

/** What is still to be paid: the total less the tenders. */
export function balanceOf(sale: Pick<Sale, "lines" | "tenders" | "currency" | "taxMode">): Money {
  const total = saleTotal(sale);
  return { ...total, amount: (total.amount - sumOfTenders(sale).amount) as Money["amount"] };
}

/** The sale after `event`, or why not. A completed or voided sale never changes. The table in the test is the specification. */
export function saleAfter(sale: Sale, event: SaleEvent): Result<Sale, SaleRefusal> {
  switch (sale.state) {
    case "open":
      return whileOpen(sale, event);
    case "suspended":
      if (event.kind === "resume") return ok({ ...sale, state: "open" });
      return event.kind === "void" ? ok({ ...sale, state: "voided" }) : refuse("notNow");
    case "tendering":
      return whileTendering(sale, event);
    case "inDoubt":
      if (event.kind !== "attemptEnded") return refuse("notNow");
      return event.attempt === sale.liveAttempt
        ? ok({ ...sale, state: "tendering", liveAttempt: null })
        : refuse("otherAttempt");
    case "completed":
    case "voided":
      return refuse("notNow");
    default:
      return unreachable(sale.state);
  }
}

function whileOpen(sale: Sale, event: SaleEvent): Result<Sale, SaleRefusal> {
  switch (event.kind) {
    case "addLine":
      return addLine(sale, event.line);
    case "changeLine":
      return changeLine(sale, event.line, event.quantity);
    case "removeLine":
      if (!sale.lines.some((line) => line.line === event.line)) return refuse("noSuchLine");
      return ok({ ...sale, lines: sale.lines.filter((line) => line.line !== event.line) });
    case "suspend":
      return ok({ ...sale, state: "suspended" });
    case "beginTender":
      if (sale.lines.length === 0) return refuse("noLines");
      return saleTotal(sale).amount === 0 ? refuse("nothingToPay") : ok({ ...sale, state: "tendering" });
    case "complete":
      if (sale.lines.length === 0) return refuse("noLines");
      return saleTotal(sale).amount === 0 ? ok({ ...sale, state: "completed" }) : refuse("balanceOpen");
    case "void":
      return ok({ ...sale, state: "voided" });
    default:
      return refuse("notNow");
  }
}

function whileTendering(sale: Sale, event: SaleEvent): Result<Sale, SaleRefusal> {
  const live = sale.liveAttempt !== null;
  switch (event.kind) {
    case "attemptStarted":
      if (balanceOf(sale).amount <= 0) return refuse("nothingToPay");
      return live ? refuse("attemptLive") : ok({ ...sale, liveAttempt: event.attempt });
    case "attemptEnded":
      return event.attempt === sale.liveAttempt ? ok({ ...sale, liveAttempt: null }) : refuse("otherAttempt");
    case "addTender":
      if (live) return refuse("attemptLive");
      return event.tender.amount.amount > balanceOf(sale).amount
        ? refuse("overpaid")
        : ok({ ...sale, tenders: [...sale.tenders, event.tender] });
    case "tenderReturned":
      return sale.tenders.length === 0 ? refuse("notNow") : ok({ ...sale, tenders: sale.tenders.slice(0, -1) });
    case "backToLines":
      if (live) return refuse("attemptLive");
      return sale.tenders.length > 0 ? refuse("hasTenders") : ok({ ...sale, state: "open" });
    case "park":
      return live ? ok({ ...sale, state: "inDoubt" }) : refuse("notNow");
    case "complete":
      if (live) return refuse("attemptLive");
      return balanceOf(sale).amount === 0 ? ok({ ...sale, state: "completed" }) : refuse("balanceOpen");
    case "void":
      if (live) return refuse("attemptLive");
      return sale.tenders.length > 0 ? refuse("hasTenders") : ok({ ...sale, state: "voided" });
    default:
      return refuse("notNow");
  }
}

function addLine(sale: Sale, line: Omit<SaleLine, "line" | "amount">): Result<Sale, SaleRefusal> {
  if (sale.lines.length >= linesPerSaleMax) return refuse("tooManyLines");
  const number = sale.lastLine + 1;
  const added = { ...line, line: number, amount: priceOf(line.unitPrice, line.quantity) };
  return ok({ ...sale, lastLine: number, lines: [...sale.lines, added] });
}

function changeLine(sale: Sale, line: number, quantity: Quantity): Result<Sale, SaleRefusal> {
  const old = sale.lines.find((each) => each.line === line);
  if (old === undefined || old.quantity.unit !== quantity.unit) return refuse("noSuchLine");
  const changed = { ...old, quantity, amount: priceOf(old.unitPrice, quantity) };
  return ok({ ...sale, lines: sale.lines.map((each) => (each.line === line ? changed : each)) });
}
