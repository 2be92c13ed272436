import type { Accessor } from "solid-js";
import { subtract, type Money } from "../domain/money.ts";
import { createAmountEntry, type AmountEntry } from "./amount-entry.ts";

/** What is typed as cash given: nothing typed means the exact amount, or the part that was chosen. */
export type CashEntry = Pick<AmountEntry, "typed" | "decimals" | "type" | "back"> & {
  readonly given: Accessor<Money>;
  readonly change: Accessor<Money>;
  /** Whether something less than what is due was typed. */
  readonly isPart: Accessor<boolean>;
};

/**
 * An entry against `due`, by keypad and by keyboard; `done` hears Enter for all of it, `part` for less than is due. While a part is
 * `chosen`, only parts are taken.
 */
export function createCashEntry(
  due: Accessor<Money>,
  chosen: Accessor<Money | null>,
  done: (given: Money) => void,
  part: (given: Money) => void,
): CashEntry {
  const entry = createAmountEntry(
    () => chosen() ?? due(),
    () => isPart() || (chosen() === null && change().amount >= 0),
    (given) => (isPart() ? part(given) : done(given)),
  );
  const change = (): Money => subtract(entry.amount(), due());
  const isPart = (): boolean =>
    (entry.typed() !== "" || chosen() !== null) && entry.amount().amount > 0 && change().amount < 0;
  const { typed, decimals, type, back } = entry;
  return { typed, decimals, type, back, given: entry.amount, change, isPart };
}
