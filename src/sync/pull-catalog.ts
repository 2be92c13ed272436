import { catalogPage } from "../contract/catalog.ts";
import { packCatalog, storeCatalogPage } from "../storage/catalog-store.ts";
import type { CatalogDatabase } from "../storage/database.ts";
import type { GatewayClient } from "./gateway-client.ts";

const pageWithinMs = 30_000;
/** More pages than this in one pull would be a gateway that never says the end. */
const pagesMax = 400;

/** Pulls what changed since the stored cursor, page by page, each stored as it comes. True when anything changed. */
export async function pullCatalog(client: GatewayClient, database: CatalogDatabase): Promise<boolean> {
  let changed = false;
  for (let page = 0; page < pagesMax; page++) {
    const cursor = (await database.catalog.get("catalog"))?.cursor ?? 0;
    const answer = await client.ask(
      { method: "GET", path: `/v1/catalog?after=${cursor}`, withinMs: pageWithinMs },
      catalogPage,
    );
    if (answer.kind !== "answer") return changed;
    if (answer.value.cursor === cursor && answer.value.products.length === 0) return changed;
    await storeCatalogPage(database, answer.value);
    changed = true;
    if (!answer.value.more) break;
  }
  await packCatalog(database);
  return changed;
}
