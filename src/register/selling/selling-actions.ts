import type { Product } from "../../domain/item.ts";
import type { Money } from "../../domain/money.ts";
import type { Quantity } from "../../domain/quantity.ts";
import { openDiscount, openLine } from "../counter.ts";
import { inOrder, type Core } from "../core.ts";
import { searchCatalog } from "./load-catalog.ts";
import { voidSale } from "../paying/parked-sale.ts";
import { removeLine, undoRemove } from "./remove-line.ts";
import { addProduct, scan, setQuantity } from "./scan-item.ts";
import { discountLine, discountSale, noteLine, overridePrice } from "./price-lines.ts";
import type { DiscountRule } from "../../domain/discount.ts";
import type { OverrideReason } from "../../domain/sale-line.ts";

/** What is on the ticket: goods, counts, prices. */
export type SellingActions = {
  scan(text: string): Promise<void>;
  /** Products that hold every word of `text`, best first. */
  search(text: string): Promise<readonly Product[]>;
  inCategory(category: string): readonly Product[];
  /** `amount` for goods sold by weight. */
  add(product: Product, amount?: Quantity): Promise<void>;
  setQuantity(line: number, count: number): void;
  remove(line: number): void;
  undoRemove(): void;
  voidSale(): Promise<void>;
  /** Opens a line's price and discount, or the whole sale's discount. */
  openLine(line: number): void;
  openDiscount(): void;
  discountLine(line: number, discount: DiscountRule | null): Promise<void>;
  discountSale(discount: DiscountRule | null): Promise<void>;
  overridePrice(line: number, unitPrice: Money, reason: OverrideReason): Promise<void>;
  noteLine(line: number, note: string): Promise<void>;
};

/** Each action one after the other with all others, so that two fast presses are two. */
export function sellingActions(core: Core): SellingActions {
  return {
    scan: (text) => inOrder(core, () => scan(core, text)),
    search: (text) => searchCatalog(core, text),
    inCategory: (category) => core.catalog.byCategory(category),
    add: (product, amount) => inOrder(core, () => addProduct(core, product, amount)),
    setQuantity: (line, count) => setQuantity(core, line, count),
    remove: (line) => removeLine(core, line),
    undoRemove: () => undoRemove(core),
    voidSale: () => inOrder(core, () => voidSale(core)),
    openLine: (line) => openLine(core, line),
    openDiscount: () => openDiscount(core),
    discountLine: (line, discount) => inOrder(core, () => discountLine(core, line, discount)),
    discountSale: (discount) => inOrder(core, () => discountSale(core, discount)),
    overridePrice: (line, price, reason) => inOrder(core, () => overridePrice(core, line, price, reason)),
    noteLine: (line, note) => inOrder(core, async () => noteLine(core, line, note)),
  };
}
