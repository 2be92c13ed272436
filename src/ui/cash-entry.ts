import { createSignal, onCleanup, onMount, type Accessor } from "solid-js";
import { minorDigits, money, subtract, type Money } from "../domain/money.ts";
import { cashGivenMax } from "../domain/tender.ts";

/** What is typed as cash given: nothing typed means the exact amount. */
export type CashEntry = {
  readonly typed: Accessor<string>;
  readonly given: Accessor<Money>;
  readonly change: Accessor<Money>;
  readonly decimals: Accessor<number>;
  type(key: string): void;
  back(): void;
};

/** An entry against `due`, by keypad and by keyboard; `done` hears Enter when enough was given. */
export function createCashEntry(due: Accessor<Money>, done: (given: Money) => void): CashEntry {
  const [typed, setTyped] = createSignal("");
  const decimals = (): number => minorDigits[due().currency];
  const amount = (text: string): number => Math.round(Number(text === "." ? "0" : text) * 10 ** decimals());
  const given = (): Money => (typed() === "" ? due() : money(amount(typed()), due().currency));
  const change = (): Money => subtract(given(), due());
  const form = (): RegExp => (decimals() === 0 ? /^\d{0,7}$/ : new RegExp(`^\\d{0,7}(?:\\.\\d{0,${decimals()}})?$`));
  const type = (key: string): void => {
    const next = typed() + key;
    if (form().test(next) && amount(next) <= cashGivenMax) setTyped(next);
  };
  const back = (): void => void setTyped(typed().slice(0, -1));
  const onKey = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return;
    if (/^\d$/.test(event.key) || event.key === ".") type(event.key);
    else if (event.key === "Backspace") back();
    else if (event.key === "Enter" && change().amount >= 0) {
      // Enter on a button presses it, unless an amount has been typed: then it is meant.
      if (event.target instanceof HTMLButtonElement && typed() === "") return;
      event.preventDefault();
      done(given());
    }
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  return { typed, given, change, decimals, type, back };
}
