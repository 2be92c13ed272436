import type { DiscountRule } from "../../domain/discount.ts";
import type { Money } from "../../domain/money.ts";
import {
  givenAway,
  reductionDepth,
  reductionUnapproved,
  takenOff,
  type ReductionDue,
} from "../../domain/reductions.ts";
import { saleAfter, type Sale, type SaleEvent } from "../../domain/sale.ts";
import type { OverrideReason } from "../../domain/sale-line.ts";
import type { Act } from "../../domain/staff.ts";
import { showSale, step, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import type { PriceBegun } from "./price-begun.ts";
import { permitted, rolesOf, type Ask } from "../people/permit.ts";

/** Takes a percentage or an amount off a line, or sets what it shall cost; null takes the discount off again. */
export function discountLine(core: Core, line: number, discount: DiscountRule | null): Promise<void> {
  return priceAs(core, { kind: "discountLine", line, discount }, "discount");
}

/** The same for the whole sale (整单折扣). */
export function discountSale(core: Core, discount: DiscountRule | null): Promise<void> {
  return priceAs(core, { kind: "discountSale", discount }, "discount");
}

/** Sells a line at another unit price, for a reason; the shop's own price takes it back. */
export function overridePrice(core: Core, line: number, unitPrice: Money, reason: OverrideReason): Promise<void> {
  return priceAs(core, { kind: "overridePrice", line, unitPrice, reason }, "overridePrice");
}

/** Writes a short note to a line: on paper, in the journal, shown under the line. Nothing takes it off. */
export function noteLine(core: Core, line: number, note: string): void {
  if (step(core, { kind: "noteLine", line, note })?.ok !== true) return;
  tell(core, null);
  void saveDraft(core);
}

/** Prices the open sale anew; how much its deepest line or the whole is then below the shop's price needs a role or a second person. */
async function priceAs(core: Core, event: SaleEvent, act: Act): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null) return;
  const priced = saleAfter(sale, event);
  if (!priced.ok) return tell(core, { kind: "refused", why: priced.refusal });
  if (asksNoLess(sale, priced.value, event)) return tell(core, { kind: "refused", why: "notLess" });
  const due = dueFor(core, sale, priced.value, event, act);
  const take = (approved: Sale): void => {
    showSale(core, approved);
    const { counter } = core.state.get();
    const isSheet = counter.kind === "line" || counter.kind === "discount";
    core.state.patch({ counter: isSheet ? { kind: "goods" } : counter, notice: null });
    void saveDraft(core);
  };
  if (due === null) return take(priced.value);
  keepTyped(core, event);
  const why = event.kind === "overridePrice" ? { why: event.reason } : {};
  const ask = { ...due, amount: givenAway(priced.value.lines, sale.currency), subject: sale.id, ...why };
  await permitted(core, ask, async (proof) => {
    // the ticket may have changed while the second person was asked
    const now = core.state.get().sale;
    const again = now === null || now.id !== sale.id ? null : saleAfter(now, event);
    if (again === null || !again.ok) return tell(core, { kind: "refused", why: "notNow" });
    if (proof === null) return take(again.value);
    const approved = saleAfter(again.value, { kind: "approve", approval: proof.approval });
    if (approved.ok) take(approved.value);
  });
}

/** Keeps what was typed on its sheet: whoever comes back to it without a yes finds it there. */
function keepTyped(core: Core, event: SaleEvent): void {
  const { counter } = core.state.get();
  const begun = begunOf(event);
  if (begun === null || (counter.kind !== "line" && counter.kind !== "discount")) return;
  core.state.patch({ counter: { ...counter, begun } });
}

function begunOf(event: SaleEvent): PriceBegun | null {
  if (event.kind === "overridePrice") return { kind: "price", unitPrice: event.unitPrice, reason: event.reason };
  return event.kind === "discountLine" || event.kind === "discountSale" ? event.discount : null;
}

/** What is to be asked for before the sale is priced so; null: nothing, it is no deeper, or a yes on it says enough. */
function dueFor(core: Core, sale: Sale, priced: Sale, event: SaleEvent, act: Act): Pick<Ask, "act" | "size"> | null {
  const { currency } = sale;
  const size = reductionDepth(priced.lines, currency);
  if (size > reductionDepth(sale.lines, currency) || isCheaper(sale, event)) return { act, size };
  const isMore = givenAway(priced.lines, currency).amount > givenAway(sale.lines, currency).amount;
  return isMore ? unapproved(core, priced) : null;
}

/** What of the ticket's reductions the cashier may not do alone and nobody has allowed. */
function unapproved(core: Core, sale: Sale): ReductionDue | null {
  return reductionUnapproved(sale, core.state.get().who?.id ?? null, rolesOf(core), core.state.get().permissions);
}

/** A price to ask that is no less than what it comes to without: it would wait unseen for goods to come. */
function asksNoLess(sale: Sale, priced: Sale, event: SaleEvent): boolean {
  if (event.kind !== "discountLine" && event.kind !== "discountSale") return false;
  if (event.discount?.kind !== "target") return false;
  const without = saleAfter(sale, { ...event, discount: null });
  const { currency } = sale;
  return without.ok && takenOff(priced.lines, currency).amount <= takenOff(without.value.lines, currency).amount;
}

/** A price below the shop's own and the one asked now: whoever may discount as deep may not ask it alone. */
function isCheaper(sale: Sale, event: SaleEvent): boolean {
  if (event.kind !== "overridePrice") return false;
  const line = sale.lines.find((each) => each.line === event.line);
  const listed = line?.override?.listed ?? line?.unitPrice;
  return line !== undefined && event.unitPrice.amount < Math.min(line.unitPrice.amount, listed?.amount ?? 0);
}

/**
 * Before the ticket is paid: what is reduced on it deeper than this cashier may, and nobody has allowed, needs a second person
 * now. It can come about without a new discount: fewer pieces under the same amount off, more of them under a percentage that was
 * allowed for less money, or a ticket taken up from another.
 *
 * @returns whether all is allowed; else the question is on the screen, and `work` goes on after the yes
 */
export async function reductionsAllowed(core: Core, work: () => Promise<void>): Promise<boolean> {
  const { sale, who } = core.state.get();
  if (sale === null || who === null) return false;
  const due = unapproved(core, sale);
  if (due === null) return true;
  const ask = { ...due, amount: givenAway(sale.lines, sale.currency), subject: sale.id };
  await permitted(core, ask, async (proof) => {
    const now = core.state.get().sale;
    if (now === null || now.id !== sale.id || proof === null) return;
    const approved = saleAfter(now, { kind: "approve", approval: proof.approval });
    if (!approved.ok) return;
    showSale(core, approved.value);
    await work();
  });
  return false;
}
