import { expect, test } from "vitest";
import { writeLabel, type LabelRule } from "../../../src/domain/label.ts";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { state } from "../../fakes/returning-till.ts";

const rule: LabelRule = "21PPPPPAAAAAC";
const plain = "6900000000017";
const label = writeLabel(rule, { plu: "00123", amount: 4_580, weight: null, count: null });
const chicken = {
  ...milk,
  id: "100009" as never,
  barcodes: ["00123", plain],
  price: 3_000 as never,
  listPrice: null,
};

/** A till whose shop sells chicken by the piece for 30.00, or for what the scale's label on it says: 45.80. */
async function butcher(...scans: readonly string[]): Promise<RegisterBench> {
  const bench = await registerBench(() => undefined, false, { labels: [rule] });
  await bench.stores(1, { products: [chicken], removed: [], cursor: 2, more: false, total: 3, categories: [] });
  await bench.clock.advance(500);
  for (const code of scans) await bench.register.scan(code);
  return bench;
}
const lines = (bench: RegisterBench) =>
  state(bench).sale?.lines.map((line) => [line.quantity.thousandths / 1_000, line.amount.amount]);

test("a piece scanned by its plain code is a line beside the one that a scale priced", async () => {
  expect(lines(await butcher(label, plain, plain))).toEqual([
    [1, 4_580],
    [2, 6_000],
  ]);
  expect(lines(await butcher(plain, label, plain))).toEqual([
    [2, 6_000],
    [1, 4_580],
  ]);
});

test.each([
  [[1], 4_580],
  [[3], 13_740],
  [[3, 1], 4_580],
])("the count of a labelled piece set to %j multiplies what the label says", async (counts, amount) => {
  const bench = await butcher(label);
  for (const count of counts) bench.register.setQuantity(1, count);
  expect(state(bench).totals?.total.amount).toBe(amount);
});

test("a label for several pieces costs what it says again, whatever was pressed in between", async () => {
  const several: LabelRule = "25PPPPPAAAAANNNNNC";
  const bench = await registerBench(() => undefined, false, { labels: [several] });
  await bench.stores(1, { products: [chicken], removed: [], cursor: 2, more: false, total: 3, categories: [] });
  await bench.clock.advance(500);
  await bench.register.scan(writeLabel(several, { plu: "00123", amount: 1_000, weight: null, count: 3 }));
  const told = [3, 2, 1, 2, 3].map((count) => {
    bench.register.setQuantity(1, count);
    return state(bench).totals?.total.amount;
  });
  expect(told).toEqual([1_000, 667, 333, 667, 1_000]);
});
