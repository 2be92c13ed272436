import { makeId, type SaleId } from "../../domain/identifier.ts";
import { openSale } from "../../domain/sale.ts";
import { showSale, type Core } from "../core.ts";
import { closeAtCut } from "../people/sign-on.ts";

/** Opens a new sale on the screen, in a session of the right business date. False when nobody is signed on. */
export async function startSale(core: Core): Promise<boolean> {
  if (!(await closeAtCut(core))) return false;
  const { settings, session, who } = core.state.get();
  if (settings === null || session === null || who === null) return false;
  const at = core.ports.clock.now();
  core.steps.firstLineAt = null;
  core.steps.lastLineAt = null;
  core.steps.payAt = null;
  const id = makeId<SaleId>(at, settings.tag, core.ports.random);
  showSale(
    core,
    openSale({
      id,
      currency: settings.store.currency,
      taxMode: settings.store.taxMode,
      session: session.id,
      staff: who.id,
      openedAt: at,
    }),
  );
  return true;
}
