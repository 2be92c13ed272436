import type { Sale } from "../domain/sale.ts";
import type { Core } from "./core.ts";

/** A ticket takes back goods that were sold when the shop reckoned tax otherwise: new goods are not sold that way any more. */
export function isOfOldTax(core: Core, { taxMode, lines }: Sale): boolean {
  const today = core.state.get().settings?.store.taxMode;
  return today !== undefined && today !== taxMode && lines.some((line) => line.returnOf !== null);
}
