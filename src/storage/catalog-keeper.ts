import { catalogPage, type CatalogPage } from "../contract/catalog.ts";
import type { Product } from "../domain/item.ts";
import { searchLines } from "./catalog-lines.ts";
import { placeOf, refOf, type CatalogRef } from "./catalog-ref.ts";
import { chunkIds, favouritesMax, readCatalogHead, writeCatalog } from "./catalog-store.ts";
import type { CatalogDatabase, CatalogHead } from "./database.ts";
import {
  chunkProductsMax,
  linesAnew,
  packChunk,
  productAt,
  type CatalogChunk,
  type CatalogLines,
  type CatalogPart,
} from "./packed-catalog.ts";

/** More chunks than this that are not half full are packed together after a pull. */
const smallChunksMax = 16;

/** What a window has to take over: chunks it does not hold yet, chunks that are gone, and places that are sold no more. */
export type CatalogNews = {
  readonly head: CatalogHead | null;
  readonly added: readonly CatalogPart[];
  readonly dropped: readonly number[];
  readonly gone: readonly CatalogRef[];
};

/** What storing a page led to. */
export type StoredPage = { readonly cursor: number; readonly changed: boolean; readonly more: boolean };

/** Reads, writes and searches the stored catalogue; in a worker where there are workers. One a window. */
export type CatalogKeeper = {
  /** What is stored now and was not given before. */
  refresh(): Promise<CatalogNews>;
  /**
   * Takes a page (UTF-8 JSON of `catalogPage`) asked for after `cursor`. Null when it is none; unchanged when another window
   * was faster.
   */
  store(cursor: number, page: ArrayBuffer): Promise<StoredPage | null>;
  /** Packs many small chunks together; true when it did, and a refresh is due. For the end of a pull. */
  tidy(): Promise<boolean>;
  /** Places of products that hold every word of `text`, best first (`searchLines`). */
  search(text: string): Promise<readonly CatalogRef[]>;
};

type Held = Omit<CatalogLines, "text"> & { readonly text: string; readonly dead: Uint8Array; deadCount: number };
type Shelf = { readonly chunks: Map<number, Held>; readonly refs: Map<string, CatalogRef> };

/** A keeper over `database`. Its calls are done one after the other. */
export function keepCatalog(database: CatalogDatabase): CatalogKeeper {
  const shelf: Shelf = { chunks: new Map(), refs: new Map() };
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = before.then(work);
    before = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  };
  return {
    refresh: () => inTurn(() => refresh(database, shelf)),
    store: (cursor, page) => inTurn(() => storePage(database, shelf, cursor, page)),
    tidy: () => inTurn(() => mergeSmall(database, shelf)),
    search: async (text) => searchLines([...shelf.chunks.values()], text),
  };
}

async function refresh(database: CatalogDatabase, shelf: Shelf): Promise<CatalogNews> {
  const stored = await chunkIds(database);
  const added: CatalogPart[] = [];
  const gone: CatalogRef[] = [];
  // Asked for together: the disk works ahead of us.
  for (const chunk of await database.packed.bulkGet(stored.filter((id) => !shelf.chunks.has(id)))) {
    if (chunk === undefined) continue;
    const anew = linesAnew(chunk);
    // a chunk that another window has dropped meanwhile stays dropped
    if (anew !== null) await database.packed.update(chunk.id, { lines: anew });
    added.push(chunk.part);
    gone.push(...shelve(shelf, anew ?? chunk.lines));
  }
  const dropped = [...shelf.chunks.keys()].filter((id) => !stored.includes(id));
  for (const id of dropped) shelf.chunks.delete(id);
  const head = await readCatalogHead(database);
  return { head: head === null ? null : { ...head, products: countOf(shelf) }, added, dropped, gone };
}

/** Puts a chunk over the others; gives the places it empties. */
function shelve(shelf: Shelf, lines: CatalogLines): CatalogRef[] {
  const gone: CatalogRef[] = [];
  const empty = (id: string): void => {
    const ref = shelf.refs.get(id);
    if (ref === undefined) return;
    shelf.refs.delete(id);
    const { chunk, row } = placeOf(ref);
    const held = shelf.chunks.get(chunk);
    if (held === undefined) return;
    held.dead[row] = 1;
    held.deadCount++;
    gone.push(ref);
  };
  lines.removed.forEach(empty);
  for (const [row, id] of idsOf(lines).entries()) {
    empty(id);
    shelf.refs.set(id, refOf(lines.id, row));
  }
  const text = new TextDecoder().decode(lines.text);
  shelf.chunks.set(lines.id, { ...lines, text, dead: new Uint8Array(lines.count), deadCount: 0 });
  return gone;
}

