import type { PrinterLanguage } from "./printers/printer-language.ts";
import type { PrinterModel } from "./printers/printer-model.ts";
import type { PrintJob } from "./printers/printer-queue.ts";

/**
 * A drawer that could not be opened within this is not opened later: a till that springs open by itself when somebody puts
 * paper in is a danger, and the cashier has a key.
 */
export const drawerStartWithinMs = 10_000;

/** The job that opens the drawer behind the printer. A job of its own, so that it is never repeated with a receipt. */
export function drawerJob(id: string, language: PrinterLanguage, model: PrinterModel): PrintJob {
  return { id, bytes: language.encodeDrawerKick(model), startWithinMs: drawerStartWithinMs };
}
