import { scanCharactersMax } from "../../../contract/barcode.ts";
import { textOf } from "./scan-text.ts";

/** A scan without a terminator is over when the line has been silent for this long: 100 characters at 9600 baud. */
export const silenceMs = 100;
/** A character is at most this many bytes. */
const bytesMax = scanCharactersMax * 4;

/** One code as the scanner sent it; `symbology` is its AIM identifier where the scanner puts one before the code. */
export type SerialScan = { readonly text: string; readonly symbology: string | null };

/** Scans out of a serial line's bytes, which come cut anywhere. Owns no timer. */
export type SerialLines = {
  /** The scans that these bytes end. */
  push(bytes: Uint8Array): readonly SerialScan[];
  /** Bytes of a code that no terminator has ended yet are there, and may never be: `silent` is to be called after `silenceMs`. */
  waits(): boolean;
  /** Nothing came for `silenceMs`. Null where that ends no scan. */
  silent(): SerialScan | null;
};

const startOfText = 0x02;
/** Carriage return, line feed, tab, end of text: every suffix that scanners are set to. */
const terminators: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x09, 0x03]);

/**
 * A code ends at its terminator. A scanner that never sent one is set to send none: then silence ends its codes. After the
 * first terminator silence only throws away what is left: half a code is no code.
 */
export function createSerialLines(): SerialLines {
  let bytes: number[] = [];
  let isTooLong = false;
  let isTerminated = false;
  const end = (): SerialScan | null => {
    const scan = isTooLong ? null : scanOf(bytes);
    bytes = [];
    isTooLong = false;
    return scan;
  };
  return {
    push(chunk) {
      const scans: SerialScan[] = [];
      for (const byte of chunk) {
        if (terminators.has(byte)) {
          isTerminated = true;
          const scan = end();
          if (scan !== null) scans.push(scan);
        } else if (byte === startOfText) end();
        else if (bytes.length < bytesMax) bytes.push(byte);
        else isTooLong = true;
      }
      return scans;
    },
    waits: () => bytes.length > 0,
    silent: () => {
      const scan = end();
      return isTerminated ? null : scan;
    },
  };
}

function scanOf(bytes: readonly number[]): SerialScan | null {
  const said = textOf(bytes);
  const symbology = /^\][A-Za-z][0-9A-Za-z]/.exec(said)?.[0] ?? null;
  const text = symbology === null ? said : said.slice(symbology.length);
  return text === "" || text.length > scanCharactersMax ? null : { text, symbology };
}
