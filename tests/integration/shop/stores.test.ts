import { expect, it } from "vitest";
import { addStore } from "../../../src/gateway/shop/stores.ts";
import { gatewayBench } from "../gateway-bench.ts";
import { firstStore } from "./own-shop.ts";

it("a store that is asked for three times at once is one", async () => {
  const own = await gatewayBench();
  const asked = () =>
    own.parts.database
      .transaction()
      .execute((step) => addStore(step, own.parts, { ...firstStore, name: "岭上便利 双店" }, "owner"));
  const made = await Promise.all([asked(), asked(), asked()]);
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
});
