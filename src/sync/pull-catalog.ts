import type { CatalogKeeper } from "../storage/catalog-keeper.ts";
import type { GatewayClient } from "./gateway-client.ts";

const pageWithinMs = 30_000;
/** More pages than this in one pull would be a gateway that never says the end. */
const pagesMax = 400;

/**
 * Pulls what changed after `cursor`, page by page, each stored as it comes; `onStored` takes over what was stored before the
 * next page is asked for.
 */
export async function pullCatalog(
  client: GatewayClient,
  keeper: CatalogKeeper,
  cursor: number,
  onStored: () => Promise<void>,
): Promise<void> {
  let after = cursor;
  for (let page = 0; page < pagesMax; page++) {
    const answer = await client.askBytes(`/v1/catalog?after=${after}`, pageWithinMs);
    if (answer.kind !== "answer") return;
    const stored = await keeper.store(after, answer.value);
    if (stored === null || !stored.changed) return;
    await onStored();
    if (!stored.more) break;
    after = stored.cursor;
  }
  if (await keeper.tidy()) await onStored();
}
