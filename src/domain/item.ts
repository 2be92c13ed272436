import type { ProductId } from "./identifier.ts";
import type { MinorUnits } from "./money.ts";
import type { Unit } from "./quantity.ts";
import type { TaxRate } from "./tax.ts";

export type Language = "zh-CN" | "en" | "ja";

/** What the shop sells, as the till holds it. Prices are in the store's currency, a unit. */
export type Product = {
  readonly id: ProductId;
  readonly names: { readonly [L in Language]: string };
  /** Pinyin initials of the Chinese name, lower case, computed on the gateway. */
  readonly initials: string;
  /** Normalised spellings (`normalizeBarcode`). */
  readonly barcodes: readonly string[];
  readonly category: string;
  readonly price: MinorUnits;
  /** The price before the current offer; null when there is no offer. */
  readonly listPrice: MinorUnits | null;
  readonly unit: Unit;
  readonly taxRate: TaxRate;
  /** Place among the favourites' tiles, null when it is none. */
  readonly favourite: number | null;
  /** The deposit charged with each piece; null without one. */
  readonly deposit: ProductId | null;
  /** This is a deposit (押金): scanned by itself, it is the empty coming back. */
  readonly isDeposit: boolean;
};

/** A product's name for `language`. */
export function nameOf(product: Pick<Product, "names">, language: Language): string {
  return product.names[language];
}
