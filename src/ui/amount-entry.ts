import { createSignal, type Accessor } from "solid-js";
import { minorDigits, money, type Money } from "../domain/money.ts";
import { cashGivenMax } from "../domain/tender.ts";
import { listenToDigits } from "./digit-keys.ts";

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
 * it. `done` hears Enter while `isReady`; `begun` was typed before.
 */
export function createAmountEntry(
  start: Accessor<Money>,
  isReady: () => boolean,
  done: (amount: Money) => void,
  begun = "",
): AmountEntry {
  const [typed, setTyped] = createSignal(begun);
  const decimals = (): number => minorDigits[start().currency];
  const minor = (text: string): number => Math.round(Number(text === "." ? "0" : text) * 10 ** decimals());
  const amount = (): Money => (typed() === "" ? start() : money(minor(typed()), start().currency));
  const form = (): RegExp => (decimals() === 0 ? /^\d{0,7}$/ : new RegExp(`^\\d{0,7}(?:\\.\\d{0,${decimals()}})?$`));
  const type = (key: string): void => {
    const next = typed() + key;
    if (form().test(next) && minor(next) <= cashGivenMax) setTyped(next);
  };
  const back = (): void => void setTyped(typed().slice(0, -1));
  listenToDigits({ typed, set: setTyped, type, back, isReady, done: () => done(amount()) });
  return { typed, amount, decimals, type, back, clear: () => void setTyped("") };
}
