import { describe, expect, it } from "vitest";
import { suggestProductColumns, type ProductColumns } from "../../../src/domain/products/columns.ts";
import { mergeProducts } from "../../../src/domain/products/merge-products.ts";
import { readProducts } from "../../../src/domain/products/read-products.ts";
import type { Product } from "../../../src/domain/item.ts";
import { taxRate } from "../../../src/domain/tax.ts";

const heads = ["编码", "条码", "名称", "英文名称", "分类", "售价", "原价", "单位", "税率"];
const water = ["1001", "6901234567892", "岭上矿泉水 550ml", "Water 550 ml", "饮料", "2.5", "3.00", "瓶", "13%"];
const columns = suggestProductColumns([heads])?.columns as ProductColumns;
const read = (...lines: (readonly string[])[]) => readProducts([heads, ...lines], columns, "CNY");
const with_ = (change: Partial<Record<keyof ProductColumns, string>>): string[] =>
  water.map((cell, at) => {
    const of = (Object.keys(columns) as (keyof ProductColumns)[]).find((key) => columns[key] === heads[at]);
    return of === undefined ? cell : (change[of] ?? cell);
  });

describe("columns are found by their heads", () => {
  it.each([
    [["货号", "商品条码", "品名", "商品分类", "零售价（元）", "计量单位", "增值税率"], "品名", "零售价（元）", "货号"],
    [
      ["SKU", "Barcode", "Product name", "Category", "Retail price", "Unit", "VAT"],
      "Product name",
      "Retail price",
      "SKU",
    ],
    [
      ["商品コード", "JANコード", "商品名", "カテゴリ", "販売価格", "単位", "消費税率"],
      "商品名",
      "販売価格",
      "商品コード",
    ],
  ])("%j", (line, name, price, code) => {
    expect(suggestProductColumns([["岭上便利 商品表"], line])).toMatchObject({
      head: 1,
      columns: { name, price, code },
    });
  });

  it("a list without a price has none", () => {
    expect(suggestProductColumns([["名称", "条码"]])).toBeNull();
  });
});

describe("a line", () => {
  it("with all its cells is an article", () => {
    expect(read(water)).toEqual({
      products: [
        {
          line: 2,
          code: "1001",
          name: "岭上矿泉水 550ml",
          nameEn: "Water 550 ml",
          nameJa: null,
          barcodes: ["6901234567892"],
          category: "饮料",
          price: 250,
          listPrice: 300,
          unit: "piece",
          tax: 1300,
        },
      ],
      troubles: [],
      remarks: [{ line: 2, column: "unit", cell: "瓶", why: "unitAsPiece" }],
    });
  });

  it.each<[Partial<Record<keyof ProductColumns, string>>, readonly string[]]>([
    [{ unit: "件" }, []],
    [{ unit: "個" }, []],
    [{ unit: "" }, []],
    [{ unit: "PCS" }, []],
    [{ unit: "千克" }, []],
    [{ unit: "箱" }, ["unitAsPiece"]],
    [{ unit: "件", barcode: "6901234567890" }, ["checkDigit"]],
    [{ unit: "件", barcode: "6901234567892 12345670 12345678" }, ["checkDigit"]],
    [{ unit: "件", barcode: "A-17 4711" }, []],
    [{ unit: "瓶", barcode: "6901234567890" }, ["checkDigit", "unitAsPiece"]],
  ])("%j is taken, with a remark on %j", (change, doubts) => {
    const told = read(with_(change));
    expect([told?.products.length, told?.troubles.length]).toEqual([1, 0]);
    expect(told?.remarks.map(({ why }) => why)).toEqual(doubts);
  });

  it("that is not taken has no remarks beside its faults", () => {
    const told = read(with_({ unit: "瓶", price: "" }));
    expect([told?.troubles.length, told?.remarks.length]).toEqual([1, 0]);
  });

  it.each<[Partial<Record<keyof ProductColumns, string>>, object]>([
    [{ tax: "0.13" }, { tax: 1300 }],
    [{ tax: "9" }, { tax: 900 }],
    [{ tax: "免税" }, { tax: 0 }],
    [{ tax: "" }, { tax: null }],
    [{ price: "¥1,234.50", listPrice: "" }, { price: 123_450 }],
    [{ price: "３．５", listPrice: "" }, { price: 350 }],
    [{ price: "0", listPrice: "" }, { price: 0 }],
    [{ unit: "公斤" }, { unit: "kg" }],
    [{ unit: "" }, { unit: null }],
    [{ code: "" }, { code: "6901234567892" }],
    [{ barcode: "6901234567892; 2000000000015" }, { barcodes: ["6901234567892", "2000000000015"] }],
    [{ barcode: "012345678905" }, { barcodes: ["0012345678905"] }],
  ])("%j reads as %j", (change, expected) => {
    expect(read(with_(change))?.products[0]).toMatchObject(expected);
  });

  it.each<[Partial<Record<keyof ProductColumns, string>>, keyof ProductColumns, string]>([
    [{ name: " " }, "name", "noName"],
    [{ name: "长".repeat(81) }, "name", "nameLong"],
    [{ code: "", barcode: "" }, "code", "noCode"],
    [{ code: "1".repeat(49) }, "code", "codeLong"],
    [{ barcode: "6.90123E+12" }, "barcode", "barcodeRounded"],
    [{ barcode: "六九" }, "barcode", "barcodeForm"],
    [{ barcode: "1 2 3 4 5 6 7 8 9 10 11 12 13" }, "barcode", "barcodesMany"],
    [{ category: "类".repeat(33) }, "category", "categoryLong"],
    [{ price: "" }, "price", "noPrice"],
    [{ price: "-1" }, "price", "priceForm"],
    [{ price: "两块五" }, "price", "priceForm"],
    [{ price: "2.505", listPrice: "" }, "price", "priceForm"],
    [{ listPrice: "2.00" }, "listPrice", "listPriceBelow"],
    [{ unit: "斤" }, "unit", "weightUnit"],
    [{ tax: "一三" }, "tax", "taxForm"],
    [{ tax: "130" }, "tax", "taxForm"],
    [{ tax: "77" }, "tax", "taxForm"],
  ])("%j is a trouble of its column", (change, column, why) => {
    expect(read(with_(change))?.troubles).toEqual([expect.objectContaining({ line: 2, column, why })]);
    expect(read(with_(change))?.products).toEqual([]);
  });

  it("of a code or barcode that an earlier line has names that line", () => {
    const other = with_({ code: "1002" });
    expect(read(water, water)?.troubles).toEqual([expect.objectContaining({ line: 3, why: "codeTwice", other: 2 })]);
    expect(read(water, ["", ""], other)?.troubles).toEqual([
      expect.objectContaining({ line: 4, why: "barcodeTwice", other: 2 }),
    ]);
  });
});

