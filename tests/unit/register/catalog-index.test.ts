import fc from "fast-check";
import { expect, test } from "vitest";
import type { Product } from "../../../src/domain/item.ts";
import { categoryShownMax } from "../../../src/register/selling/catalog-index.ts";
import { lineSpelling, searchHitsMax } from "../../../src/storage/catalog-lines.ts";
import { CatalogDatabase } from "../../../src/storage/database.ts";
import { catalogWindow, type CatalogWindow } from "../../fakes/catalog-window.ts";
import { apples, milk } from "../../fakes/register-bench.ts";

const two = catalogWindow();
await two.page([milk, apples]);

test.each([
  ["6901234567892", milk],
  ["06901234567892", milk],
  [" 6901234567892 ", milk],
  ["6901234567893", null],
  ["", null],
])("%j scanned finds what it names", (scanned, product) => {
  expect(two.index.byBarcode(scanned)).toEqual(product);
});

test.each([
  ["牛奶", [milk]],
  ["LHCNN", [milk]],
  ["ｌｈｃ", [milk]],
  ["linghe  milk", [milk]],
  ["milk linghe", [milk]],
  ["milk red", []],
  ["りんご", [apples]],
  ["2000001", [apples]],
  ["", []],
  ["   ", []],
  ["r", [apples]],
  ["le g", [apples]],
])("%j typed finds %j", async (text, products) => {
  expect(await two.search(text)).toEqual(products.length === 0 ? [] : expect.arrayContaining(products));
});

test.each([
  ["katakana finds hiragana", "リンゴ", apples],
  ["hiragana finds katakana", "りんほー", milk],
  ["narrow katakana finds it too", "ﾘﾝﾎｰ", milk],
  ["both in one word", "リんほー", milk],
])("%s", async (_, text, product) => {
  expect(product.names.ja).toMatch(/りんご|リンホー/u);
  expect(await two.search(text)).toEqual([product]);
});

test("lines stored by an older build, which kept katakana apart, are made anew once and found either way", async () => {
  const shop = catalogWindow();
  await shop.page([milk, apples]);
  const database = new CatalogDatabase(shop.platform);
  const spelledBefore = (await database.packed.toArray()).map(({ lines, ...chunk }) => ({
    ...chunk,
    lines: {
      ...lines,
      spelling: 1,
      text: new TextEncoder().encode("x".repeat(lines.lineEnds.at(-1) ?? 0)),
    },
  }));
  await database.packed.bulkPut(spelledBefore);
  const next = catalogWindow(shop.platform);
  await next.refresh();
  expect(await next.search("りんほー")).toEqual([milk]);
  expect((await database.packed.toArray()).map(({ lines }) => lines.spelling)).toEqual([lineSpelling]);
});

test("two words are found in one product only, however they lie in the text", async () => {
  expect(await two.search("奶 red")).toEqual([]);
});

const named = (id: string, en: string, more: Partial<Product> = {}): Product => ({
  ...milk,
  id: id as never,
  names: { ...milk.names, en },
  barcodes: [],
  favourite: null,
  ...more,
});

test("a whole field stands before a beginning, a beginning before an infix, and favourites first in each", async () => {
  const shop = catalogWindow();
  await shop.page([
    named("1", "Almond milk drink"),
    named("2", "Oat milk", { favourite: 7 }),
    named("3", "Milk chocolate"),
    named("4", "Milk powder", { favourite: 9 }),
    named("5", "Milk biscuit", { favourite: 2 }),
    named("6", "Milk"),
  ]);
  expect((await shop.search("milk")).map(({ id }) => id)).toEqual(["6", "5", "4", "3", "2", "1"]);
});

test("there are never more hits than fit, and the best of them are there", async () => {
  const shop = catalogWindow();
  await shop.page(Array.from({ length: 200 }, (_, i) => named(String(i), i === 150 ? "Milk first" : `Good milk ${i}`)));
  const found = await shop.search("milk");
  expect(found.length).toBe(searchHitsMax);
  expect(found[0]?.names.en).toBe("Milk first");
});

test("a later spelling of one barcode does not make two articles of it", async () => {
  const shop = catalogWindow();
  await shop.page([{ ...milk, barcodes: ["036000291452"] }]);
  expect(shop.index.byBarcode("0036000291452")).toEqual(shop.index.byBarcode("036000291452"));
  expect(shop.index.byBarcode("0036000291452")?.id).toBe(milk.id);
});

