import { beforeAll, expect, it } from "vitest";
import type { TillSettings } from "../../../src/contract/activation.ts";
import { applyRules } from "../../../src/gateway/shop/rules.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
beforeAll(async () => {
  bench = await gatewayBench();
});

it("what the owner's configuration says reaches a till, and what it says no more is as it was at first", async () => {
  const till = await bench.till("till-a1");
  const rules = async () => (await till.ask({ path: "/v1/till" })).json<TillSettings>().rules;
  const atFirst = await rules();
  const unverified = { each: 20_000 as never, day: 100_000 as never };
  await applyRules(bench.parts, { tips: [500], unverified, rounding: null });
  expect(await rules()).toEqual({ ...atFirst, tips: [500], unverified, rounding: null });
  await applyRules(bench.parts, {});
  expect(await rules()).toEqual(atFirst);
});
