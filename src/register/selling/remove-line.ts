import { plusMs } from "../../domain/clock.ts";
import { saleAfter, type SaleEvent } from "../../domain/sale.ts";
import type { SaleLine } from "../../domain/sale-line.ts";
import { showSale, step, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import type { Counter } from "../state.ts";

/** A removed line can be taken back for this long. */
const undoMs = 10_000;

/** Takes a line off the ticket, and its deposit with it; both can be taken back for ten seconds. */
export function removeLine(core: Core, line: number): void {
  const { sale } = core.state.get();
  const gone = sale?.lines.find((each) => each.line === line);
  const deposit = sale?.lines.find((each) => each.depositFor === line) ?? null;
  if (core.isBeingWritten || gone === undefined || step(core, { kind: "removeLine", line })?.ok !== true) return;
  const until = plusMs(core.ports.clock.now(), undoMs);
  core.state.patch({ undo: { line: gone, deposit, until }, newest: null, notice: null, ...leavePlan(core) });
  core.ports.clock.after(undoMs, () => {
    if (core.state.get().undo?.until === until) core.state.patch({ undo: null });
  });
  void saveDraft(core);
}

/** Puts the line removed last back at the ticket's end, with the deposit that went with it: both or neither. */
export function undoRemove(core: Core): void {
  const { undo, sale } = core.state.get();
  if (core.isBeingWritten || undo === null || sale === null || undo.until < core.ports.clock.now()) return;
  const goods = saleAfter(sale, putBack(undo.line));
  if (!goods.ok) return tell(core, { kind: "refused", why: goods.refusal });
  // the line has a new number, and the deposit follows it there
  const { lastLine } = goods.value;
  const whole =
    undo.deposit === null
      ? goods
      : saleAfter(goods.value, { kind: "addLine", line: { ...undo.deposit, depositFor: lastLine } });
  if (!whole.ok) return tell(core, { kind: "refused", why: whole.refusal });
  showSale(core, whole.value);
  core.state.patch({ undo: null, newest: lastLine, ...leavePlan(core) });
  void saveDraft(core);
}

/** A line taken off, as the event that puts it back. */
function putBack(line: SaleLine): SaleEvent {
  const { returnOf } = line;
  return returnOf === null ? { kind: "addLine", line } : { kind: "addReturn", line: { ...line, returnOf } };
}

/** What was worked out to go back no longer fits a ticket that has changed. */
export function leavePlan(core: Core): { readonly counter?: Counter } {
  return core.state.get().counter.kind === "giveBack" ? { counter: { kind: "goods" } } : {};
}
