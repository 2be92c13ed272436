import type { CatalogDatabase, CatalogHead, CatalogRow } from "./database.ts";
import type { CatalogChunk } from "./packed-catalog.ts";

/** Favourites kept for the first screen: more tiles than a hand finds its way among. */
export const favouritesMax = 500;

/** The stored head; null before the first page. */
export async function readCatalogHead(database: CatalogDatabase): Promise<CatalogHead | null> {
  return (await database.catalog.get("catalog")) ?? null;
}

/** The ids of the stored chunks, ascending: a later chunk stands over the earlier ones. */
export async function chunkIds(database: CatalogDatabase): Promise<readonly number[]> {
  return (await database.packed.toCollection().primaryKeys()).toSorted((a, b) => a - b);
}

/** A change of what is stored: chunks made of the next ids, chunks dropped, and the head it leads to. */
export type CatalogWrite = {
  readonly head: CatalogHead;
  readonly make: (firstId: number) => readonly CatalogChunk[];
  readonly drop: readonly number[];
};

/**
 * Writes `write` in one transaction, if the head is still the one at `cursor` (0 before the first page); false when another
 * window has written meanwhile.
 */
export async function writeCatalog(database: CatalogDatabase, cursor: number, write: CatalogWrite): Promise<boolean> {
  return database.transaction("rw", database.packed, database.catalog, async () => {
    const row = await database.catalog.get("catalog");
    if ((row?.cursor ?? 0) !== cursor) return false;
    const lastId = row?.lastId ?? 0;
    const chunks = write.make(lastId + 1);
    await database.packed.bulkDelete([...write.drop]);
    await database.packed.bulkPut([...chunks]);
    const next: CatalogRow = { ...write.head, key: "catalog", lastId: chunks.at(-1)?.id ?? lastId };
    await database.catalog.put(next);
    return true;
  });
}
