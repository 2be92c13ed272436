import { pino } from "pino";
import { expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { fetchBill } from "../../../src/gateway/bills/fetch-bill.ts";
import type { Account } from "../../../src/gateway/payments/accounts.ts";
import { openMatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const next = noon("2026-11-21");
const forenoon = (next - 7_200_000) as Instant;

/** An account of which the provider says that there is nothing of the day. */
const silent = {
  id: account.id,
  provider: {
    bills: { zone: "Asia/Shanghai", readyMinute: 600, kinds: ["trade", "fundFlow"], keptDays: 90, cutMinute: 0 },
    fetchBill: async () => ({ kind: "none", word: { code: "NO_STATEMENT_EXIST", text: "" } }),
  },
} as unknown as Account;

async function stateAt(now: Instant, captured: boolean): Promise<readonly unknown[]> {
  const shop = await openMatchedShop((await freshDatabase()).open());
  if (captured) await shop.payment({ amount: 11300, at: noon(day) });
  const clock = { now: () => now, after: () => () => undefined };
  const parts = { database: shop.database, clock, log: pino({ level: "silent" }) };
  const fetched = await fetchBill(parts, silent, account.homeStore, "fundFlow", day);
  const bills = await shop.database.selectFrom("bill").select("state").execute();
  return [fetched, ...bills.map(({ state }) => state)];
}

it("a fund flow that is said not to exist is waited for until noon when something was captured that day", async () => {
  expect(await stateAt(forenoon, true)).toEqual(["later"]);
  expect(await stateAt(next, true)).toEqual(["here", "empty"]);
  expect(await stateAt(forenoon, false)).toEqual(["here", "empty"]);
});
