import type { Product } from "../../domain/item.ts";
import type { Core } from "../core.ts";

/** A scan waits this long for a catalogue that is still on its way; then it is said that it was not found yet. */
export const catalogWaitMs = 2_000;

/** Whether products of the gateway's are still to come: after an activation, or while many changed. */
export function isCatalogOnItsWay(core: Core): boolean {
  const { catalog, connection } = core.state.get();
  return connection.online && (catalog.products === 0 || catalog.products < catalog.total);
}

/** The product of that code as soon as it arrives; null when all have come without it, or not in time. */
export function productToCome(core: Core, code: string): Promise<Product | null> {
  return new Promise((resolve) => {
    const end = (product: Product | null): void => {
      cancel();
      stop();
      resolve(product);
    };
    const cancel = core.ports.clock.after(catalogWaitMs, () => end(null));
    const stop = core.state.subscribe(() => {
      const product = core.catalog.byBarcode(code);
      if (product !== null || !isCatalogOnItsWay(core)) end(product);
    });
  });
}
