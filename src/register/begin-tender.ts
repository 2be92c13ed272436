import { saleTotal } from "../domain/sale-totals.ts";
import { step, tell, type Core } from "./core.ts";
import { saveDraft } from "./draft.ts";
import { settleReturn } from "./settle-return.ts";

/**
 * From the goods to paying. Scanning a code comes first; a ticket with goods coming back is settled with its original first; one
 * that comes to nothing, or to money going back, waits for one press.
 *
 * @returns whether a tender can be taken now
 */
export async function beginTender(core: Core): Promise<boolean> {
  const { sale, phase, counter } = core.state.get();
  if (phase !== "selling" || counter.kind === "waiting") return false;
  if (counter.kind === "weigh") {
    tell(core, { kind: "refused", why: "weighFirst" });
    return false;
  }
  if (sale === null || sale.lines.length === 0) {
    tell(core, { kind: "emptySale" });
    return false;
  }
  const isNothing = saleTotal(sale).amount === 0 && sale.state === "open";
  if (!isNothing && sale.state !== "tendering" && step(core, { kind: "beginTender" })?.ok !== true) return false;
  core.steps.payAt ??= core.ports.clock.now();
  const isSimple = saleTotal(sale).amount > 0 && !sale.lines.some((line) => line.returnOf !== null);
  if (isSimple) core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null, undo: null });
  else if (sale.tenders.length > 0) core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null });
  else await settleReturn(core);
  void saveDraft(core);
  return core.state.get().counter.kind === "tender";
}
