import { step, tell, type Core } from "./core.ts";
import { saveDraft } from "./draft.ts";

/** From the goods to paying. Scanning a code comes first; a sale that costs nothing has nothing to pay. */
export function beginTender(core: Core): boolean {
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
  if (sale.state !== "tendering" && step(core, { kind: "beginTender" })?.ok !== true) return false;
  core.steps.payAt ??= core.ports.clock.now();
  core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null, undo: null });
  void saveDraft(core);
  return true;
}
