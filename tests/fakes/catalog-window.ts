import type { Product } from "../../src/domain/item.ts";
import { keepCatalog, type CatalogKeeper } from "../../src/storage/catalog-keeper.ts";
import { CatalogDatabase, type DatabasePlatform } from "../../src/storage/database.ts";
import { createCatalogIndex, type CatalogIndex } from "../../src/register/selling/catalog-index.ts";
import { emptyPlatform } from "./activated-ledger.ts";

/** A keeper and an index over a browser's storage, as one window has them. */
export type CatalogWindow = {
  readonly keeper: CatalogKeeper;
  readonly index: CatalogIndex;
  readonly platform: DatabasePlatform;
  /** Stores a page after the last one of this window, and takes it over. */
  page(products: readonly Product[], removed?: readonly string[]): Promise<void>;
  refresh(): Promise<number>;
  search(text: string): Promise<readonly Product[]>;
};

/** Opens a window over `platform`, or over an empty one. */
export function catalogWindow(platform: DatabasePlatform = emptyPlatform(), firstCursor = 0): CatalogWindow {
  const keeper = keepCatalog(new CatalogDatabase(platform));
  const index = createCatalogIndex();
  let cursor = firstCursor;
  const refresh = async (): Promise<number> => {
    const news = await keeper.refresh();
    index.take(news);
    return news.head?.products ?? 0;
  };
  return {
    keeper,
    index,
    platform,
    refresh,
    page: async (products, removed = []) => {
      const changes = products.length + removed.length;
      const body = { products, removed, cursor: cursor + changes, more: false, total: 0, categories: [] };
      const stored = await keeper.store(cursor, new TextEncoder().encode(JSON.stringify(body)).buffer as ArrayBuffer);
      if (stored === null) throw new Error("the keeper did not understand its page");
      cursor = stored.cursor;
      await refresh();
      if (await keeper.tidy()) await refresh();
    },
    search: async (text) => (await keeper.search(text)).flatMap((ref) => index.byRef(ref) ?? []),
  };
}
