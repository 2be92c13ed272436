import { awaitsApproval, countStep, showSale, step, type Core } from "./core.ts";
import { saveDraft } from "./draft.ts";
import { dropPending } from "./people/permit.ts";
import type { Counter, TenderMethod } from "./state.ts";
import { showWaiting } from "./paying/take-payment.ts";

/** The payer's code, the shop's code, or cash; not while a payment is on its way. */
export function chooseMethod(core: Core, method: TenderMethod): void {
  if (showMethod(core, method)) countStep(core);
}

/** Shows a way to pay, as part of another step; false where none can be chosen now. */
export function showMethod(core: Core, method: TenderMethod): boolean {
  const { counter, sale } = core.state.get();
  if (sale?.state !== "tendering" || sale.liveAttempt !== null || awaitsApproval(core)) return false;
  if (counter.kind !== "tender" && counter.kind !== "declined" && counter.kind !== "secondPerson") return false;
  core.state.patch({ counter: { kind: "tender", method }, notice: null });
  return true;
}

/** Views that are looked at beside a ticket and change nothing of it. */
const asideKinds: ReadonlySet<Counter["kind"]> = new Set<Counter["kind"]>(["sales", "find", "return", "held", "shift"]);

/** From paying, the day's sales or a result back to the goods. A payment on its way keeps its view. */
export function backToGoods(core: Core): void {
  const { counter, sale } = core.state.get();
  if (counter.kind === "waiting" || (sale !== null && sale.liveAttempt !== null)) return;
  // money is in it: from a list the way back is to paying
  if (sale?.state === "tendering" && sale.tenders.length > 0 && asideKinds.has(counter.kind))
    return core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null });
  if (sale?.state === "tendering" && step(core, { kind: "backToLines" })?.ok !== true) return;
  core.steps.payAt = null;
  core.state.patch({ counter: { kind: "goods" }, notice: null });
  void saveDraft(core);
}

/** Clears the result of the last sale; the next scan does the same by itself. */
export function nextCustomer(core: Core): void {
  if (core.state.get().counter.kind !== "done") return;
  showSale(core, null);
  core.state.patch({ counter: { kind: "goods" }, notice: null });
}

/** Without a second person: back to the payment that is still in doubt, or to paying another way. */
export async function cancelSecondPerson(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "secondPerson" || dropPending(core)) return;
  if (counter.attempt === null) return core.state.patch({ counter: { kind: "tender", method: "code" } });
  const { attempt } = counter;
  const row = await core.ports.ledger.run((database) => database.attempt.get(attempt));
  if (row.ok && row.value !== undefined && row.value.resolved === 0) showWaiting(core, row.value, "unknown");
}

/** Opens a line's price, discount and count. */
export function openLine(core: Core, line: number): void {
  const { counter, sale } = core.state.get();
  if (counter.kind === "waiting" || sale?.state !== "open") return;
  if (sale.lines.some((each) => each.line === line))
    core.state.patch({ counter: { kind: "line", line }, notice: null });
}

/** Opens the whole sale's discount. */
export function openDiscount(core: Core): void {
  const { counter, sale } = core.state.get();
  if (counter.kind === "waiting" || sale?.state !== "open" || sale.lines.length === 0) return;
  core.state.patch({ counter: { kind: "discount" }, notice: null });
}
