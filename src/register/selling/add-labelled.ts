import type { Product } from "../../domain/item.ts";
import type { ScaleLabel } from "../../domain/label.ts";
import { money } from "../../domain/money.ts";
import { pieces, quantity, quantityMaxUnits, type Quantity } from "../../domain/quantity.ts";
import { step, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import { takesNewGoods } from "./old-tax.ts";
import { startSale } from "./start-sale.ts";

/**
 * Adds what a scale's label says: the product by its number, at the label's own amount where it has one, else by the weight
 * that it names. False when no product has that number: then the scan may be something else.
 */
export async function addLabelled(core: Core, label: ScaleLabel): Promise<boolean> {
  const product = core.catalog.byBarcode(label.plu) ?? core.catalog.byBarcode(label.plu.replace(/^0+(?=\d)/u, ""));
  if (product === null) return false;
  const amount = quantityOf(label, product);
  if (amount === null) return false;
  const { counter } = core.state.get();
  // goods that wait for their weight would be forgotten; their own label says it
  if (counter.kind === "weigh" && counter.product.id !== product.id) {
    tell(core, { kind: "refused", why: "weighFirst" });
    return true;
  }
  if (core.state.get().sale === null && !(await startSale(core))) return true;
  if (core.state.get().sale?.state === "tendering" && step(core, { kind: "backToLines" })?.ok !== true) return true;
  if (!takesNewGoods(core)) return true;
  const currency = core.state.get().settings?.store.currency ?? "CNY";
  const next = step(core, {
    kind: "addLine",
    line: {
      product: product.id,
      names: product.names,
      barcode: product.barcodes[0] ?? null,
      quantity: amount,
      unitPrice: money(product.price, currency),
      listPrice: money(product.listPrice ?? product.price, currency),
      labelPrice: label.amount === null ? null : money(label.amount, currency),
      taxRate: product.taxRate,
    },
  });
  if (next?.ok !== true) return true;
  const now = core.ports.clock.now();
  core.steps.firstLineAt ??= now;
  core.steps.lastLineAt = now;
  core.steps.count = 0;
  core.state.patch({ newest: next.value.lastLine, notice: null, undo: null, counter: { kind: "goods" } });
  void saveDraft(core);
  return true;
}

/** The label's weight or count; a price alone tells the weight by the product's price, to the gram. */
function quantityOf(label: ScaleLabel, product: Product): Quantity | null {
  if (product.unit === "piece") return pieces(Math.max(1, label.count ?? 1));
  const grams =
    label.weight ??
    (label.amount === null || product.price <= 0 ? 0 : Math.round((label.amount * 1000) / product.price));
  return grams > 0 && grams <= quantityMaxUnits * 1000 ? quantity(grams, "kg") : null;
}
