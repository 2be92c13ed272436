import { createSignal, onCleanup, onMount, type Accessor } from "solid-js";
import { minorDigits, money, type Money } from "../domain/money.ts";
import { cashGivenMax } from "../domain/tender.ts";

/** Keys that follow each other as fast as this come from a scanner (its decoder has the figures), not from a hand. */
const scannerGapMsMax = 65;
/** So many keys in a row at that pace are a code that went past here: what it left is taken out again. */
const scannerKeysMin = 6;

/** An amount as it is typed: nothing typed means the one it starts with. */
export type AmountEntry = {
  readonly typed: Accessor<string>;
  readonly amount: Accessor<Money>;
  readonly decimals: Accessor<number>;
  type(key: string): void;
  back(): void;
  clear(): void;
};

/**
 * An entry that starts with `start`, by keypad and by keyboard while it is on the screen; a scanner's keys leave nothing in
 * it. `done` hears Enter while `isReady`.
 */
export function createAmountEntry(
  start: Accessor<Money>,
  isReady: () => boolean,
  done: (amount: Money) => void,
): AmountEntry {
  const [typed, setTyped] = createSignal("");
  const decimals = (): number => minorDigits[start().currency];
  const minor = (text: string): number => Math.round(Number(text === "." ? "0" : text) * 10 ** decimals());
  const amount = (): Money => (typed() === "" ? start() : money(minor(typed()), start().currency));
  const form = (): RegExp => (decimals() === 0 ? /^\d{0,7}$/ : new RegExp(`^\\d{0,7}(?:\\.\\d{0,${decimals()}})?$`));
  const type = (key: string): void => {
    const next = typed() + key;
    if (form().test(next) && minor(next) <= cashGivenMax) setTyped(next);
  };
  const back = (): void => void setTyped(typed().slice(0, -1));
  const run = createRun(typed, setTyped);
  const onKey = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[\d.]$/.test(event.key)) {
      if (!run(event.timeStamp)) type(event.key);
    } else if (event.key === "Backspace") back();
    else if (event.key === "Enter" && !event.repeat && isReady()) {
      // Enter on a button presses it, unless an amount has been typed: then it is meant.
      if (event.target instanceof HTMLButtonElement && typed() === "") return;
      event.preventDefault();
      done(amount());
    }
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  return { typed, amount, decimals, type, back, clear: () => void setTyped("") };
}

/** Tells a scanner's run by its pace; true for a key of one, and what the run had left is gone. */
function createRun(typed: Accessor<string>, setTyped: (text: string) => void): (atMs: number) => boolean {
  let before = "";
  let keys = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  return (atMs) => {
    if (atMs - lastAt > scannerGapMsMax) {
      keys = 0;
      before = typed();
    }
    lastAt = atMs;
    keys++;
    if (keys === scannerKeysMin) setTyped(before);
    return keys >= scannerKeysMin;
  };
}
