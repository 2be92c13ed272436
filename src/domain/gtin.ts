import { invariant } from "./assert.ts";

const gtinPattern = /^(?:\d{8}|\d{12}|\d{13}|\d{14})$/;

/** The GS1 check digit for `payload` (the digits before it): weights 3 and 1 from the right. */
export function gtinCheckDigit(payload: string): string {
  invariant(/^\d{7,13}$/.test(payload), "a GTIN's payload is 7 to 13 digits");
  let sum = 0;
  for (let i = 0; i < payload.length; i++) {
    const digit = payload.charCodeAt(payload.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit * 3 : digit;
  }
  return String((10 - (sum % 10)) % 10);
}

/** True for 8, 12, 13 or 14 digits with a right check digit (EAN-8, UPC-A, EAN-13, ITF-14). */
export function isGtin(text: string): boolean {
  return gtinPattern.test(text) && gtinCheckDigit(text.slice(0, -1)) === text.slice(-1);
}

/** Whether `text` has a GTIN's digits and a check digit that is not theirs. */
export function isGtinMistyped(text: string): boolean {
  return gtinPattern.test(text) && !isGtin(text);
}

/**
 * One spelling for one article: UPC-A (12) and an ITF-14 with indicator 0 become EAN-13; anything else stays as scanned.
 * (A scanner set to add or drop the leading zero must still find the product.)
 */
export function normalizeBarcode(text: string): string {
  const trimmed = text.trim();
  if (!isGtin(trimmed)) return trimmed;
  if (trimmed.length === 12) return `0${trimmed}`;
  if (trimmed.length === 14 && trimmed.startsWith("0")) return trimmed.slice(1);
  return trimmed;
}
