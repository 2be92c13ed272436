import { depthOf, type DiscountRule } from "../domain/discount.ts";
import { add, money, subtract, sum, type Money } from "../domain/money.ts";
import { priceOf } from "../domain/quantity.ts";
import { saleAfter, type Sale, type SaleEvent } from "../domain/sale.ts";
import { grossOf, takesDiscount, type OverrideReason, type SaleLine } from "../domain/sale-line.ts";
import type { Act } from "../domain/staff.ts";
import { showSale, tell, type Core } from "./core.ts";
import { saveDraft } from "./draft.ts";
import { permitted } from "./permit.ts";

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

/** Prices the open sale anew; how much its deepest line or the whole is then below the shop's price needs a role or a second person. */
async function priceAs(core: Core, event: SaleEvent, act: Act): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null) return;
  const priced = saleAfter(sale, event);
  if (!priced.ok) return tell(core, { kind: "refused", why: priced.refusal });
  const off = depth(priced.value);
  const isLess = off <= depth(sale);
  const ask = { act, size: isLess ? 0 : off, amount: takenOff(priced.value), subject: sale.id };
  const take = (approved: Sale): void => {
    showSale(core, approved);
    const { counter } = core.state.get();
    const isSheet = counter.kind === "line" || counter.kind === "discount";
    core.state.patch({ counter: isSheet ? { kind: "goods" } : counter, notice: null });
    void saveDraft(core);
  };
  if (isLess) return take(priced.value);
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

/** The deepest reduction on the ticket in basis points: of a line, or of all goods sold together. */
function depth(sale: Sale): number {
  const sold = sale.lines.filter(takesDiscount);
  const whole = depthOf(
    total(sold.map(atShopsPrice), sale),
    total(
      sold.map((line) => line.amount),
      sale,
    ),
  );
  return Math.max(whole, ...sold.map((line) => depthOf(atShopsPrice(line), line.amount)));
}

function takenOff(sale: Sale): Money {
  const sold = sale.lines.filter(takesDiscount);
  return subtract(
    total(sold.map(atShopsPrice), sale),
    total(
      sold.map((line) => line.amount),
      sale,
    ),
  );
}

function atShopsPrice(line: SaleLine): Money {
  return line.override === null ? grossOf(line) : priceOf(line.override.listed, line.quantity);
}

function total(parts: readonly Money[], sale: Sale): Money {
  return parts.length === 0 ? money(0, sale.currency) : add(sum(parts, sale.currency), money(0, sale.currency));
}
