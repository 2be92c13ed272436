import type { Instant } from "./clock.ts";
import type { PaymentId, SaleId, SessionId, StaffId } from "./identifier.ts";
import { unreachable } from "./assert.ts";
import { ok, refuse, type Result } from "./result.ts";
import { linesAfter, type LineEvent, type LineRefusal } from "./sale-lines.ts";
import type { Carried } from "./returns.ts";
import type { DiscountRule } from "./discount.ts";
import type { SaleLine } from "./sale-line.ts";
import { saleTotal, sumOfTenders } from "./sale-totals.ts";
import type { Approval } from "./staff.ts";
import type { CurrencyCode, Money } from "./money.ts";
import type { TaxMode } from "./tax.ts";
import type { Tender } from "./tender.ts";

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
  /** The whole sale's discount (整单折扣), as it was asked for. */
  readonly discount: DiscountRule | null;
  /** Second persons' yeses to what is on the ticket. */
  readonly approvals: readonly Approval[];
  /** An exchange: what had been paid for the goods that came back and stays in this sale. */
  readonly carried: readonly Carried[];
  readonly tenders: readonly Tender[];
  /** The attempt that is live, if any: while it is, the sale takes no further tender. */
  readonly liveAttempt: PaymentId | null;
};

export type SaleEvent =
  | LineEvent
  | { readonly kind: "approve"; readonly approval: Approval }
  | { readonly kind: "carry"; readonly carried: readonly Carried[] }
  | { readonly kind: "suspend" | "resume" | "beginTender" | "backToLines" | "park" | "complete" | "void" }
  | { readonly kind: "attemptStarted"; readonly attempt: PaymentId }
  /** The live attempt ended: captured (its tender follows), declined, or the gateway freed it. */
  | { readonly kind: "attemptEnded"; readonly attempt: PaymentId }
  | { readonly kind: "addTender"; readonly tender: Tender }
  /** Takes the tender at this place (0 the first) off again: cash handed back, a captured one by its refund. */
  | { readonly kind: "tenderReturned"; readonly at: number };

/** Why a sale did not take an event; the cashier sees it in words. */
export type SaleRefusal =
  | LineRefusal
  | "notNow"
  | "attemptLive"
  | "balanceOpen"
  | "nothingToPay"
  | "noLines"
  | "hasTenders"
  | "overpaid"
  | "otherAttempt";

/** A new, empty sale. */
export function openSale(start: Pick<Sale, "id" | "currency" | "taxMode" | "session" | "staff" | "openedAt">): Sale {
  return {
    ...start,
    state: "open",
    lines: [],
    lastLine: 0,
    discount: null,
    approvals: [],
    carried: [],
    tenders: [],
    liveAttempt: null,
  };
}

/** What is still to be paid: the total less the tenders; negative when money goes back. */
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
    case "addReturn":
    case "changeLine":
    case "removeLine":
    case "discountLine":
    case "discountSale":
    case "overridePrice":
    case "noteLine":
      return linesAfter(sale, event);
    case "approve":
      return ok({ ...sale, approvals: [...sale.approvals, event.approval] });
    case "carry":
      return ok({ ...sale, carried: event.carried });
    case "suspend":
      return sale.lines.length === 0 ? refuse("noLines") : ok({ ...sale, state: "suspended" });
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
      return live ? refuse("attemptLive") : addTender(sale, event.tender);
    case "tenderReturned":
      if (live) return refuse("attemptLive");
      return sale.tenders[event.at] === undefined
        ? refuse("notNow")
        : ok({ ...sale, tenders: sale.tenders.filter((_, at) => at !== event.at) });
    case "approve":
      return ok({ ...sale, approvals: [...sale.approvals, event.approval] });
    case "carry":
      return live || sale.tenders.length > 0 ? refuse("hasTenders") : ok({ ...sale, carried: event.carried });
    case "backToLines":
      if (live) return refuse("attemptLive");
      return sale.tenders.length > 0 ? refuse("hasTenders") : ok({ ...sale, state: "open", carried: [] });
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

/** A tender goes the way of the balance and never beyond it. */
function addTender(sale: Sale, tender: Tender): Result<Sale, SaleRefusal> {
  const before = balanceOf(sale).amount;
  const next: Sale = { ...sale, tenders: [...sale.tenders, tender] };
  const after = balanceOf(next).amount;
  const isTowardsZero = before > 0 ? tender.amount.amount > 0 && after >= 0 : tender.amount.amount < 0 && after <= 0;
  return isTowardsZero ? ok(next) : refuse("overpaid");
}
