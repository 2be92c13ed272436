import { BrokenInvariant } from "../../domain/assert.ts";
import type { Product } from "../../domain/item.ts";
import { readCatalogHead } from "../../storage/catalog-store.ts";
import type { CatalogHead } from "../../storage/database.ts";
import { pullCatalog } from "../../sync/pull-catalog.ts";
import type { Core } from "../core.ts";

/** Shows favourites, categories and coverage as they were stored, before the catalogue itself is read; nothing if that fails. */
export async function showCatalogHead(core: Core): Promise<void> {
  await readCatalogHead(core.ports.catalogDatabase).then(
    (head) => show(core, head),
    (trouble: unknown) => {
      if (trouble instanceof BrokenInvariant) throw trouble;
    },
  );
}

/** The first screen is drawn within this time; reading the catalogue beside it would hold it up. */
const firstScreenMs = 250;

/** Reads the stored catalogue once the first screen stands, or when the first scan needs it. */
export function loadCatalog(core: Core): void {
  let loading: Promise<void> | null = null;
  core.catalogLoaded = () =>
    (loading ??= refreshCatalog(core).then(null, (trouble: unknown) => {
      // Stored goods that cannot be read are pulled anew; the till opens all the same.
      if (trouble instanceof BrokenInvariant) throw trouble;
    }));
  core.ports.clock.after(firstScreenMs, () => void core.catalogLoaded());
}

/** Takes over what is stored of the catalogue and not yet in this window's memory. */
export async function refreshCatalog(core: Core): Promise<void> {
  const news = await core.ports.catalog.refresh();
  core.catalog.take(news);
  show(core, news.head);
}

/** Pulls what changed at the gateway; this window and the others take it over while they sell. */
export async function pullCatalogNews(core: Core): Promise<void> {
  const { catalog, catalogDatabase, client, windows } = core.ports;
  const head = await readCatalogHead(catalogDatabase);
  await pullCatalog(client, catalog, head?.cursor ?? 0, async () => {
    await refreshCatalog(core);
    windows.post({ kind: "catalogChanged", v: 1 });
  });
}

/** Products that hold every word of `text`, an exact code first, then as the keeper ranks them. */
export async function searchCatalog(core: Core, text: string): Promise<readonly Product[]> {
  await core.catalogLoaded();
  const exact = core.catalog.byBarcode(text);
  const refs = await core.ports.catalog.search(text);
  const found = refs.flatMap((ref) => core.catalog.byRef(ref) ?? []);
  return exact === null ? found : [exact, ...found.filter(({ id }) => id !== exact.id)];
}

function show(core: Core, head: CatalogHead | null): void {
  if (head === null) return;
  const { products, total, categories, favourites } = head;
  const { revision } = core.state.get().catalog;
  core.state.patch({ catalog: { products, total, categories, favourites, revision: revision + 1 } });
}