describe("a list comes to the catalogue", () => {
  const catalogue = (
    products: readonly Product[],
    categories = [{ id: "drinks", names: named("饮料", "Drinks") }],
  ) => ({
    products: new Map(products.map((product) => [product.id as string, product])),
    categories,
    tax: taxRate(1300),
    others: { id: "others", names: named("其他", "Other") },
    initialsOf: (name: string) => `i:${name}`,
  });
  const named = (zh: string, en: string): Product["names"] => ({ "zh-CN": zh, en, ja: zh });
  const listed = (...lines: (readonly string[])[]) => read(...lines)?.products ?? [];

  it("and the same list again changes nothing", () => {
    const first = mergeProducts(listed(water), catalogue([]));
    expect([first.added.length, first.changed.length, first.same, first.categories]).toEqual([1, 0, 0, []]);
    expect(first.added[0]).toMatchObject({ category: "drinks", favourite: null, initials: "i:岭上矿泉水 550ml" });
    const again = mergeProducts(listed(water), catalogue(first.added));
    expect([again.added, again.changed, again.same]).toEqual([[], [], 1]);
  });

  it("changes what it names and leaves what it does not", () => {
    const known = { ...mergeProducts(listed(water), catalogue([])).added[0]!, favourite: 3 };
    const dearer = listed(with_({ price: "2.80", tax: "", nameEn: "", unit: "", category: "" }));
    expect(mergeProducts(dearer, catalogue([known])).changed).toEqual([{ ...known, price: 280 }]);
  });

  it("makes a category once, and one for goods that name none", () => {
    const lines = [
      with_({ code: "1", barcode: "1", category: "水果" }),
      with_({ code: "2", barcode: "2", category: "水果" }),
      with_({ code: "3", barcode: "3", category: "" }),
      with_({ code: "4", barcode: "4", category: "DRINKS" }),
    ];
    const merged = mergeProducts(listed(...lines), catalogue([]));
    expect(merged.categories.map(({ names }) => names["zh-CN"])).toEqual(["水果", "其他"]);
    expect(merged.added.map(({ category }) => category)).toEqual(["水果", "水果", "others", "drinks"]);
  });

  it("a barcode of an article that the list does not name is a trouble, unless the list moves it", () => {
    const known = mergeProducts(listed(water), catalogue([])).added;
    const other = with_({ code: "1002" });
    expect(mergeProducts(listed(other), catalogue(known)).troubles).toEqual([
      expect.objectContaining({ line: 2, why: "barcodeElsewhere", cell: "6901234567892" }),
    ]);
    const moved = mergeProducts(listed(other, with_({ barcode: "" })), catalogue(known));
    expect([moved.troubles, moved.added.length, moved.changed.length]).toEqual([[], 1, 1]);
  });
});
