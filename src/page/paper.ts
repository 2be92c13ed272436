import { browserClock } from "./browser.ts";
import { portRoles } from "./port-roles.ts";
import { generic58 } from "../devices/printers/models/generic-58.ts";
import { generic80 } from "../devices/printers/models/generic-80.ts";
import { createReceiptPrinter } from "../devices/receipt-printer.ts";
import { receiptWords } from "../i18n/receipt-words.ts";
import type { Paper } from "./late-paper.ts";
import type { PaperWidth } from "../ui/till.ts";

/** The printer of this page and the words on its paper: code that comes after the first screen. */
export function paperOfPage(width: () => PaperWidth): Paper {
  const printer = createReceiptPrinter({
    serial: navigator.serial ?? null,
    roles: portRoles,
    clock: browserClock,
    locks: navigator.locks,
    model: () => (width() === 58 ? generic58 : generic80),
  });
  return { printer, receiptWords };
}
