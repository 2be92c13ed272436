import type { CatalogPage, Category } from "../contract/catalog.ts";
import type { Product } from "../domain/item.ts";
import type { CatalogDatabase } from "./database.ts";

export type StoredCatalog = {
  readonly products: readonly Product[];
  readonly categories: readonly Category[];
  readonly cursor: number;
  readonly total: number;
};

/** More delta chunks than this are packed into full ones at the next start. */
const chunksMax = 64;
const chunkProducts = 5000;

/** Everything stored, later chunks over earlier ones; null before the first page. */
export async function loadCatalog(database: CatalogDatabase): Promise<StoredCatalog | null> {
  const row = await database.catalog.get("catalog");
  if (row === undefined) return null;
  const chunks = await database.chunk.toArray();
  const products = new Map<string, Product>();
  for (const chunk of chunks.toSorted((a, b) => a.id - b.id)) {
    for (const gone of chunk.removed) products.delete(gone);
    for (const product of chunk.products) products.set(product.id, product);
  }
  return { products: [...products.values()], categories: row.categories, cursor: row.cursor, total: row.total };
}

/** Stores one page as one chunk together with the cursor it leads to, in one transaction. */
export async function storeCatalogPage(database: CatalogDatabase, page: CatalogPage): Promise<void> {
  await database.transaction("rw", database.chunk, database.catalog, async () => {
    const row = await database.catalog.get("catalog");
    const id = (row?.chunks ?? 0) + 1;
    if (page.products.length > 0 || page.removed.length > 0)
      await database.chunk.put({ id, products: page.products, removed: page.removed });
    await database.catalog.put({
      key: "catalog",
      cursor: page.cursor,
      total: page.total,
      chunks: id,
      categories: page.categories,
    });
  });
}

/** Packs many small chunks into few full ones. Nothing is lost when it is cut short. */
export async function packCatalog(database: CatalogDatabase): Promise<void> {
  if ((await database.chunk.count()) <= chunksMax) return;
  const all = await loadCatalog(database);
  if (all === null) return;
  await database.transaction("rw", database.chunk, database.catalog, async () => {
    const row = await database.catalog.get("catalog");
    if (row === undefined || row.cursor !== all.cursor) return;
    await database.chunk.clear();
    let id = 0;
    for (let from = 0; from < all.products.length; from += chunkProducts) {
      id++;
      await database.chunk.put({ id, products: all.products.slice(from, from + chunkProducts), removed: [] });
    }
    await database.catalog.put({ ...row, chunks: id });
  });
}
