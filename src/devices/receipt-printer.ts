import type { Cancel, Clock } from "../domain/clock.ts";
import type { DeviceConnection } from "../domain/device-connection.ts";
import type { PrinterStatus, PrintOutcome } from "../domain/printer-status.ts";
import type { ReceiptDocument } from "../domain/receipt.ts";
import { drawerJob } from "./cash-drawer.ts";
import { createDeviceLink, type DeviceLink, type LockAccess, type PairOutcome } from "./device-link.ts";
import { escpos } from "./printers/languages/escpos.ts";
import { runPrintJob } from "./printers/print-job.ts";
import type { PrinterLanguage } from "./printers/printer-language.ts";
import { createPrinterMonitor, type PrinterMonitor } from "./printers/printer-monitor.ts";
import type { PrinterModel } from "./printers/printer-model.ts";
import {
  createPrinterQueue,
  type PrinterQueue,
  type PrintJob,
  type QueuedJob,
  type StartAnswer,
} from "./printers/printer-queue.ts";
import { portsFor, type PortRoles } from "./transports/port-roles.ts";
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
  /** Which port is not the printer's. */
  readonly roles: PortRoles;
  readonly clock: Clock;
  readonly locks: LockAccess;
  /** Looked at anew for each job, so that another paper width needs no new printer; the line's speed is taken once. */
  readonly model: () => PrinterModel;
};

/** The name of the lock that makes one window of the till the printer's owner. */
export const printerLockName = "kuantai:receipt-printer";

/** A status question not taken by the line within this, with no reason told, means the line is stuck. */
const questionDeadlineMs = 10_000;

/** A receipt printer, which starts looking for a port granted before at once. */
export function createReceiptPrinter(parts: ReceiptPrinterParts): ReceiptPrinter {
  return parts.serial === null ? unsupportedPrinter : new SerialReceiptPrinter(parts, parts.serial);
}

/** Ties link, monitor and queue together; each knows nothing of the others. */
class SerialReceiptPrinter implements ReceiptPrinter {
  readonly #language: PrinterLanguage = escpos;
  readonly #parts: ReceiptPrinterParts;
  readonly #link: DeviceLink;
  readonly #monitor: PrinterMonitor;
  readonly #queue: PrinterQueue;
  readonly #listeners = new Set<(view: PrinterView) => void>();
  readonly #started: Promise<void>;
  /** Jobs under way that want to hear when their line is lost. */
  #lostListeners: (() => void)[] = [];
  #wasOpen = false;
  /** A job's bytes are on their way: a question now would stand in their midst. */
  #isSending = false;

  constructor(parts: ReceiptPrinterParts, serial: SerialAccess) {
    const { clock, locks, roles } = parts;
    const model = parts.model();
    const ports = webSerialSource(serial, { baudRate: model.baudRate, flowControl: model.flowControl });
    this.#parts = parts;
    this.#link = createDeviceLink({
      name: printerLockName,
      source: portsFor("printer", ports, roles),
      clock,
      locks,
      onBytes: (bytes) => this.#monitor.received(bytes),
      onConnection: (connection) => this.#connected(connection),
    });
    this.#monitor = createPrinterMonitor({
      language: this.#language,
      clock,
      ask: (bytes) => void this.#link.write(bytes, questionDeadlineMs, () => this.#monitor.isBlocked()),
      mayAsk: () => !this.#isSending,
      onChange: () => this.#changed(),
    });
    this.#queue = createPrinterQueue({
      clock,
      mayStart: () => this.#mayStart(),
      run: (job) => this.#run(job),
      onChange: () => this.#tell(),
    });
    this.#started = this.#link.start();
  }

  status(): PrinterStatus {
    return this.#monitor.status(this.#link.connection());
  }

  queueLength(): number {
    return this.#queue.jobs().length;
  }

  subscribe(listener: (view: PrinterView) => void): Cancel {
    this.#listeners.add(listener);
    listener(this.#view());
    return () => this.#listeners.delete(listener);
  }

  pair(): Promise<PairOutcome> {
    return this.#link.pair();
  }

  async print(
    jobId: string,
    document: ReceiptDocument,
    options?: { readonly kick?: boolean },
  ): Promise<ReceiptOutcome> {
    const drawer = options?.kick === true ? this.openDrawer(`${jobId}:drawer`) : null;
    await this.#started;
    const bytes = this.#language.encodeReceipt(document, this.#parts.model());
    const outcome = await this.#queue.add({ id: jobId, bytes });
    return { ...outcome, drawer: await drawer };
  }

  async openDrawer(jobId: string): Promise<PrintOutcome> {
    await this.#started;
    return this.#queue.add(drawerJob(jobId, this.#language, this.#parts.model()));
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #view(): PrinterView {
    return { status: this.status(), jobs: this.#queue.jobs() };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#view());
  }

  #changed(): void {
    this.#queue.look();
    this.#tell();
  }

  #connected(connection: DeviceConnection): void {
    const isOpen = connection.state === "idle" || connection.state === "busy";
    if (isOpen && !this.#wasOpen) this.#monitor.opened();
    if (!isOpen && this.#wasOpen) {
      this.#monitor.gone();
      const telling = this.#lostListeners;
      this.#lostListeners = [];
      for (const lost of telling) lost();
    }
    this.#wasOpen = isOpen;
    this.#changed();
  }

  #mayStart(): StartAnswer {
    const connection = this.#link.connection();
    if (connection.state === "unpaired") return "notPaired";
    if (connection.state === "error" && connection.fault === "otherWindow") return "otherWindow";
    return connection.state === "idle" && this.#monitor.isKnown() && !this.#monitor.isBlocked() ? "now" : "wait";
  }

  #run(job: PrintJob): Promise<PrintOutcome> {
    return runPrintJob(job, {
      clock: this.#parts.clock,
      link: this.#link,
      monitor: this.#monitor,
      language: this.#language,
      model: this.#parts.model(),
      lost: () => new Promise((resolve) => this.#lostListeners.push(resolve)),
      onSending: (isSending) => {
        this.#isSending = isSending;
      },
    });
  }
}

const unsupported: PrinterStatus = { kind: "error", fault: "unsupported" };
const failed: PrintOutcome = { kind: "failed", reason: "unsupported" };

/** Stands in where the browser has no Web Serial: says so, and fails every job aloud. */
const unsupportedPrinter: ReceiptPrinter = {
  status: () => unsupported,
  queueLength: () => 0,
  subscribe(listener) {
    listener({ status: unsupported, jobs: [] });
    return () => undefined;
  },
  pair: () => Promise.resolve("unsupported"),
  print: (_jobId, _document, options) => Promise.resolve({ ...failed, drawer: options?.kick === true ? failed : null }),
  openDrawer: () => Promise.resolve(failed),
  close: () => Promise.resolve(),
};
