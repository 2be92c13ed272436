import { expect, it } from "vitest";
import { isGtin } from "../../../src/domain/gtin.ts";
import { bottledDrink, emptyBottle } from "../../../src/gateway/sample-shop/bottles.ts";
import { sampleProducts } from "../../../src/gateway/sample-shop/products.ts";
import { sampleStaff, sampleStores, sampleTills } from "../../../src/gateway/sample-shop/shop.ts";

const products = sampleProducts(1, 3_000);
const many = sampleProducts(1, 100_000);

it("the same seed makes the same 3,000 products, another seed others", () => {
  expect(products).toHaveLength(3_000);
  expect(sampleProducts(1, 3_000)).toEqual(products);
  expect(sampleProducts(2, 3_000)).not.toEqual(products);
});

it("no two products share a name, an id or a barcode, at 100,000 too", () => {
  for (const of of [
    (p: (typeof many)[number]) => p.names["zh-CN"],
    (p: (typeof many)[number]) => p.id,
    (p: (typeof many)[number]) => p.barcodes.join(),
  ]) {
    expect(new Set(many.map(of)).size).toBe(100_000);
  }
});

it("every packed article has an EAN-13 with a right check digit under 690 to 699, every weighed one a number for the scale", () => {
  for (const product of products) {
    const [barcode = ""] = product.barcodes;
    if (product.unit === "piece") expect(isGtin(barcode) && /^69\d{11}$/.test(barcode), barcode).toBe(true);
    else expect(barcode).toMatch(/^\d{5}$/);
  }
});

it("one drink comes in a bottle with a deposit, under numbers that no other product has", () => {
  expect(bottledDrink.deposit).toBe(emptyBottle.id);
  expect(emptyBottle.isDeposit).toBe(true);
  const codes = [...bottledDrink.barcodes, ...emptyBottle.barcodes];
  expect(codes.every((code) => isGtin(code))).toBe(true);
  expect(many.filter(({ id }) => id === bottledDrink.id || id === emptyBottle.id)).toEqual([]);
  expect(many.filter(({ barcodes }) => barcodes.some((code) => codes.includes(code)))).toEqual([]);
});

it("there are eight categories, three tax rates, goods by weight, offers above the price and a page of favourites", () => {
  expect(new Set(products.map((product) => product.category)).size).toBe(8);
  expect([...new Set(products.map((product) => product.taxRate as number))].toSorted((a, b) => a - b)).toEqual([
    600, 900, 1300,
  ]);
  expect(products.some((product) => product.unit === "kg")).toBe(true);
  expect(
    products.every((product) => product.price > 0 && (product.listPrice === null || product.listPrice > product.price)),
  ).toBe(true);
  expect(products.filter((product) => product.listPrice !== null).length).toBeGreaterThan(100);
  const favourites = products.flatMap((product) => product.favourite ?? []).toSorted((a, b) => a - b);
  expect(favourites).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
});

it("initials are lower-case letters and digits that begin with the brand's", () => {
  expect(products.every((product) => /^[a-z0-9]+$/.test(product.initials))).toBe(true);
  const linghe = products.find((product) => product.names["zh-CN"].startsWith("岭禾"));
  expect(linghe?.initials.slice(0, 2)).toBe("lh");
});

it("two stores, three tills with labels and tags of their own, five people of three roles", () => {
  expect([sampleStores.length, sampleTills.length, sampleStaff.length]).toEqual([2, 3, 5]);
  const tags = [
    ...sampleTills.map((till) => till.tag),
    ...sampleStores.flatMap((store) => [store.gatewayTag, store.officeTag]),
  ];
  expect(new Set(tags).size).toBe(7);
  expect(tags.every((tag) => /^[0-9A-HJKMNP-TV-Z]{4}$/.test(tag))).toBe(true);
});
