import type { Language, Product } from "../item.ts";
import type { ProductId } from "../identifier.ts";
import type { TaxRate } from "../tax.ts";
import type { ListedProduct, ProductTrouble } from "./read-products.ts";

/** A category as the till's rail names it. */
export type ListedCategory = { readonly id: string; readonly names: Product["names"] };

/** What a list would change in the catalogue. */
export type ProductChanges = {
  readonly added: readonly Product[];
  readonly changed: readonly Product[];
  readonly same: number;
  /** New ones, in the order in which the list names them. */
  readonly categories: readonly ListedCategory[];
  /** Lines that collide with an article of the catalogue which the list does not name. */
  readonly troubles: readonly ProductTrouble[];
};

/** What the catalogue holds, and what is taken where list and catalogue say nothing. */
export type Catalogue = {
  readonly products: ReadonlyMap<string, Product>;
  readonly categories: readonly ListedCategory[];
  readonly tax: TaxRate;
  /** The category of goods that name none. */
  readonly others: ListedCategory;
  /** First letters of a Chinese name's readings, for the till's search. */
  readonly initialsOf: (name: string) => string;
};

/**
 * Brings a list to the catalogue, by code: what the list leaves out stays as it is, also the place among the favourites and the deposit.
 * The same list again changes nothing.
 */
export function mergeProducts(listed: readonly ListedProduct[], catalogue: Catalogue): ProductChanges {
  const categoryOf = categoriesBy(catalogue);
  const owners = barcodeOwners(catalogue.products);
  const named = new Set(listed.map(({ code }) => code));
  const troubles: ProductTrouble[] = [];
  const added: Product[] = [];
  const changed: Product[] = [];
  let same = 0;
  for (const each of listed) {
    const taken = (each.barcodes ?? []).find((code) => {
      const owner = owners.get(code);
      return owner !== undefined && owner !== each.code && !named.has(owner);
    });
    if (taken !== undefined) {
      troubles.push({ line: each.line, column: "barcode", cell: taken, why: "barcodeElsewhere" });
      continue;
    }
    const known = catalogue.products.get(each.code);
    const next = merged(each, known, categoryOf.idFor(each.category, known), catalogue);
    if (known === undefined) added.push(next);
    else if (isSame(known, next)) same += 1;
    else changed.push(next);
  }
  return { added, changed, same, categories: categoryOf.fresh, troubles };
}

function merged(each: ListedProduct, known: Product | undefined, category: string, catalogue: Catalogue): Product {
  const names = namesOf(each, known);
  return {
    id: each.code as ProductId,
    names,
    initials: known?.names["zh-CN"] === names["zh-CN"] ? known.initials : catalogue.initialsOf(names["zh-CN"]),
    barcodes: each.barcodes ?? known?.barcodes ?? [],
    category,
    price: each.price,
    listPrice: each.listPrice,
    unit: each.unit ?? known?.unit ?? "piece",
    taxRate: each.tax ?? known?.taxRate ?? catalogue.tax,
    favourite: known?.favourite ?? null,
    deposit: known?.deposit ?? null,
    isDeposit: known?.isDeposit ?? false,
  };
}

/** A language that the list does not have keeps its own name, unless that was only the other one's. */
function namesOf({ name, nameEn, nameJa }: ListedProduct, known: Product | undefined): Product["names"] {
  const kept = (language: Language): string => {
    const before = known?.names[language];
    return before === undefined || before === known?.names["zh-CN"] ? name : before;
  };
  return { "zh-CN": name, en: nameEn ?? kept("en"), ja: nameJa ?? kept("ja") };
}

function isSame(a: Product, b: Product): boolean {
  const { names, barcodes, ...rest } = b;
  return (
    (Object.keys(rest) as (keyof typeof rest)[]).every((key) => a[key] === b[key]) &&
    (Object.keys(names) as Language[]).every((language) => a.names[language] === names[language]) &&
    a.barcodes.length === barcodes.length &&
    barcodes.every((code, at) => a.barcodes[at] === code)
  );
}

function barcodeOwners(products: ReadonlyMap<string, Product>): ReadonlyMap<string, string> {
  return new Map([...products.values()].flatMap(({ id, barcodes }) => barcodes.map((code) => [code, id] as const)));
}

/** Finds a category by any of its names; one that is new is made once. */
function categoriesBy({ categories, others }: Catalogue) {
  const ids = new Map(categories.flatMap(({ id, names }) => Object.values(names).map((name) => [plain(name), id])));
  const taken = new Set(categories.map(({ id }) => id));
  const fresh: ListedCategory[] = [];
  const make = (names: Product["names"], wanted: string): string => {
    let id = wanted;
    for (let n = 2; taken.has(id); n += 1) id = `${wanted}-${n}`;
    taken.add(id);
    fresh.push({ id, names });
    for (const name of Object.values(names)) ids.set(plain(name), id);
    return id;
  };
  return {
    fresh,
    idFor(name: string | null, known: Product | undefined): string {
      if (name === null && known !== undefined) return known.category;
      if (name === null) return ids.get(plain(others.names["zh-CN"])) ?? make(others.names, others.id);
      return ids.get(plain(name)) ?? make({ "zh-CN": name, en: name, ja: name }, plain(name).slice(0, 32));
    },
  };
}

function plain(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
