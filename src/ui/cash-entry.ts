import type { Accessor } from "solid-js";
import { subtract, type Money } from "../domain/money.ts";
import { createAmountEntry, type AmountEntry } from "./amount-entry.ts";

/** What is typed as cash given: nothing typed means the exact amount. */
export type CashEntry = Pick<AmountEntry, "typed" | "decimals" | "type" | "back"> & {
  readonly given: Accessor<Money>;
  readonly change: Accessor<Money>;
};

/** An entry against `due`, by keypad and by keyboard; `done` hears Enter when enough was given. */
export function createCashEntry(due: Accessor<Money>, done: (given: Money) => void): CashEntry {
  const entry = createAmountEntry(due, () => change().amount >= 0, done);
  const change = (): Money => subtract(entry.amount(), due());
  const { typed, decimals, type, back } = entry;
  return { typed, decimals, type, back, given: entry.amount, change };
}
