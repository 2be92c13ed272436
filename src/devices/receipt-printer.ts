import type { Cancel, Clock } from "../domain/clock.ts";
import type { DeviceConnection } from "../domain/device-connection.ts";
import type { PrinterStatus, PrintOutcome } from "../domain/printer-status.ts";
import type { ReceiptDocument } from "../domain/receipt.ts";
import { drawerJob } from "./cash-drawer.ts";
import { createDeviceLink, type LockAccess, type PairOutcome } from "./device-link.ts";
import { escpos } from "./printers/languages/escpos.ts";
import { runPrintJob } from "./printers/print-job.ts";
import { createPrinterMonitor } from "./printers/printer-monitor.ts";
import type { PrinterModel } from "./printers/printer-model.ts";
import { createPrinterQueue, type QueuedJob, type StartAnswer } from "./printers/printer-queue.ts";
import { webSerialSource, type SerialAccess } from "./transports/web-serial.ts";

/** What the printer's part of the screen shows. */
export type PrinterView = { readonly status: PrinterStatus; readonly jobs: readonly QueuedJob[] };

/** A receipt's outcome, and the drawer's when it was to open with it. */
export type ReceiptOutcome = PrintOutcome & { readonly drawer: PrintOutcome | null };

/** The receipt printer and the drawer behind it, as the register sees them. */
export type ReceiptPrinter = {
  status(): PrinterStatus;
  /** Jobs that wait or print. */
  queueLength(): number;
  /** Calls `listener` at once and after every change. */
  subscribe(listener: (view: PrinterView) => void): Cancel;
  /** Lets the person choose the printer's port; only on their own click. `unsupported` without Web Serial. */
  pair(): Promise<PairOutcome | "unsupported">;
  /**
   * Prints `document`; waits for paper, cover and plug as long as it takes. `kick` opens the drawer first, as a job of its
   * own (`<jobId>:drawer`), because the customer's change comes before the paper.
   */
  print(jobId: string, document: ReceiptDocument, options?: { readonly kick?: boolean }): Promise<ReceiptOutcome>;
  /** Opens the drawer, within ten seconds or not at all; never repeated by itself. */
  openDrawer(jobId: string): Promise<PrintOutcome>;
  /** Lets go of the printer for another window, after what was written has gone out. */
  close(): Promise<void>;
};

/** `serial` is null where the browser has no Web Serial; then every job fails as `unsupported`. */
export type ReceiptPrinterParts = {
  readonly serial: SerialAccess | null;
  readonly clock: Clock;
  readonly locks: LockAccess;
  readonly model: PrinterModel;
};

/** The name of the lock that makes one window of the till the printer's owner. */
export const printerLockName = "kuantai:receipt-printer";

/** A receipt printer, which starts looking for a port granted before at once. */
export function createReceiptPrinter(parts: ReceiptPrinterParts): ReceiptPrinter {
  return parts.serial === null ? unsupportedPrinter() : serialPrinter(parts, parts.serial);
}

function serialPrinter({ clock, locks, model }: ReceiptPrinterParts, serial: SerialAccess): ReceiptPrinter {
  const language = escpos;
  const listeners = new Set<(view: PrinterView) => void>();
  let lostListeners: (() => void)[] = [];
  let wasOpen = false;
  /** A job's bytes are on their way: a question now would stand in their midst. */
  let sending = false;

  const view = (): PrinterView => ({ status: monitor.status(link.connection()), jobs: queue.jobs() });
  const tell = (): void => {
    for (const listener of listeners) listener(view());
  };
  const changed = (): void => {
    queue.look();
    tell();
  };
  const onConnection = (connection: DeviceConnection): void => {
    const isOpen = connection.state === "idle" || connection.state === "busy";
    if (isOpen && !wasOpen) monitor.opened();
    if (!isOpen && wasOpen) {
      monitor.gone();
      const telling = lostListeners;
      lostListeners = [];
      for (const lost of telling) lost();
    }
    wasOpen = isOpen;
    changed();
  };
  const link = createDeviceLink({
    name: printerLockName,
    source: webSerialSource(serial, { baudRate: model.baudRate, flowControl: model.flowControl }),
    clock,
    locks,
    onBytes: (bytes) => monitor.received(bytes),
    onConnection,
  });
  const monitor = createPrinterMonitor({
    language,
    clock,
    ask: (bytes) => void link.write(bytes, questionDeadlineMs, () => monitor.isBlocked()),
    mayAsk: () => !sending,
    onChange: changed,
  });
  const mayStart = (): StartAnswer => {
    const connection = link.connection();
    if (connection.state === "unpaired") return "notPaired";
    if (connection.state === "error" && connection.fault === "otherWindow") return "otherWindow";
    return connection.state === "idle" && monitor.isKnown() && !monitor.isBlocked() ? "now" : "wait";
  };
  const queue = createPrinterQueue({
    clock,
    mayStart,
    run: (job) =>
      runPrintJob(job, {
        clock,
        link,
        monitor,
        language,
        model,
        lost: () => new Promise((resolve) => lostListeners.push(resolve)),
        onSending: (isSending) => {
          sending = isSending;
        },
      }),
    onChange: tell,
  });
  const started = link.start();
  const openDrawer = async (jobId: string): Promise<PrintOutcome> => {
    await started;
    return queue.add(drawerJob(jobId, language, model));
  };
  return {
    status: () => view().status,
    queueLength: () => queue.jobs().length,
    subscribe(listener) {
      listeners.add(listener);
      listener(view());
      return () => listeners.delete(listener);
    },
    pair: () => link.pair(),
    async print(jobId, document, options) {
      const drawer = options?.kick === true ? openDrawer(`${jobId}:drawer`) : null;
      await started;
      const outcome = await queue.add({ id: jobId, bytes: language.encodeReceipt(document, model) });
      return { ...outcome, drawer: await drawer };
    },
    openDrawer,
    close: () => link.close(),
  };
}

/** A status question not taken by the line within this, with no reason told, means the line is stuck. */
const questionDeadlineMs = 10_000;

function unsupportedPrinter(): ReceiptPrinter {
  const status: PrinterStatus = { kind: "error", fault: "unsupported" };
  const failed: PrintOutcome = { kind: "failed", reason: "unsupported" };
  return {
    status: () => status,
    queueLength: () => 0,
    subscribe(listener) {
      listener({ status, jobs: [] });
      return () => undefined;
    },
    pair: () => Promise.resolve("unsupported"),
    print: (_jobId, _document, options) => Promise.resolve({ ...failed, drawer: options?.kick === true ? failed : null }),
    openDrawer: () => Promise.resolve(failed),
    close: () => Promise.resolve(),
  };
}
