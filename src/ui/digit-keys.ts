import { onCleanup, onMount, type Accessor } from "solid-js";

/** Keys that follow each other as fast as this come from a scanner (its decoder has the figures), not from a hand. */
const scannerGapMsMax = 65;
/** So many keys in a row at that pace are a code that went past here: what it left is taken out again. */
const scannerKeysMin = 6;

/** What the digits of a keyboard type into. */
export type DigitBox = {
  readonly typed: Accessor<string>;
  set(text: string): void;
  type(key: string): void;
  back(): void;
  readonly isReady: () => boolean;
  done(): void;
};

/**
 * Types digits, a point and Backspace of the keyboard into `box` while it is on the screen, and tells it of Enter while it is
 * ready. A scanner's keys leave nothing in it; what is typed into an input belongs to that input.
 */
export function listenToDigits(box: DigitBox): void {
  const scan = createRun(box);
  const onKey = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[\d.]$/.test(event.key)) {
      if (!scan.hears(event.timeStamp)) box.type(event.key);
    } else if (event.key === "Backspace") box.back();
    else if (event.key === "Enter" && scan.endsAt(event.timeStamp)) event.preventDefault();
    else if (event.key === "Enter" && !event.repeat && box.isReady()) {
      // Enter on a button presses it, unless something has been typed: then it is meant.
      if (event.target instanceof HTMLButtonElement && box.typed() === "") return;
      event.preventDefault();
      box.done();
    }
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
}

type Run = {
  /** True for a key of a scanner's run; what the run had left is gone then. */
  hears(atMs: number): boolean;
  /** Whether Enter, now, is a scanner's own. */
  endsAt(atMs: number): boolean;
};

/** Tells a scanner's run by its pace. */
function createRun(box: DigitBox): Run {
  let before = "";
  let keys = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    hears(atMs) {
      if (atMs - lastAt > scannerGapMsMax) {
        keys = 0;
        before = box.typed();
      }
      lastAt = atMs;
      keys++;
      if (keys === scannerKeysMin) box.set(before);
      return keys >= scannerKeysMin;
    },
    endsAt: (atMs) => keys >= scannerKeysMin && atMs - lastAt <= scannerGapMsMax,
  };
}
