import { expect, it } from "vitest";
import { taxRate } from "../../../src/domain/tax.ts";
import { allCategories } from "../../../src/gateway/catalogue/catalogue.ts";
import { handInList } from "../../../src/gateway/shop/product-list.ts";
import { gatewayBench } from "../gateway-bench.ts";

it("a list's preview names a category that is known already by its names, never by its id", async () => {
  const bench = await gatewayBench();
  const [known] = await allCategories(bench.parts.database);
  expect(known?.id).not.toBe(known?.names["zh-CN"]);
  const cells = [
    ["编码", "名称", "条码", "分类", "售价", "单位"],
    ["X1", "岭上矿泉水", "6901234567892", known?.names["zh-CN"] ?? "", "2.50", "件"],
    ["X2", "岭上香皂", "6901234567908", "洗浴", "4.00", "件"],
  ];
  const list = { name: "a.csv", cells, columns: null, tax: taxRate(1300), currency: "CNY", leaveOut: false } as const;
  const shown = await handInList(bench.parts, { ...list, take: false }, "owner");
  expect(shown.categories).toEqual([{ "zh-CN": "洗浴", en: "洗浴", ja: "洗浴" }]);
  expect(shown.sample.map(({ code, category }) => [code, category])).toEqual([
    ["X1", known?.names],
    ["X2", { "zh-CN": "洗浴", en: "洗浴", ja: "洗浴" }],
  ]);
});