test("of two products with one code the one changed last is meant, and the other again when that one is gone", async () => {
  const shop = catalogWindow();
  await shop.page([named("1", "Old", { barcodes: ["A-7"] })]);
  await shop.page([named("2", "New", { barcodes: ["A-7"] })]);
  expect(shop.index.byBarcode("A-7")?.id).toBe("2");
  await shop.page([], ["2"]);
  expect(shop.index.byBarcode("A-7")?.id).toBe("1");
});

test("a category shows its products by their ids, only so many, and none that was removed", async () => {
  const shop = catalogWindow();
  const ids = Array.from({ length: 300 }, (_, i) => String(1_000 + i));
  await shop.page(ids.map((id) => named(id, id)));
  await shop.page([named("1000", "changed")], ["1001"]);
  const shown = shop.index.byCategory("dairy");
  expect(shown).toHaveLength(categoryShownMax);
  expect(shown.map(({ id }) => id)).not.toContain("1001");
  expect(shown.map(({ id }) => id)).toEqual(shown.map(({ id }) => id).toSorted());
});

test("a page that is no catalogue page changes nothing", async () => {
  const shop = catalogWindow();
  await shop.page([milk]);
  const bytes = new TextEncoder().encode(JSON.stringify({ products: [{ id: 1 }] })).buffer as ArrayBuffer;
  expect(await shop.keeper.store(1, bytes)).toBe(null);
  expect(await shop.refresh()).toBe(1);
});

/* A small world of names, so that changes and searches meet. */
const syllable = fc.constantFrom("奶", "牛", "milk", "mi", "Red ", "250ml", "ii", "\u3000", "Ａ");
const name = fc.array(syllable, { maxLength: 4 }).map((parts) => parts.join(""));
const aProduct = fc.record({
  ...Object.fromEntries(Object.entries(milk).map(([key, value]) => [key, fc.constant(value)])),
  id: fc.integer({ min: 1, max: 30 }).map(String),
  names: fc.record({ "zh-CN": name, en: name, ja: name }),
  initials: fc.constantFrom("nn", "m", "", "nm2"),
  barcodes: fc.uniqueArray(fc.constantFrom("6901234567892", "036000291452", "00017", "X1", "m"), { maxLength: 2 }),
  category: fc.constantFrom("a", "b"),
  favourite: fc.option(fc.integer({ min: 1, max: 9 })),
}) as unknown as fc.Arbitrary<Product>;
const aPage = fc.record({
  products: fc.uniqueArray(aProduct, { selector: ({ id }) => id, maxLength: 5 }),
  removed: fc.uniqueArray(fc.integer({ min: 1, max: 30 }).map(String), { maxLength: 3 }),
});
const aQuery = fc.array(fc.constantFrom("奶", "牛", "milk", "i", "mi", "250", "69", "x1", "a", "nn", "d"), {
  minLength: 1,
  maxLength: 3,
});

type Page = { readonly products: readonly Product[]; readonly removed: readonly string[] };
const withoutBoth = ({ products, removed }: Page): Page => ({
  products,
  removed: removed.filter((id) => !products.some((product) => product.id === id)),
});

async function windowAfter(pages: readonly Page[]): Promise<CatalogWindow> {
  const shop = catalogWindow();
  for (const { products, removed } of pages)
    if (products.length + removed.length > 0) await shop.page(products, removed);
  return shop;
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();
const holdsAll = (product: Product, words: readonly string[]): boolean => {
  const fields = [...Object.values(product.names), product.initials, ...product.barcodes].map(plain);
  return words.every((word) => fields.some((field) => field.includes(word)));
};

test("after any pages the search finds what looking at every product finds, in this window and in one opened later", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aPage, { maxLength: 30 }), aQuery, async (given, words) => {
      const pages = given.map(withoutBoth);
      const naive = new Map<string, Product>();
      for (const { products, removed } of pages) {
        for (const id of removed) naive.delete(id);
        for (const product of products) naive.set(product.id, product);
      }
      const wanted = [...naive.values()].filter((product) => holdsAll(product, words)).map(({ id }) => id);
      const shop = await windowAfter(pages);
      const later = catalogWindow(shop.platform);
      await later.refresh();
      for (const each of [shop, later]) {
        expect((await each.search(words.join(" "))).map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
        for (const product of naive.values()) expect(each.index.byId(product.id)).toEqual(product);
        expect(await each.refresh()).toBe(naive.size);
      }
    }),
    { numRuns: 60 },
  );
});
