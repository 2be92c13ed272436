import { showSale, tell, type Core } from "../core.ts";

/**
 * Whether new goods may go on the ticket. One that takes back goods which were sold when the shop reckoned tax otherwise sells
 * none that way any more; once they are off it again, it is as any new one.
 */
export function takesNewGoods(core: Core): boolean {
  const { sale, settings } = core.state.get();
  const today = settings?.store.taxMode;
  if (sale === null || today === undefined || sale.taxMode === today) return true;
  if (sale.lines.length === 0) {
    core.state.patch({ undo: null });
    showSale(core, { ...sale, taxMode: today });
    return true;
  }
  if (!sale.lines.some((line) => line.returnOf !== null)) return true;
  tell(core, { kind: "refused", why: "taxChanged" });
  return false;
}
