import type { BarcodeReading } from "../../../contract/barcode.ts";
import { paymentCodeChannel } from "../../../domain/payment-code.ts";
import { expandUpcE } from "./upc-e.ts";

/** A code must be out of sight this long before it counts again: a box held before the camera is one article. */
export const sameCodeAgainMs = 1_500;
/** Two readings that shall confirm each other may not lie further apart. */
export const confirmWithinMs = 1_000;

/** Decides which readings count as scans. `atMs` only ever grows. */
export type CameraAcceptance = {
  /** The text to report, or null: nothing read, not yet confirmed, or still the code reported before. */
  push(reading: BarcodeReading | null, atMs: number): string | null;
};

/**
 * QR codes and codes shaped like a payment code count at once: they carry error correction, or are checked by the wallet.
 * EAN, UPC and Code 128 count when a second frame agrees (no wrong one in 567 photographs, for some 60 ms).
 */
export function createCameraAcceptance(): CameraAcceptance {
  let reported: { readonly text: string; readonly seenAt: number } | null = null;
  let candidate: { readonly text: string; readonly seenAt: number } | null = null;
  return {
    push(reading, atMs) {
      if (reading === null) return null;
      const text = reading.format === "UPCE" ? expandUpcE(reading.text) : reading.text;
      const isStillThere = reported !== null && reported.text === text && atMs - reported.seenAt < sameCodeAgainMs;
      if (isStillThere) {
        reported = { text, seenAt: atMs };
        return null;
      }
      const isAgreed = candidate !== null && candidate.text === text && atMs - candidate.seenAt <= confirmWithinMs;
      if (reading.format !== "QRCode" && paymentCodeChannel(text) === null && !isAgreed) {
        candidate = { text, seenAt: atMs };
        return null;
      }
      candidate = null;
      reported = { text, seenAt: atMs };
      return text;
    },
  };
}
