import { expect, test } from "vitest";
import { registerBench, milk, type RegisterBench } from "../../fakes/register-bench.ts";
import { catalogWaitMs } from "../../../src/register/selling/late-catalog.ts";

const water = { ...milk, id: "100003" as never, barcodes: ["6901234567908"] };
const [waterCode = ""] = water.barcodes;

/** A till on which the gateway has more products than have arrived. */
async function arriving(): Promise<RegisterBench> {
  const bench = await registerBench();
  const row = (await bench.ledger.catalog.catalog.toArray())[0]!;
  await bench.ledger.catalog.catalog.put({ ...row, total: 3 });
  bench.hears({ kind: "catalogChanged", v: 1 });
  await bench.clock.advance(10);
  expect(bench.register.state.get().catalog).toMatchObject({ products: 2, total: 3 });
  return bench;
}

test("a scan of a product that is still on its way waits for it, and a second scan waits behind it", async () => {
  const bench = await arriving();
  const scans = [bench.register.scan(waterCode), bench.register.scan(milk.barcodes[0] ?? "")];
  await bench.clock.advance(100);
  expect(bench.register.state.get()).toMatchObject({ sale: null, notice: { why: "catalogLoading" } });
  const page = { products: [water], removed: [], cursor: 2, more: false, total: 3, categories: [] };
  await bench.stores(1, page);
  await bench.clock.advance(100);
  await Promise.all(scans);
  expect(bench.register.state.get()).toMatchObject({
    sale: { lines: [{ product: water.id }, { product: milk.id }] },
    notice: null,
  });
});

test("when it does not come in time it is said, and what all products lack is unknown", async () => {
  const bench = await arriving();
  const scanned = bench.register.scan(waterCode);
  await bench.clock.advance(catalogWaitMs + 10);
  await scanned;
  expect(bench.register.state.get()).toMatchObject({ sale: null, notice: { why: "catalogLoading" } });
  const page = { products: [water], removed: [], cursor: 2, more: false, total: 3, categories: [] };
  await bench.stores(1, page);
  await bench.clock.advance(100);
  await bench.register.scan("6900000000007");
  expect(bench.register.state.get().notice).toMatchObject({ kind: "unknownCode" });
});
