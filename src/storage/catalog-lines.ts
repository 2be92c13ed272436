import type { Product } from "../domain/item.ts";
import { refOf, type CatalogRef } from "./catalog-ref.ts";
import { fieldEnd, rowsOfPairs, type Postings } from "./catalog-postings.ts";

/** Hits given at most: the last of them only says that there are more than a screen shows. */
export const searchHitsMax = 61;
/** A search text is cut at this length. */
export const searchTextMax = 64;

/** Lines of one chunk as the search reads them; a row with `dead` 1 is sold no more. */
export type SearchedLines = {
  readonly id: number;
  readonly text: string;
  readonly lineEnds: Uint32Array;
  readonly postings: Postings;
  readonly dead: Uint8Array;
  readonly favourites: readonly (readonly [row: number, place: number])[];
};

/** A product's line: names in every language, initials and codes, each between a sign of its beginning and an end. */
export function searchLineOf(product: Product): string {
  const fields = [product.names["zh-CN"], product.names.en, product.names.ja, product.initials, ...product.barcodes];
  return fields.map((field) => begun(plain(field)) + fieldEnd).join("");
}

/**
 * Places of products that hold every word of `text`, best first: a whole field, then a field's beginning by the first word, then anywhere;
 * within each the favourites by their places, then the catalogue's order. `searchHitsMax` at most.
 */
export function searchLines(chunks: readonly SearchedLines[], text: string): readonly CatalogRef[] {
  const words = plain(text.slice(0, searchTextMax))
    .split(/\s+/u)
    .filter((word) => word !== "");
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const favourites = favouriteRows(chunks);
  const found = new Set<CatalogRef>();
  const whole = rest.length === 0 ? [[begun(first) + fieldEnd]] : [];
  for (const needles of [...whole, [begun(first), ...rest], words]) {
    for (const { lines, row } of favourites) if (holds(lines, row, needles)) found.add(refOf(lines.id, row));
    for (const lines of chunks)
      for (const row of rowsHolding(lines, needles)) {
        found.add(refOf(lines.id, row));
        if (found.size >= searchHitsMax) return [...found].slice(0, searchHitsMax);
      }
  }
  return [...found].slice(0, searchHitsMax);
}

/** Rises when `plain` spells differently: lines of another spelling are made anew. */
export const lineSpelling = 2;

/** Katakana less this is hiragana. */
const kanaApart = "ァ".charCodeAt(0) - "ぁ".charCodeAt(0);

/**
 * One spelling for letters: narrow and lower case, katakana as hiragana. Control and private characters, our own signs, become
 * spaces.
 */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{Cc}\ue000-\uf8ff]/gu, " ")
    .replace(/[ァ-ヶヽヾ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - kanaApart));
}

/** Stands before every field, so that a beginning can be looked for like any other text. */
function begun(field: string): string {
  return `\ue000${field}`;
}

function* rowsHolding(lines: SearchedLines, needles: readonly string[]): Iterable<number> {
  const rows = rowsOfPairs(lines.postings, needles);
  if (rows === null) return yield* rowsByScan(lines, needles);
  for (const row of rows) if (lines.dead[row] === 0 && holds(lines, row, needles)) yield row;
}

/** For words of one letter: each word looks on from where the others may be next. */
function* rowsByScan(lines: SearchedLines, needles: readonly string[]): Iterable<number> {
  let row = 0;
  let agreed = 0;
  for (let turn = 0; ; turn++) {
    const at = lines.text.indexOf(needles[turn % needles.length] ?? "", startOf(lines, row));
    if (at === -1) return;
    const next = rowAt(lines, at, row);
    agreed = next === row ? agreed + 1 : 1;
    row = next;
    if (agreed < needles.length) continue;
    if (lines.dead[row] === 0) yield row;
    row++;
    agreed = 0;
  }
}

function startOf(lines: SearchedLines, row: number): number {
  return row === 0 ? 0 : (lines.lineEnds[row - 1] ?? 0);
}

/** The row whose line holds position `at`, not before `from`. */
function rowAt(lines: SearchedLines, at: number, from: number): number {
  let low = from;
  let high = lines.lineEnds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines.lineEnds[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Row = { readonly lines: SearchedLines; readonly row: number };

function favouriteRows(chunks: readonly SearchedLines[]): readonly Row[] {
  return chunks
    .flatMap((lines) =>
      lines.favourites.flatMap(([row, place]) => (lines.dead[row] === 0 ? [{ lines, row, place }] : [])),
    )
    .toSorted((a, b) => a.place - b.place);
}

function holds(lines: SearchedLines, row: number, needles: readonly string[]): boolean {
  const line = lines.text.slice(startOf(lines, row), lines.lineEnds[row]);
  return needles.every((needle) => line.includes(needle));
}
