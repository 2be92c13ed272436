import { expect, test } from "vitest";
import { indexCatalog, searchHitsMax } from "../../../src/register/catalog-index.ts";
import { apples, milk } from "../../fakes/register-bench.ts";

const index = indexCatalog({ products: [milk, apples] });

test.each([
  ["6901234567892", milk],
  ["06901234567892", milk],
  [" 6901234567892 ", milk],
  ["6901234567893", null],
  ["", null],
])("%j scanned finds what it names", (scanned, product) => {
  expect(index.byBarcode(scanned)).toBe(product);
});

test.each([
  ["牛奶", [milk]],
  ["LHCNN", [milk]],
  ["linghe  milk", [milk]],
  ["milk red", []],
  ["りんご", [apples]],
  ["2000001", [apples]],
  ["", []],
  ["   ", []],
  ["r", [apples]],
])("%j typed finds %j", (text, products) => {
  const found = index.search(text);
  for (const product of products) expect(found).toContain(product);
  if (products.length === 0) expect(found).toEqual([]);
});

test("what begins with the text stands before what holds it, and there are never more hits than fit", () => {
  const many = Array.from({ length: 200 }, (_, i) => ({
    ...milk,
    id: String(i) as never,
    names: { ...milk.names, en: i === 150 ? "Milk first" : `Good milk ${i}` },
    barcodes: [],
  }));
  const found = indexCatalog({ products: many }).search("milk");
  expect(found.length).toBe(searchHitsMax);
  expect(found[0]?.names.en).toBe("Milk first");
});

test("a later spelling of one barcode does not make two articles of it", () => {
  const twice = indexCatalog({ products: [{ ...milk, barcodes: ["036000291452"] }] });
  expect(twice.byBarcode("0036000291452")).toBe(twice.byBarcode("036000291452"));
});
