import { loadCatalog } from "../storage/catalog-store.ts";
import { indexCatalog } from "./catalog-index.ts";
import type { Core } from "./core.ts";

/** Reads the stored catalogue into memory and shows its favourites and coverage. */
export async function loadCatalogIndex(core: Core): Promise<void> {
  const stored = await loadCatalog(core.ports.catalogDatabase);
  if (stored === null) return;
  core.catalog = indexCatalog(stored);
  const { revision } = core.state.get().catalog;
  core.state.patch({
    catalog: {
      products: core.catalog.size,
      total: stored.total,
      categories: stored.categories,
      favourites: core.catalog.favourites,
      revision: revision + 1,
    },
  });
}
