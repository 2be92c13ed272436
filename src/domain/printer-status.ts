import type { DeviceFault } from "./device-connection.ts";

/**
 * What a receipt printer says of itself, told to a person in words by `i18n`. `unknown` is honest: the printer never
 * answered, so nobody knows (many cheap ones never do). `offline` means it says so, or it answered before and stopped.
 */
export type PrinterStatus =
  | { readonly kind: "ready" }
  | { readonly kind: "paperLow" }
  | { readonly kind: "paperOut" }
  | { readonly kind: "coverOpen" }
  | { readonly kind: "offline" }
  | { readonly kind: "unplugged" }
  | { readonly kind: "unknown" }
  | { readonly kind: "notPaired" }
  | { readonly kind: "error"; readonly fault: PrinterFault };

/** A fault of the line, or one the printer itself reports: a jammed cutter, another error a person can clear, one nobody can. */
export type PrinterFault = DeviceFault | "cutter" | "recoverable" | "unrecoverable";

/**
 * How a print job ended. Only `printed` is proof: the printer answered a question that stood behind the last byte.
 * `uncertain` may be on paper, whole or in part: a person looks, and reprints if need be; nothing is repeated by itself.
 * `failed` never reached the printer at all.
 */
export type PrintOutcome =
  | { readonly kind: "printed" }
  | { readonly kind: "uncertain"; readonly reason: "linkLost" | "noAnswer" | "neverAnswers" }
  | {
      readonly kind: "failed";
      readonly reason: "notPaired" | "otherWindow" | "unsupported" | "queueFull" | "tooLarge" | "expired";
    };
