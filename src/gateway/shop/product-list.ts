import type { ProductListAnswer } from "../../contract/product-list.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Product } from "../../domain/item.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import { suggestProductColumns, type ProductColumns } from "../../domain/products/columns.ts";
import { mergeProducts, type ProductChanges } from "../../domain/products/merge-products.ts";
import { readProducts, type ListedProduct, type ProductTrouble } from "../../domain/products/read-products.ts";
import type { TaxRate } from "../../domain/tax.ts";
import { audit } from "../audit/audit.ts";
import type { Category } from "../../contract/catalog.ts";
import { allCategories, allProducts, putCategories, putProducts } from "../catalogue/catalogue.ts";
import { initialsOf } from "../catalogue/initials.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, type Database } from "../store/database.ts";

/** What is shown of a long list. */
const shownLines = 12;
const shownTroublesMax = 200;
const shownProducts = 8;
/** Names are read into initials in parts of this many, so that payments are served in between. */
const namesAtOnce = 500;
const others = { id: "others", names: { "zh-CN": "其他", en: "Other", ja: "その他" } };

/** A list of goods as a person hands it in. */
export type HandedList = {
  readonly name: string;
  readonly cells: readonly (readonly string[])[];
  /** Null: the heads tell. */
  readonly columns: ProductColumns | null;
  /** For goods whose line says none. */
  readonly tax: TaxRate;
  readonly currency: CurrencyCode;
  readonly leaveOut: boolean;
  readonly take: boolean;
};

type ListParts = Pick<GatewayParts, "clock" | "random" | "database">;

/** Reads a list and says what it would change; with `take` changes it, in one SQL transaction, all of it or nothing. */
export async function handInList(parts: ListParts, list: HandedList, who: string): Promise<ProductListAnswer> {
  const columns = list.columns ?? suggestProductColumns(list.cells)?.columns ?? null;
  const read = columns === null ? null : readProducts(list.cells, columns, list.currency);
  if (read === null) return { ...nothing, columns, head: headOf(list) };
  const initials = await initialsFor(parts.clock, read.products);
  return inTransaction(parts.database, async (step) => {
    const categories = await allCategories(step);
    const changes = await changesOf(step, read.products, categories, list.tax, initials);
    const troubles = [...read.troubles, ...changes.troubles].toSorted((a, b) => a.line - b.line);
    const isRefused = list.take && troubles.length > 0 && !list.leaveOut;
    const isTaken = list.take && !isRefused;
    if (isTaken) await put(step, parts, list, changes, who);
    return {
      ...shownOf(list, columns, changes, [...categories, ...changes.categories], troubles),
      remarks: read.remarks.slice(0, shownTroublesMax).map((each) => ({ ...each, cell: each.cell.slice(0, 64) })),
      remarkCount: read.remarks.length,
      kind: isTaken ? "taken" : isRefused ? "refused" : "shown",
    };
  });
}

const nothing: Omit<ProductListAnswer, "columns" | "head"> = {
  kind: "shown",
  lines: 0,
  added: 0,
  changed: 0,
  same: 0,
  categories: [],
  sample: [],
  troubles: [],
  wrongLines: 0,
  remarks: [],
  remarkCount: 0,
};

function headOf({ cells }: HandedList): string[][] {
  return cells.slice(0, shownLines).map((line) => [...line]);
}

async function changesOf(
  step: Database,
  listed: readonly ListedProduct[],
  categories: readonly Category[],
  tax: TaxRate,
  initials: ReadonlyMap<string, string>,
): Promise<ProductChanges> {
  const products = new Map((await allProducts(step)).map((product) => [product.id as string, product]));
  return mergeProducts(listed, {
    products,
    categories,
    tax,
    others,
    initialsOf: (name) => initials.get(name) ?? initialsOf(name),
  });
}

async function initialsFor(clock: Clock, listed: readonly ListedProduct[]): Promise<ReadonlyMap<string, string>> {
  const initials = new Map<string, string>();
  for (let from = 0; from < listed.length; from += namesAtOnce) {
    for (const { name } of listed.slice(from, from + namesAtOnce)) initials.set(name, initialsOf(name));
    await new Promise<void>((settle) => void clock.after(0, settle));
  }
  return initials;
}

async function put(
  step: Database,
  parts: ListParts,
  { name }: HandedList,
  { added, changed, same, categories }: ProductChanges,
  who: string,
): Promise<void> {
  if (categories.length > 0) await putCategories(step, [...(await allCategories(step)), ...categories]);
  if (added.length + changed.length > 0) await putProducts(step, [...added, ...changed]);
  const after = { name, added: added.length, changed: changed.length, same };
  const entry = { store: null, who, act: "productsTaken", subject: "catalogue", after } as const;
  await audit(step, parts.random, { ...entry, at: parts.clock.now() });
}

function shownOf(
  list: HandedList,
  columns: ProductColumns | null,
  { added, changed, same, categories: fresh }: ProductChanges,
  categories: readonly Pick<Category, "id" | "names">[],
  troubles: readonly ProductTrouble[],
): Omit<ProductListAnswer, "kind" | "remarks" | "remarkCount"> {
  const names = new Map(categories.map(({ id, names: named }) => [id as string, named]));
  const wrong = new Set(troubles.map(({ line }) => line)).size;
  const shown = (product: Product, state: "added" | "changed") => ({
    code: product.id,
    name: product.names["zh-CN"],
    barcode: product.barcodes[0] ?? null,
    category: names.get(product.category) ?? others.names,
    price: product.price,
    unit: product.unit,
    tax: product.taxRate,
    state,
  });
  return {
    columns,
    head: headOf(list),
    lines: added.length + changed.length + same + wrong,
    added: added.length,
    changed: changed.length,
    same,
    categories: fresh.map(({ names: named }) => named),
    sample: [
      ...added.slice(0, shownProducts).map((product) => shown(product, "added")),
      ...changed.slice(0, shownProducts).map((product) => shown(product, "changed")),
    ].slice(0, shownProducts),
    troubles: troubles.slice(0, shownTroublesMax).map((each) => ({ ...each, cell: each.cell.slice(0, 64) })),
    wrongLines: wrong,
  };
}
