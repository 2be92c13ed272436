import { expect, test } from "vitest";
import type { Product } from "../../../src/domain/item.ts";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";

const empty: Product = {
  ...milk,
  id: "100010" as never,
  barcodes: ["6901234567908"],
  price: 50 as never,
  listPrice: null,
  isDeposit: true,
};
const drink: Product = { ...milk, id: "100011" as never, barcodes: ["6901234567915"], deposit: empty.id };
const [barcode = ""] = drink.barcodes;

/** A till that sells a drink in a bottle with a deposit. */
async function bottles(): Promise<RegisterBench> {
  const bench = await registerBench();
  await bench.stores(1, { products: [empty, drink], removed: [], cursor: 2, more: false, total: 4, categories: [] });
  await bench.clock.advance(10);
  return bench;
}

const linesOf = ({ register }: RegisterBench): unknown =>
  register.state.get().sale?.lines.map(({ line, depositFor, quantity }) => [line, depositFor, quantity.thousandths]);

test("undoing a removal brings the goods back with their deposit, and the next piece has its deposit too", async () => {
  const bench = await bottles();
  const { register } = bench;
  await register.scan(barcode);
  expect(linesOf(bench)).toEqual([
    [1, null, 1_000],
    [2, 1, 1_000],
  ]);
  register.remove(1);
  expect(linesOf(bench)).toEqual([]);
  register.undoRemove();
  expect(linesOf(bench)).toEqual([
    [3, null, 1_000],
    [4, 3, 1_000],
  ]);
  expect(register.state.get()).toMatchObject({ newest: 3, undo: null, totals: { total: { amount: 1_330 } } });
  await register.scan(barcode);
  expect(linesOf(bench)).toEqual([
    [3, null, 2_000],
    [4, 3, 2_000],
  ]);
});
