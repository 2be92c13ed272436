import { catalogPageMax } from "../contract/catalog.ts";
import { normalizeBarcode } from "../domain/gtin.ts";
import type { Product } from "../domain/item.ts";
import { lineSpelling, searchLineOf } from "./catalog-lines.ts";
import { postPairs, type Postings } from "./catalog-postings.ts";

/** Products in one chunk at most; a `CatalogRef` has room for more rows. */
export const chunkProductsMax = catalogPageMax;

/** What the page keeps of a chunk: products as bytes, read one at a time, and the ways to find a row. */
export type CatalogPart = {
  readonly id: number;
  readonly count: number;
  /** The products' fields in the order of their values. */
  readonly fields: readonly string[];
  /** Each product's values as JSON (UTF-8), one after the other. */
  readonly json: Uint8Array<ArrayBuffer>;
  /** Where each product's values end. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Codes of digits as numbers, ascending, and the row each names; of equal codes the later row stands last. */
  readonly codes: Float64Array<ArrayBuffer>;
  readonly codeRows: Uint16Array<ArrayBuffer>;
  /** Codes that are no such number. */
  readonly otherCodes: readonly (readonly [code: string, row: number])[];
  /** Hashes of the products' ids, ascending, and their rows. */
  readonly idHashes: Uint32Array<ArrayBuffer>;
  readonly idRows: Uint16Array<ArrayBuffer>;
  readonly categories: readonly string[];
  /** Each row's place in `categories`. */
  readonly categoryOf: Uint16Array<ArrayBuffer>;
};

/** What the search keeps of a chunk. */
export type CatalogLines = {
  readonly id: number;
  readonly count: number;
  /** How the lines are spelled (`lineSpelling`); absent in chunks of older builds. */
  readonly spelling?: number;
  /** The products' ids, a line each. */
  readonly ids: string;
  /** The products' search lines (UTF-8), one after the other, and where each ends as a text. */
  readonly text: Uint8Array<ArrayBuffer>;
  readonly lineEnds: Uint32Array<ArrayBuffer>;
  readonly postings: Postings;
  /** Rows of favourites, and their places. */
  readonly favourites: readonly (readonly [row: number, place: number])[];
  /** Ids that are sold no more; they empty rows of earlier chunks. */
  readonly removed: readonly string[];
};

/** A chunk as it is stored: only added and dropped; its lines alone are made anew when the search spells differently. */
export type CatalogChunk = { readonly id: number; readonly part: CatalogPart; readonly lines: CatalogLines };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Packs at most `chunkProductsMax` products into chunk `id`. */
export function packChunk(id: number, products: readonly Product[], removed: readonly string[]): CatalogChunk {
  return { id, part: packPart(id, products), lines: packLines(id, products, removed) };
}

/** The lines of a stored chunk in today's spelling, made from its products; null when they are in it already. */
export function linesAnew({ id, part, lines }: CatalogChunk): CatalogLines | null {
  if (lines.spelling === lineSpelling) return null;
  const products = Array.from({ length: part.count }, (_, row) => productAt(part, row));
  return packLines(
    id,
    products.filter((product) => product !== null),
    lines.removed,
  );
}

function packPart(id: number, products: readonly Product[]): CatalogPart {
  const fields = [...new Set(products.flatMap((product) => Object.keys(product)))];
  const values = (product: Product): unknown[] => fields.map((field) => product[field as keyof Product]);
  const texts = products.map((product) => encoder.encode(JSON.stringify(values(product))));
  const json = new Uint8Array(texts.reduce((all, text) => all + text.length, 0));
  const ends = new Uint32Array(products.length);
  const categoryOf = new Uint16Array(products.length);
  const categories: string[] = [];
  const numbers: (readonly [number, number])[] = [];
  const otherCodes: (readonly [string, number])[] = [];
  let end = 0;
  for (const [row, product] of products.entries()) {
    json.set(texts[row] ?? [], end);
    ends[row] = end += texts[row]?.length ?? 0;
    const known = categories.indexOf(product.category);
    categoryOf[row] = known === -1 ? categories.push(product.category) - 1 : known;
    for (const code of product.barcodes.map(normalizeBarcode)) {
      const number = numberOfCode(code);
      if (number === null) otherCodes.push([code, row]);
      else numbers.push([number, row]);
    }
  }
  numbers.sort(([a, rowA], [b, rowB]) => a - b || rowA - rowB);
  const hashes = products.map((product, row) => [hashOfId(product.id), row] as const).toSorted(([a], [b]) => a - b);
  return {
    id,
    count: products.length,
    fields,
    json,
    ends,
    codes: Float64Array.from(numbers, ([code]) => code),
    codeRows: Uint16Array.from(numbers, ([, row]) => row),
    otherCodes,
    idHashes: Uint32Array.from(hashes, ([hash]) => hash),
    idRows: Uint16Array.from(hashes, ([, row]) => row),
    categories,
    categoryOf,
  };
}

function packLines(id: number, products: readonly Product[], removed: readonly string[]): CatalogLines {
  const lines = products.map(searchLineOf);
  const lineEnds = new Uint32Array(products.length);
  let end = 0;
  for (const [row, line] of lines.entries()) lineEnds[row] = end += line.length;
  return {
    id,
    count: products.length,
    spelling: lineSpelling,
    ids: products.map((product) => product.id).join("\n"),
    text: encoder.encode(lines.join("")),
    lineEnds,
    postings: postPairs(lines),
    favourites: products.flatMap(({ favourite }, row) => (favourite === null ? [] : [[row, favourite] as const])),
    removed,
  };
}

/** A code of at most 14 digits as a number, a 1 before it so that leading zeros count; null for any other code. */
export function numberOfCode(code: string): number | null {
  return /^\d{1,14}$/.test(code) ? Number(`1${code}`) : null;
}

/** FNV-1a over the code units: where an id may be found. */
export function hashOfId(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The product in `row` of `part`. What was packed was parsed by the contract before. */
export function productAt(part: Pick<CatalogPart, "fields" | "json" | "ends">, row: number): Product | null {
  const end = part.ends[row];
  if (end === undefined) return null;
  const from = row === 0 ? 0 : (part.ends[row - 1] ?? 0);
  const values = JSON.parse(decoder.decode(part.json.subarray(from, end))) as readonly unknown[];
  const product: { [field: string]: unknown } = {};
  for (const [at, field] of part.fields.entries()) product[field] = values[at];
  return product as Product;
}
