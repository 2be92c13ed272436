import type { EntryEnvelope, Sha256 } from "./journal.ts";

/** Numbers that are not there, first and last included. */
export type MissingEntries = { readonly from: number; readonly to: number };

/** What is known of a chain of entries after some of them were looked at, in the order they stand in the file. */
export type ChainFindings = {
  readonly count: number;
  readonly first: number | null;
  readonly last: number | null;
  /** Hash of the last entry's text; before the first, what number 1 must be chained to. */
  readonly hash: string;
  readonly missing: readonly MissingEntries[];
  /** Entries that are not chained to the one before them, or stand out of order. */
  readonly broken: readonly number[];
  /** Lines that are no entry of this till and series. */
  readonly foreign: number;
};

export type ChainEntry = Pick<EntryEnvelope, "till" | "series" | "number" | "prev">;

/** Gaps and breaks that are named; one is bad enough, and a torn file has thousands. */
export const findingsMax = 20;

/** Nothing looked at yet. `activationHash` is the hash of the activation record: what number 1 is chained to. */
export function chainStart(activationHash: string): ChainFindings {
  return { count: 0, first: null, last: null, hash: activationHash, missing: [], broken: [], foreign: 0 };
}

/**
 * The findings after one more line. `entry` is what the text says of itself, null when it is no entry of this series. The first
 * entry of a file that begins later than number 1 has nothing to be held against; after a gap the next one has not either.
 */
export function chainAfter(
  before: ChainFindings,
  text: string,
  entry: ChainEntry | null,
  sha256: Sha256,
): ChainFindings {
  if (entry === null) return { ...before, foreign: before.foreign + 1 };
  const { number } = entry;
  const expected = before.last === null ? (number === 1 ? 1 : null) : before.last + 1;
  const isNext = number === expected;
  const isGap = before.last !== null && number > before.last + 1;
  const isChained = isNext ? entry.prev === before.hash : expected === null || isGap;
  return {
    ...before,
    count: before.count + 1,
    first: before.first ?? number,
    last: Math.max(number, before.last ?? number),
    hash: sha256(text),
    missing: isGap ? few(before.missing, { from: (before.last ?? 0) + 1, to: number - 1 }) : before.missing,
    broken: isChained ? before.broken : few(before.broken, number),
  };
}

/** True when every entry that was looked at is chained to the one before it and none is missing between. */
export function isWhole(findings: ChainFindings): boolean {
  return findings.count > 0 && findings.missing.length === 0 && findings.broken.length === 0 && findings.foreign === 0;
}

function few<T>(list: readonly T[], next: T): readonly T[] {
  return list.length >= findingsMax ? list : [...list, next];
}
