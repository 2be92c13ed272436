import { normalizeBarcode } from "../../domain/gtin.ts";
import type { Product } from "../../domain/item.ts";
import type { CatalogNews } from "../../storage/catalog-keeper.ts";
import { placeOf, type CatalogRef } from "../../storage/catalog-ref.ts";
import { hashOfId, numberOfCode, productAt, type CatalogPart } from "../../storage/packed-catalog.ts";

/** Products of one category given at most: more than fit a hand's patience are found by search. */
export const categoryShownMax = 120;

/**
 * The catalogue in memory as bytes: a product becomes an object only when it is asked for, so that 100,000 of them cost the
 * page no work and the scan of one is a look into sorted numbers.
 */
export type CatalogIndex = {
  /** Takes over what the keeper found stored. */
  take(news: CatalogNews): void;
  /** Of two products with one code the one changed last. */
  byBarcode(scanned: string): Product | null;
  /** By their ids, `categoryShownMax` at most. */
  byCategory(category: string): readonly Product[];
  byRef(ref: CatalogRef): Product | null;
  byId(id: string): Product | null;
};

type Held = CatalogPart & { readonly dead: Uint8Array };

/** An index that knows nothing yet. */
export function createCatalogIndex(): CatalogIndex {
  const parts = new Map<number, Held>();
  let newestFirst: readonly Held[] = [];
  return {
    take: ({ added, dropped, gone }) => {
      for (const part of added) parts.set(part.id, { ...part, dead: new Uint8Array(part.count) });
      for (const ref of gone) {
        const { chunk, row } = placeOf(ref);
        const held = parts.get(chunk);
        if (held !== undefined) held.dead[row] = 1;
      }
      for (const id of dropped) parts.delete(id);
      newestFirst = [...parts.values()].toSorted((a, b) => b.id - a.id);
    },
    byBarcode: (scanned) => {
      const code = normalizeBarcode(scanned);
      const number = numberOfCode(code);
      for (const part of newestFirst) {
        const row = number === null ? rowOfOther(part, code) : rowOf(part, part.codes, part.codeRows, number);
        if (row !== null) return productAt(part, row);
      }
      return null;
    },
    byId: (id) => {
      const hash = hashOfId(id);
      for (const part of newestFirst) {
        const isIt = (row: number): boolean => productAt(part, row)?.id === id;
        const row = rowOf(part, part.idHashes, part.idRows, hash, isIt);
        if (row !== null) return productAt(part, row);
      }
      return null;
    },
    byCategory: (category) => inCategory(newestFirst.toReversed(), category),
    byRef: (ref) => {
      const { chunk, row } = placeOf(ref);
      const held = parts.get(chunk);
      return held === undefined || held.dead[row] !== 0 ? null : productAt(held, row);
    },
  };
}

/** The last living row that `rows` names for `key` among the ascending `keys`, and that `isIt`; null when there is none. */
function rowOf(
  part: Held,
  keys: Float64Array | Uint32Array,
  rows: Uint16Array,
  key: number,
  isIt: (row: number) => boolean = () => true,
): number | null {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? 0) <= key) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0 && keys[at] === key; at--) {
    const row = rows[at];
    if (row !== undefined && part.dead[row] === 0 && isIt(row)) return row;
  }
  return null;
}

function rowOfOther(part: Held, code: string): number | null {
  const found = part.otherCodes.findLast(([each, row]) => each === code && part.dead[row] === 0);
  return found?.[1] ?? null;
}

function inCategory(parts: readonly Held[], category: string): readonly Product[] {
  const products: Product[] = [];
  for (const part of parts) {
    const wanted = part.categories.indexOf(category);
    if (wanted === -1) continue;
    for (let row = 0; row < part.count && products.length < categoryShownMax; row++) {
      if (part.categoryOf[row] !== wanted || part.dead[row] !== 0) continue;
      const product = productAt(part, row);
      if (product !== null) products.push(product);
    }
  }
  return products.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
