import { test } from "vitest";
import { playDay } from "./shop-day.ts";
test("a day", async () => {
  const at = Date.now();
  const e = await playDay({ seed: Number(process.env.SEED ?? 1), sales: Number(process.env.SALES ?? 20) });
  console.log(Date.now() - at, e.faults, e.gateway.entries.length, e.till.sales.length, e.gateway.exceptions, e.gateway.trouble.slice(0, 3), e.provider.ledger.orders.size);
});
