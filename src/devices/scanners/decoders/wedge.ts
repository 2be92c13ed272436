import { scanCharactersMax } from "../../../contract/barcode.ts";

/** Keys of one scan follow each other within this: scanners take 5 to 50 ms a key, fast typists 80 and more. */
export const keyGapMsMax = 65;
/** Fewer characters are left as typed text, terminator and all: nobody types six keys and Enter at a scanner's pace. */
export const scanCharactersMin = 6;

/** A key going down. `atMs` is the event's own time stamp, not when a busy page came to look at it. */
export type WedgeKey = {
  readonly key: string;
  readonly code: string;
  readonly atMs: number;
  /** Held down: a finger, never a scanner. */
  readonly isRepeat: boolean;
  /** Ctrl, Alt or Meta is down: a shortcut, never a scanned character. */
  readonly hasModifier: boolean;
  readonly isShifted: boolean;
};

/**
 * What to do with the key. `pass`: let it through, it may be typing; `isFirst` when it could begin a scan, `isRunning` when
 * keys before it came at a scanner's pace. `scan`: it ended one, keep it from the page. `swallow`: a second terminator.
 */
export type WedgeStep =
  | { readonly kind: "pass"; readonly isFirst: boolean; readonly isRunning: boolean }
  | { readonly kind: "scan"; readonly text: string }
  | { readonly kind: "swallow" };

/** Tells scans from typing, key by key. Owns no page, no timer. */
export type WedgeDecoder = { push(key: WedgeKey): WedgeStep };

/** Keys that go down within a scan without being a character of it. */
const silentKeys: ReadonlySet<string> = new Set(["Shift", "CapsLock", "NumLock", "AltGraph"]);

/**
 * A run of at least `scanCharactersMin` characters, each within `keyGapMsMax` of the one before, ended by Enter or Tab at the
 * same pace, is a scan. Everything else is typing.
 */
export function createWedgeDecoder(): WedgeDecoder {
  let run = "";
  let lastAt = Number.NEGATIVE_INFINITY;
  let scannedAt = Number.NEGATIVE_INFINITY;
  const typed = (isFirst: boolean): WedgeStep => ({ kind: "pass", isFirst, isRunning: run.length > 1 });
  return {
    push(key) {
      if (silentKeys.has(key.key)) return typed(false);
      if (!isSoon(key, lastAt)) run = "";
      lastAt = key.atMs;
      if (key.key === "Enter" || key.key === "Tab") {
        if (isSoon(key, scannedAt)) return { kind: "swallow" };
        const text = run;
        run = "";
        if (text.length < scanCharactersMin || text.length > scanCharactersMax || key.isRepeat || key.hasModifier)
          return typed(false);
        scannedAt = key.atMs;
        return { kind: "scan", text };
      }
      const character = key.isRepeat || key.hasModifier ? null : characterOf(key);
      if (character === null) {
        run = "";
        return typed(false);
      }
      run += character;
      return typed(run.length === 1);
    },
  };
}

/** Whether the key follows what was at `ms` at a scanner's pace; one that is stamped earlier does not follow it. */
function isSoon({ atMs }: WedgeKey, ms: number): boolean {
  return atMs >= ms && atMs - ms <= keyGapMsMax;
}

/** The character a key stands for, or null. An input method hides it behind "Process": then the key's place tells. */
function characterOf({ key, code, isShifted }: WedgeKey): string | null {
  if (key.length === 1) return key;
  if (key !== "Process" && key !== "Unidentified") return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return isShifted ? null : digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return isShifted ? letter : letter.toLowerCase();
  return code === "Minus" && !isShifted ? "-" : null;
}
