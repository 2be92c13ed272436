import MiniSearch from "minisearch";
import { catalogPageMax } from "../../../src/contract/catalog.ts";
import type { Product } from "../../../src/domain/item.ts";
import { createCatalogIndex } from "../../../src/register/selling/catalog-index.ts";
import { keepCatalog } from "../../../src/storage/catalog-keeper.ts";
import { CatalogDatabase } from "../../../src/storage/database.ts";

export type SearchFigures = {
  readonly loads: number[];
  readonly ours: number[];
  readonly barcodes: number[];
  /** A page of one changed product: stored, taken over, found. */
  readonly changes: number[];
  readonly miniBuildMs: number;
  readonly mini: number[];
};

const loads = 7;
const changes = 20;
const warm = 60;

/** What a cashier types, cut from products all over the catalogue: initials, Han, two words, digits, Latin words. */
function queriesFor(products: readonly Product[], count: number): string[] {
  const queries: string[] = [];
  for (let n = 0; n < count; n++) {
    const product = products[(n * 7_919 + 13) % products.length];
    if (product === undefined) continue;
    const name = product.names["zh-CN"];
    const [code = ""] = product.barcodes;
    const kinds = [
      product.initials.slice(0, 2 + (n % 4)),
      name.slice(n % 3, (n % 3) + 2),
      `${name.slice(0, 2)} ${name.slice(-4)}`,
      code.slice(-4 - (n % 3)),
      product.names.en.split(" ")[1] ?? "",
      `${product.names.en.split(" ").at(-1) ?? ""} ${product.initials.slice(0, 3)}`,
    ];
    queries.push(kinds[n % kinds.length] ?? name);
  }
  return queries.filter((query) => query !== "");
}

async function storeAll(products: readonly Product[]): Promise<void> {
  const keeper = keepCatalog(new CatalogDatabase({ indexedDB, IDBKeyRange }));
  for (let from = 0; from < products.length; from += catalogPageMax) {
    const page = products.slice(from, from + catalogPageMax);
    await keeper.store(from, bytesOf({ products: page, cursor: from + page.length, more: true }));
  }
}

function bytesOf(page: object): ArrayBuffer {
  const body = { removed: [], more: false, total: 0, categories: [], ...page };
  return new TextEncoder().encode(JSON.stringify(body)).buffer as ArrayBuffer;
}

function timed<Result>(work: () => Result): [number, Result] {
  const startedAt = performance.now();
  const result = work();
  return [performance.now() - startedAt, result];
}

/** The catalogue of `products` as the till keeps it, and the same words in MiniSearch, in one page. */
export async function measure(products: readonly Product[], searches: number): Promise<SearchFigures> {
  await storeAll(products);
  const figures = { loads: [] as number[], ours: [] as number[], barcodes: [] as number[], changes: [] as number[] };
  let keeper = keepCatalog(new CatalogDatabase({ indexedDB, IDBKeyRange }));
  let index = createCatalogIndex();
  for (let n = 0; n < loads; n++) {
    keeper = keepCatalog(new CatalogDatabase({ indexedDB, IDBKeyRange }));
    index = createCatalogIndex();
    const startedAt = performance.now();
    index.take(await keeper.refresh());
    figures.loads.push(performance.now() - startedAt);
  }
  const queries = queriesFor(products, searches);
  for (const query of queries.slice(0, warm)) await keeper.search(query);
  for (const query of queries) {
    const startedAt = performance.now();
    const found = (await keeper.search(query)).flatMap((ref) => index.byRef(ref) ?? []);
    figures.ours.push(performance.now() - startedAt);
    if (found.length === 0) throw new Error(`nothing found for ${query}`);
  }
  for (let n = 0; n < searches; n++) {
    const code = products[(n * 7_919) % products.length]?.barcodes[0] ?? "";
    const [ms, found] = timed(() => index.byBarcode(code));
    figures.barcodes.push(ms);
    if (found === null) throw new Error(`${code} is not in the index`);
  }
  for (let n = 0; n < changes; n++) {
    const product = { ...products[n * 4_999], price: 4_200 + n };
    const startedAt = performance.now();
    const cursor = products.length + n;
    await keeper.store(cursor, bytesOf({ products: [product], cursor: cursor + 1 }));
    index.take(await keeper.refresh());
    figures.changes.push(performance.now() - startedAt);
    if (index.byId(String(product.id))?.price !== product.price) throw new Error("a change was not taken over");
  }
  return { ...figures, ...measureMini(products, queries) };
}

/** MiniSearch as its own pages advise for Chinese: Han text as overlapping pairs, all words wanted, beginnings count. */
function measureMini(
  products: readonly Product[],
  queries: readonly string[],
): Pick<SearchFigures, "mini" | "miniBuildMs"> {
  const tokenize = (text: string): string[] =>
    text
      .toLowerCase()
      .split(/\s+/u)
      .flatMap((word) =>
        /\p{Script=Han}/u.test(word) && word.length > 2
          ? Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))
          : [word],
      );
  const mini = new MiniSearch({ fields: ["zh", "en", "ja", "initials", "codes"], tokenize });
  const documents = products.map(({ id, names, initials, barcodes }) => ({
    id,
    zh: names["zh-CN"],
    en: names.en,
    ja: names.ja,
    initials,
    codes: barcodes.join(" "),
  }));
  const [miniBuildMs] = timed(() => mini.addAll(documents));
  const options = { prefix: true, combineWith: "AND" } as const;
  for (const query of queries.slice(0, warm)) mini.search(query, options);
  return { miniBuildMs, mini: queries.map((query) => timed(() => mini.search(query, options).slice(0, 60))[0]) };
}