function idsOf(lines: CatalogLines): readonly string[] {
  return lines.count === 0 ? [] : lines.ids.split("\n");
}

function countOf(shelf: Shelf): number {
  let count = 0;
  for (const held of shelf.chunks.values()) count += held.count - held.deadCount;
  return count;
}

async function storePage(
  database: CatalogDatabase,
  shelf: Shelf,
  cursor: number,
  bytes: ArrayBuffer,
): Promise<StoredPage | null> {
  const parsed = catalogPage.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success) return null;
  const page = parsed.data;
  const { more } = page;
  if (page.cursor === cursor && page.products.length === 0) return { cursor, changed: false, more: false };
  const before = await readCatalogHead(database);
  const written = await writeCatalog(database, cursor, {
    head: headAfter(before, page, countAfter(shelf, page)),
    make: (firstId) => chunksOf(firstId, page.products, page.removed),
    drop: [],
  });
  return written ? { cursor: page.cursor, changed: true, more } : { cursor, changed: true, more: false };
}

function countAfter(shelf: Shelf, page: CatalogPage): number {
  const fresh = page.products.filter(({ id }) => !shelf.refs.has(id)).length;
  return countOf(shelf) + fresh - page.removed.filter((id) => shelf.refs.has(id)).length;
}

function chunksOf(firstId: number, products: readonly Product[], removed: readonly string[]): CatalogChunk[] {
  const chunks: CatalogChunk[] = [];
  for (let from = 0; from === 0 || from < products.length; from += chunkProductsMax)
    chunks.push(
      packChunk(firstId + chunks.length, products.slice(from, from + chunkProductsMax), from === 0 ? removed : []),
    );
  return chunks;
}

function headAfter(before: CatalogHead | null, page: CatalogPage, products: number): CatalogHead {
  const touched = new Set<string>([...page.removed, ...page.products.map(({ id }) => id)]);
  const favourites = [
    ...(before?.favourites ?? []).filter(({ id }) => !touched.has(id)),
    ...page.products.filter(({ favourite }) => favourite !== null),
  ]
    .toSorted((a, b) => (a.favourite ?? 0) - (b.favourite ?? 0))
    .slice(0, favouritesMax);
  return { cursor: page.cursor, total: page.total, categories: page.categories, favourites, products };
}

/** Packs chunks that are not half full into few, so that neither a scan nor a search has many to look through. */
async function mergeSmall(database: CatalogDatabase, shelf: Shelf): Promise<boolean> {
  const held = [...shelf.chunks.values()];
  const small = held.filter(({ count, deadCount }) => count - deadCount < chunkProductsMax / 2);
  if (small.length <= smallChunksMax) return false;
  const [head, ids] = [await readCatalogHead(database), await chunkIds(database)];
  if (head === null || ids.length !== held.length || ids.some((id) => !shelf.chunks.has(id))) return false;
  const products = await liveProducts(database, small);
  // A removal still counts where an older chunk that stays holds the product.
  const kept = held.filter((each) => !small.includes(each)).map((each) => `\n${each.ids}\n`);
  const removed = small
    .flatMap((each) => each.removed)
    .filter((id) => !shelf.refs.has(id) && kept.some((those) => those.includes(`\n${id}\n`)));
  return writeCatalog(database, head.cursor, {
    head,
    make: (firstId) => chunksOf(firstId, products, removed),
    drop: small.map(({ id }) => id),
  });
}

async function liveProducts(database: CatalogDatabase, chunks: readonly Held[]): Promise<readonly Product[]> {
  const products: Product[] = [];
  for (const { id, dead } of chunks) {
    const chunk = await database.packed.get(id);
    if (chunk === undefined) continue;
    for (const [row, isDead] of dead.entries()) {
      const product = isDead === 1 ? null : productAt(chunk.part, row);
      if (product !== null) products.push(product);
    }
  }
  return products;
}
