/** Stands after every field of a search line; no pair begins with it. */
export const fieldEnd = "\u001e";
const fieldEndCode = fieldEnd.charCodeAt(0);

/** In which rows of a chunk each pair of neighbouring letters stands: pairs ascending, the rows of each one after the other. */
export type Postings = {
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** Where each pair's rows end in `rows`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly rows: Uint16Array<ArrayBuffer>;
};

/** Finds the rows of every pair in `lines`. */
export function postPairs(lines: readonly string[]): Postings {
  const found = new Map<number, number[]>();
  let count = 0;
  for (const [row, line] of lines.entries())
    for (let at = 1; at < line.length; at++) {
      const pair = pairAt(line, at);
      if (pair === null) continue;
      const rows = found.get(pair);
      if (rows === undefined) found.set(pair, [row]);
      else if (rows.at(-1) === row) continue;
      else rows.push(row);
      count++;
    }
  const pairs = Uint32Array.from(found.keys()).toSorted();
  const ends = new Uint32Array(pairs.length);
  const rows = new Uint16Array(count);
  let end = 0;
  for (const [place, pair] of pairs.entries()) {
    const those = found.get(pair) ?? [];
    rows.set(those, end);
    ends[place] = end += those.length;
  }
  return { pairs, ends, rows };
}

/** So many of the rarest pairs are brought together; further ones would tell little more. */
const pairsBrought = 4;

/**
 * Rows that may hold all of `needles`: those that hold their rarest pairs. Null when no needle is long enough to tell; the
 * caller looks into the lines either way.
 */
export function rowsOfPairs(postings: Postings, needles: readonly string[]): Uint16Array | null {
  const pairs = new Set<number>();
  for (const needle of needles)
    for (let at = 1; at < needle.length; at++) {
      const pair = pairAt(needle, at);
      if (pair !== null) pairs.add(pair);
    }
  const [first, ...more] = [...pairs].map((pair) => rowsOf(postings, pair)).toSorted((a, b) => a.length - b.length);
  return first === undefined ? null : more.slice(0, pairsBrought - 1).reduce(inBoth, first);
}

/** What two ascending lists share, ascending. */
function inBoth(one: Uint16Array, other: Uint16Array): Uint16Array {
  const both = new Uint16Array(one.length);
  let count = 0;
  let at = 0;
  for (const row of one) {
    while (at < other.length && (other[at] ?? 0) < row) at++;
    if (other[at] === row) both[count++] = row;
  }
  return both.subarray(0, count);
}

function pairAt(text: string, at: number): number | null {
  const before = text.charCodeAt(at - 1);
  return before === fieldEndCode ? null : before * 65_536 + text.charCodeAt(at);
}

function rowsOf({ pairs, ends, rows }: Postings, pair: number): Uint16Array {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle] ?? 0) < pair) low = middle + 1;
    else high = middle;
  }
  if (pairs[low] !== pair) return rows.subarray(0, 0);
  return rows.subarray(low === 0 ? 0 : ends[low - 1], ends[low]);
}
