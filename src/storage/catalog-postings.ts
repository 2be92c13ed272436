/** Stands after every field of a search line; no pair begins with it. */
export const fieldEnd = "\u001e";
const fieldEndCode = fieldEnd.charCodeAt(0);

/** In which rows of a chunk each pair of neighbouring letters stands: pairs ascending, the rows of each one after the other. */
export type Postings = {
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** How many rows each pair has. */
  readonly counts: Uint16Array<ArrayBuffer>;
  /** Where each pair's rows end in `steps`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** The steps from one row to the next, the first from -1: a byte, or 0 and two bytes (low first) for a step above 255. */
  readonly steps: Uint8Array<ArrayBuffer>;
};

/** Finds the rows of every pair in `lines`. */
export function postPairs(lines: readonly string[]): Postings {
  const found = new Map<number, number[]>();
  for (const [row, line] of lines.entries())
    for (let at = 1; at < line.length; at++) {
      const pair = pairAt(line, at);
      if (pair === null) continue;
      const rows = found.get(pair);
      if (rows === undefined) found.set(pair, [row]);
      else if (rows.at(-1) !== row) rows.push(row);
    }
  const pairs = Uint32Array.from(found.keys()).toSorted();
  const counts = Uint16Array.from(pairs, (pair) => found.get(pair)?.length ?? 0);
  const ends = new Uint32Array(pairs.length);
  const steps: number[] = [];
  for (const [place, pair] of pairs.entries()) {
    let before = -1;
    for (const row of found.get(pair) ?? []) {
      const step = row - before;
      if (step < 256) steps.push(step);
      else steps.push(0, step & 255, step >> 8);
      before = row;
    }
    ends[place] = steps.length;
  }
  return { pairs, counts, ends, steps: Uint8Array.from(steps) };
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
  const places = [...pairs].map((pair) => placeOfPair(postings, pair));
  if (places.includes(-1)) return new Uint16Array(0);
  const [first, ...more] = places
    .toSorted((a, b) => (postings.counts[a] ?? 0) - (postings.counts[b] ?? 0))
    .slice(0, pairsBrought)
    .map((place) => rowsAt(postings, place));
  return first === undefined ? null : more.reduce(inBoth, first);
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

/** Where `pair` stands; -1 when no row holds it. */
function placeOfPair({ pairs }: Postings, pair: number): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle] ?? 0) < pair) low = middle + 1;
    else high = middle;
  }
  return pairs[low] === pair ? low : -1;
}

function rowsAt({ counts, ends, steps }: Postings, place: number): Uint16Array {
  const rows = new Uint16Array(counts[place] ?? 0);
  let at = place === 0 ? 0 : (ends[place - 1] ?? 0);
  let row = -1;
  for (let n = 0; n < rows.length; n++) {
    const step = steps[at++] ?? 0;
    row += step === 0 ? (steps[at++] ?? 0) + (steps[at++] ?? 0) * 256 : step;
    rows[n] = row;
  }
  return rows;
}
