import { plusMs } from "../domain/clock.ts";
import type { Product } from "../domain/item.ts";
import { money } from "../domain/money.ts";
import { paymentCodeChannel, trimScan } from "../domain/payment-code.ts";
import { addQuantity, pieces, quantity, type Quantity } from "../domain/quantity.ts";
import type { NewLine } from "../domain/sale-line.ts";
import { countStep, step, tell, type Core } from "./core.ts";
import { beginTender } from "./begin-tender.ts";
import { saveDraft } from "./draft.ts";
import { startSale } from "./start-sale.ts";
import { takePayment } from "./take-payment.ts";

/** A removed line can be taken back for this long. */
const undoMs = 10_000;
/** Pieces on one line at most. */
const countMax = 9_999;

/**
 * One door for every scan and every Enter in the scan box (`trust.md`, Secrets and codes). Before Pay the catalogue is asked
 * first; what remains and has a payment code's form pays the whole amount due when the sale has lines, but a card's shape
 * (19 digits, 62…) only after Pay. After Pay payment codes come first.
 */
export async function scan(core: Core, scanned: string): Promise<void> {
  const { phase, sale, counter } = core.state.get();
  const text = trimScan(scanned);
  if (phase !== "selling" || text === "") return;
  if (counter.kind === "waiting") return tell(core, { kind: "refused", why: "waitForPayment" });
  const tendering = sale?.state === "tendering";
  const channel = paymentCodeChannel(text);
  if (tendering && channel !== null) return pay(core, text);
  await core.catalogLoaded;
  const product = core.catalog.byBarcode(text);
  if (product !== null) return addProduct(core, product);
  if (channel === null) return tell(core, { kind: "unknownCode", text: text.slice(0, 32) });
  if (sale === null || sale.lines.length === 0) return tell(core, { kind: "emptySale" });
  if (channel === "unionpay" || channel === "bestpay") return tell(core, { kind: "refused", why: "payFirst" });
  if (!beginTender(core)) return;
  await pay(core, text);
}

async function pay(core: Core, code: string): Promise<void> {
  const channel = paymentCodeChannel(code);
  const served = core.state.get().settings?.channels.some((each) => each.channel === channel) ?? false;
  if (channel === null || channel === "bestpay" || !served) {
    return tell(core, { kind: "channelUnavailable", channel: channel ?? "bestpay" });
  }
  // Nothing is sent that cannot be answered: offline the cashier is told before the customer waits.
  if (!core.state.get().connection.online) return tell(core, { kind: "refused", why: "offline" });
  countStep(core);
  await takePayment(core, channel, code);
}

/** Adds one piece of `product`, or `amount` of it, to the ticket: a new line, or one more on the line it already has. Without an
 * amount a product sold by weight asks for it. */
export async function addProduct(core: Core, product: Product, amount?: Quantity): Promise<void> {
  if (core.state.get().phase !== "selling" || core.state.get().counter.kind === "waiting") return;
  if (core.state.get().counter.kind === "weigh" && amount === undefined)
    return tell(core, { kind: "refused", why: "weighFirst" });
  if (product.unit === "kg" && amount === undefined)
    return core.state.patch({ counter: { kind: "weigh", product }, notice: null });
  const { sale: before } = core.state.get();
  if (before === null && !(await startSale(core))) return;
  if (before?.state === "tendering" && step(core, { kind: "backToLines" })?.ok !== true) return;
  const { sale } = core.state.get();
  if (sale === null) return;
  const added = amount ?? pieces(1);
  const same = sale.lines.find(
    (line) => line.product === product.id && line.unitPrice.amount === product.price && product.unit === "piece",
  );
  if (same !== undefined && same.quantity.thousandths / 1000 >= countMax)
    return tell(core, { kind: "refused", why: "tooMuch" });
  const event =
    same === undefined
      ? ({ kind: "addLine", line: lineOf(core, product, added) } as const)
      : ({ kind: "changeLine", line: same.line, quantity: addQuantity(same.quantity, added) } as const);
  const next = step(core, event);
  if (next?.ok !== true) return;
  const now = core.ports.clock.now();
  core.steps.firstLineAt ??= now;
  core.steps.lastLineAt = now;
  core.steps.count = 0;
  core.state.patch({ newest: same?.line ?? next.value.lastLine, notice: null, undo: null, counter: { kind: "goods" } });
  void saveDraft(core);
}

function lineOf(core: Core, product: Product, amount: Quantity): NewLine {
  const currency = core.state.get().settings?.store.currency ?? "CNY";
  return {
    product: product.id,
    names: product.names,
    barcode: product.barcodes[0] ?? null,
    quantity: amount,
    unitPrice: money(product.price, currency),
    listPrice: money(product.listPrice ?? product.price, currency),
    taxRate: product.taxRate,
  };
}

/** Sets a line's count of pieces; 0 removes it. */
export function setQuantity(core: Core, line: number, count: number): void {
  if (!Number.isInteger(count) || count < 0 || count > countMax) return;
  if (count === 0) return removeLine(core, line);
  if (step(core, { kind: "changeLine", line, quantity: quantity(count * 1000, "piece") })?.ok !== true) return;
  core.state.patch({ newest: line, notice: null });
  void saveDraft(core);
}

/** Takes a line off the ticket; it can be taken back for ten seconds. */
export function removeLine(core: Core, line: number): void {
  const gone = core.state.get().sale?.lines.find((each) => each.line === line);
  if (gone === undefined || step(core, { kind: "removeLine", line })?.ok !== true) return;
  const until = plusMs(core.ports.clock.now(), undoMs);
  core.state.patch({ undo: { line: gone, until }, newest: null, notice: null });
  core.ports.clock.after(undoMs, () => {
    if (core.state.get().undo?.until === until) core.state.patch({ undo: null });
  });
  void saveDraft(core);
}

/** Puts the line removed last back at the ticket's end. */
export function undoRemove(core: Core): void {
  const { undo } = core.state.get();
  if (undo === null || undo.until < core.ports.clock.now()) return;
  const next = step(core, { kind: "addLine", line: undo.line });
  if (next?.ok !== true) return;
  core.state.patch({ undo: null, newest: next.value.lastLine });
  void saveDraft(core);
}
