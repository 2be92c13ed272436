import { expose, transfer } from "comlink";
import { keepCatalog, type CatalogKeeper } from "../src/storage/catalog-keeper.ts";
import { CatalogDatabase } from "../src/storage/database.ts";

const keeper = keepCatalog(new CatalogDatabase({ indexedDB, IDBKeyRange }));

/** The catalogue away from the page: a chunk's bytes are given over, not copied. */
const catalogWorker: CatalogKeeper = {
  ...keeper,
  refresh: async () => {
    const news = await keeper.refresh();
    return transfer(
      news,
      news.added.flatMap((part) => [
        part.json.buffer,
        part.ends.buffer,
        part.codes.buffer,
        part.codeRows.buffer,
        part.idHashes.buffer,
        part.idRows.buffer,
        part.categoryOf.buffer,
      ]),
    );
  },
};

expose(catalogWorker);
