import type { Product } from "../../domain/item.ts";
import { money } from "../../domain/money.ts";
import { hasLongLabels, readLabel } from "../../domain/label.ts";
import { paymentCodeChannel, scanForm, trimScan } from "../../domain/payment-code.ts";
import { addQuantity, pieces, priceOf, quantity, type Quantity } from "../../domain/quantity.ts";
import type { NewLine } from "../../domain/sale-line.ts";
import { weightSlip } from "../../domain/slip.ts";
import { countStep, step, tell, type Core } from "../core.ts";
import { addLabelled } from "./add-labelled.ts";
import { asksOnce } from "../ask-once.ts";
import { beginTender } from "../paying/begin-tender.ts";
import { saveDraft } from "../draft.ts";
import { findSale, looksLikeSale } from "../returning/find-sale.ts";
import { isCatalogOnItsWay, productToCome } from "./late-catalog.ts";
import { takesNewGoods } from "./old-tax.ts";
import { leavePlan, removeLine } from "./remove-line.ts";
import { startSale } from "./start-sale.ts";
import { takePayment } from "../paying/take-payment.ts";

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
  await core.catalogLoaded();
  const product = core.catalog.byBarcode(text);
  if (product !== null) return addProduct(core, product);
  const labels = core.state.get().settings?.rules?.labels ?? [];
  const label = readLabel(text, labels);
  if (label !== null && (await addLabelled(core, label))) return;
  // a number read while a past sale is looked for is that sale's, whoever wrote it
  const isSale = looksLikeSale(text) || counter.kind === "find";
  if (channel === null && isSale && sale?.state !== "tendering") return findSale(core, text);
  if (channel === null) return scanUnknown(core, text);
  if (sale === null || sale.lines.length === 0) return tell(core, { kind: "emptySale" });
  // a card's shape, and in a shop with 18-digit labels any code, pays only after Pay
  if (channel === "unionpay" || channel === "bestpay" || hasLongLabels(labels))
    return tell(core, { kind: "refused", why: "payFirst" });
  if (!(await beginTender(core))) return;
  await pay(core, text);
}

/** A code that nothing here has: the catalogue may still be on its way. No scan vanishes. */
async function scanUnknown(core: Core, text: string): Promise<void> {
  if (isCatalogOnItsWay(core)) {
    tell(core, { kind: "refused", why: "catalogLoading" });
    const product = await productToCome(core, text);
    if (product !== null) return addProduct(core, product);
    if (isCatalogOnItsWay(core)) return;
  }
  const { counter } = core.state.get();
  const asksCode = counter.kind === "tender" && counter.method === "code" && scanForm(text).kind === "unrecognised";
  tell(core, { kind: asksCode ? "noPaymentCode" : "unknownCode", text: text.slice(0, 32) });
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
  if (amount !== undefined && isSlip(core, product, amount)) return;
  const { sale: before } = core.state.get();
  if (before === null && !(await startSale(core))) return;
  if (before?.state === "tendering" && step(core, { kind: "backToLines" })?.ok !== true) return;
  if (!takesNewGoods(core)) return;
  const { sale } = core.state.get();
  if (sale === null) return;
  // an empty scanned by itself comes back: its deposit goes out
  const added = amount ?? pieces(product.isDeposit ? -1 : 1);
  const same = sale.lines.find(
    (line) =>
      line.product === product.id &&
      line.unitPrice.amount === product.price &&
      Math.sign(line.quantity.thousandths) === Math.sign(added.thousandths) &&
      product.unit === "piece" &&
      line.returnOf === null &&
      line.override === null &&
      // what a scale priced is its own line: its price is not the product's
      line.labelPrice === null &&
      line.note === undefined &&
      line.depositFor === null,
  );
  if (same !== undefined && Math.abs(same.quantity.thousandths / 1000) >= countMax)
    return tell(core, { kind: "refused", why: "tooMuch" });
  const event =
    same === undefined
      ? ({ kind: "addLine", line: lineOf(core, product, added) } as const)
      : ({ kind: "changeLine", line: same.line, quantity: addQuantity(same.quantity, added) } as const);
  // all at once: what is drawn twice is late twice
  const next = step(core, event, ({ lastLine }) => ({
    newest: same?.line ?? lastLine,
    notice: null,
    undo: null,
    counter: { kind: "goods" },
  }));
  if (next?.ok !== true) return;
  if (same === undefined) addDeposit(core, product, next.value.lastLine, added);
  const now = core.ports.clock.now();
  core.steps.firstLineAt ??= now;
  core.steps.lastLineAt = now;
  core.steps.count = 0;
  void saveDraft(core);
}

/** Asks once about a weight that no counter carries, by what it would cost. */
function isSlip(core: Core, product: Product, amount: Quantity): boolean {
  const price = priceOf(money(product.price, core.state.get().settings?.store.currency ?? "CNY"), amount);
  return weightSlip(amount) && asksOnce(core, `weigh ${product.id}`, price, null);
}

/** The deposit that goes with a product: a line of its own, which follows the product's. */
function addDeposit(core: Core, product: Product, line: number, amount: Quantity): void {
  const deposit = product.deposit === null ? null : core.catalog.byId(product.deposit);
  if (deposit === null || amount.unit !== "piece") return;
  step(core, { kind: "addLine", line: { ...lineOf(core, deposit, amount), depositFor: line } });
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
    isDeposit: product.isDeposit,
  };
}

/** Sets a line's count of pieces; 0 removes it. */
export function setQuantity(core: Core, line: number, count: number): void {
  if (core.isBeingWritten || !Number.isInteger(count) || count < 0 || count > countMax) return;
  if (count === 0) return removeLine(core, line);
  const old = core.state.get().sale?.lines.find((each) => each.line === line);
  const signed = (old?.quantity.thousandths ?? 1) < 0 ? -count : count;
  if (step(core, { kind: "changeLine", line, quantity: quantity(signed * 1000, "piece") })?.ok !== true) return;
  core.state.patch({ newest: line, notice: null, ...leavePlan(core) });
  void saveDraft(core);
}
