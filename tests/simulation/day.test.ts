import { expect, test, vi } from "vitest";
import { brokenPromises } from "./checks.ts";
import { playDay } from "./shop-day.ts";
vi.spyOn(console, "warn").mockImplementation(() => undefined);
const from = Number(process.env.SEED ?? 1);
for (let seed = from; seed < from + Number(process.env.SEEDS ?? 1); seed++)
test(`seed ${seed}`, async () => {
  const at = Date.now();
  const e = await playDay({ seed, sales: Number(process.env.SALES ?? 60) });
  console.log(seed, Date.now() - at, JSON.stringify(e.faults), e.gateway.entries.length, e.till.sales.length, JSON.stringify(e.gateway.exceptions));
  expect(brokenPromises(e)).toEqual([]);
});
