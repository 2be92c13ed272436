import type { Instant } from "../clock.ts";

/** A tender noted unproved: paid to the static code while the till could not ask. */
export type UnprovedTender = {
  readonly key: string;
  readonly amount: number;
  /** By the gateway's clock. */
  readonly at: Instant;
  /** Last digits of the number that the payer showed; empty where none was noted. */
  readonly tail: string;
  /** Rows that a person said it is not. */
  readonly not?: readonly string[];
};

/** A row of the provider's that bears no number of ours. */
export type ForeignPayment = {
  readonly key: string;
  readonly amount: number;
  readonly at: Instant;
  /** The provider's number of the payment. */
  readonly number: string;
};

export type Pairs = {
  /** Each other's only candidate. */
  readonly sure: readonly { readonly tender: string; readonly row: string }[];
  /** A person picks: every tender with candidates that is not paired by itself. */
  readonly open: readonly { readonly tender: string; readonly rows: readonly string[] }[];
};

/**
 * Pairs tenders and rows of one account, over all its stores (`books.md` 3): same amount, times within `withinMs` of each other.
 * A noted tail that agrees with one row alone decides, one that disagrees excludes. Else paired by itself is only what is each
 * other's only candidate.
 */
export function pairUnverified(
  tenders: readonly UnprovedTender[],
  rows: readonly ForeignPayment[],
  withinMs: number,
): Pairs {
  const near = new Map(tenders.map((tender) => [tender.key, candidates(tender, rows, withinMs)]));
  const tailed = tenders.filter(({ tail }) => tail !== "").map(({ key }) => key);
  const decided = mutual(tailed, near);
  const taken = new Set(decided.map(({ row }) => row));
  const rest = tenders.filter(({ key }) => !decided.some(({ tender }) => tender === key)).map(({ key }) => key);
  const left = new Map(rest.map((key) => [key, (near.get(key) ?? []).filter((row) => !taken.has(row))]));
  const sure = [...decided, ...mutual(rest, left)];
  const paired = new Set(sure.map(({ tender }) => tender));
  const open = rest.flatMap((tender) => {
    const found = left.get(tender) ?? [];
    return paired.has(tender) || found.length === 0 ? [] : [{ tender, rows: found }];
  });
  return { sure, open };
}

/** Those of `keys` that have one candidate which no other of them has. */
function mutual(
  keys: readonly string[],
  candidatesOf: ReadonlyMap<string, readonly string[]>,
): { tender: string; row: string }[] {
  const wanted = new Map<string, number>();
  for (const key of keys) for (const row of candidatesOf.get(key) ?? []) wanted.set(row, (wanted.get(row) ?? 0) + 1);
  return keys.flatMap((tender) => {
    const [row, ...more] = candidatesOf.get(tender) ?? [];
    return row !== undefined && more.length === 0 && wanted.get(row) === 1 ? [{ tender, row }] : [];
  });
}

function candidates(tender: UnprovedTender, rows: readonly ForeignPayment[], withinMs: number): string[] {
  const { not = [] } = tender;
  const near = rows.filter(
    (row) => row.amount === tender.amount && Math.abs(row.at - tender.at) <= withinMs && !not.includes(row.key),
  );
  return near.filter((row) => tender.tail === "" || row.number.endsWith(tender.tail)).map((row) => row.key);
}
