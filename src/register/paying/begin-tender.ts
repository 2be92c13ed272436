import { saleTotal } from "../../domain/sale-totals.ts";
import { step, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import { reductionsAllowed } from "../selling/price-lines.ts";
import { settleReturn } from "../returning/settle-return.ts";
import { refuseMoney } from "../shift/shift-over.ts";
import type { Counter } from "../state.ts";

/** Paying is under way, or its end is asked for: a second press of Pay changes nothing. */
const busyKinds: ReadonlySet<Counter["kind"]> = new Set<Counter["kind"]>(["waiting", "secondPerson", "giveBack"]);

/**
 * From the goods to paying. Scanning a code comes first; a ticket with goods coming back is settled with its original first; one
 * that comes to nothing, or to money going back, waits for one press.
 *
 * @returns whether a tender can be taken now
 */
export async function beginTender(core: Core): Promise<boolean> {
  const { sale, phase, counter, session } = core.state.get();
  if (phase !== "selling" || busyKinds.has(counter.kind)) return false;
  if (counter.kind === "tender") return true;
  if (counter.kind === "weigh") {
    tell(core, { kind: "refused", why: "weighFirst" });
    return false;
  }
  if (sale === null || sale.lines.length === 0) {
    tell(core, { kind: "emptySale" });
    return false;
  }
  // said before the customer is asked for a code or notes, not after
  if (session?.state === "closed") {
    refuseMoney(core, "shiftOver");
    return false;
  }
  // nothing is taken off deeper than this cashier may, however it came about; with money in it that was asked before
  const isNew = sale.state === "open";
  if (isNew && !(await reductionsAllowed(core, async () => void (await beginTender(core))))) return false;
  const isNothing = saleTotal(sale).amount === 0 && sale.state === "open";
  if (!isNothing && sale.state !== "tendering" && step(core, { kind: "beginTender" })?.ok !== true) return false;
  core.steps.payAt ??= core.ports.clock.now();
  const isSimple = saleTotal(sale).amount > 0 && !sale.lines.some((line) => line.returnOf !== null);
  // what an exchange carried does not outlive its last line coming back
  if (isSimple && sale.carried.length > 0) step(core, { kind: "carry", carried: [] });
  if (isSimple) core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null, undo: null });
  else if (sale.tenders.length > 0) core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null });
  else await settleReturn(core);
  void saveDraft(core);
  return core.state.get().counter.kind === "tender";
}
