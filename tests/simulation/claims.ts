import { parseEntry } from "../../src/contract/journal.ts";
import type { JournalEntry } from "../../src/domain/journal.ts";

/** Takes down `sentence` when `fact` is not so. */
export type Claim = (fact: boolean, sentence: string) => void;

/** The entries that are understood. */
export function entriesOf(rows: readonly { readonly text: string }[]): JournalEntry[] {
  return rows.flatMap(({ text }) => {
    const parsed = parseEntry(text);
    return parsed.ok ? [parsed.value] : [];
  });
}

export function total(rows: readonly { readonly amount: number }[]): number {
  return rows.reduce((sum, { amount }) => sum + amount, 0);
}

export function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

export function unique<Value>(values: readonly Value[], key: (value: Value) => string): Value[] {
  return [...new Map(values.map((value) => [key(value), value])).values()];
}
