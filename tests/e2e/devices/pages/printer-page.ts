import { printerModel } from "../../../../src/devices/printers/printer-models.ts";
import {
  createReceiptPrinter,
  type PrinterView,
  type ReceiptOutcome,
  type ReceiptPrinter,
} from "../../../../src/devices/receipt-printer.ts";
import type { PrintOutcome } from "../../../../src/domain/printer-status.ts";
import type { ReceiptDocument } from "../../../../src/domain/receipt.ts";
import { browserClock } from "./browser-clock.ts";
import { keptPortRoles } from "../../../../src/devices/transports/port-roles.ts";

let printer: ReceiptPrinter;
let view: PrinterView | undefined;
const outcomes = new Map<string, ReceiptOutcome | PrintOutcome>();

/** Starts the printer driver on this browser's own serial ports. */
export function start(modelId: string): void {
  const model = printerModel(modelId);
  if (model === undefined) throw new Error(`no model ${modelId}`);
  printer = createReceiptPrinter({
    roles: keptPortRoles(localStorage, () => undefined),
    serial: navigator.serial,
    clock: browserClock,
    locks: navigator.locks,
    model: () => model,
  });
  printer.subscribe((seen) => {
    view = seen;
  });
}

/** Prints and keeps the outcome under the id. */
export function print(id: string, document: ReceiptDocument, kick: boolean): void {
  void printer.print(id, document, { kick }).then((outcome) => outcomes.set(id, outcome));
}

export function openDrawer(id: string): void {
  void printer.openDrawer(id).then((outcome) => outcomes.set(id, outcome));
}

export function pair(): Promise<string> {
  return printer.pair();
}

export function close(): Promise<void> {
  return printer.close();
}

export function outcomeOf(id: string): ReceiptOutcome | PrintOutcome | null {
  return outcomes.get(id) ?? null;
}

export function statusNow(): string {
  return view === undefined ? "" : view.status.kind === "error" ? `error ${view.status.fault}` : view.status.kind;
}
