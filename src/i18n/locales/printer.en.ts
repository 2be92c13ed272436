import type { PrinterStatus, PrintOutcome } from "../../domain/printer-status.ts";

/** What became of a print, for the cashier. */
export function printOutcomeEn(outcome: PrintOutcome | { readonly kind: "printing" }): string {
  switch (outcome.kind) {
    case "printing":
      return "Receipt is printing";
    case "printed":
      return "Receipt printed";
    case "uncertain":
      return outcome.reason === "neverAnswers"
        ? "Receipt sent to the printer"
        : "The receipt may be incomplete: look, and reprint if need be";
    case "failed":
      return outcome.reason === "notPaired"
        ? "No printer connected, receipt not printed"
        : "Receipt not printed; reprint it under Today's sales";
  }
}

/** What is wrong with the printer and what to do; null when nothing is. */
export function printerStatusEn(status: PrinterStatus): string | null {
  switch (status.kind) {
    case "ready":
    case "unknown":
    case "notPaired":
      return null;
    case "paperLow":
      return "Printer paper is running low";
    case "paperOut":
      return "Printer out of paper: put paper in, it goes on";
    case "coverOpen":
      return "Printer cover open: close it, it goes on";
    case "offline":
      return "Printer does not answer: check its power";
    case "unplugged":
      return "Printer unplugged: plug it in, it goes on";
    case "error":
      return status.fault === "cutter"
        ? "Cutter jammed: switch off, clear the paper, switch on"
        : "Printer fault: switch it off and on";
  }
}
