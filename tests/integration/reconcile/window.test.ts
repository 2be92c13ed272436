import { beforeEach, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import type { MatchingWindow } from "../../../src/domain/reconciliation/matching-window.ts";
import { planJudging } from "../../../src/gateway/mend/judge-work.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
/** Twenty minutes before the provider's midnight. */
const late = (Date.parse(`${day}T16:00:00Z`) - 20 * 60_000) as Instant;

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

async function set({ nearMinutes, pairMinutes }: MatchingWindow): Promise<void> {
  await shop.database
    .insertInto("matching_window")
    .values({ account: account.id, near_minutes: nearMinutes, pair_minutes: pairMinutes, set_by: "owner", set_at: 0 })
    .execute();
}

it("a payment waits for the next day's bill as near midnight as the account's minutes say", async () => {
  await set({ nearMinutes: 30, pairMinutes: 10 });
  await shop.payment({ amount: 11300, at: late });
  await shop.bill(day, [], next);
  expect(await shop.open()).toEqual(["waiting nearCut -11300"]);
});

it("as the house has it, twenty minutes before midnight is no longer near", async () => {
  await shop.payment({ amount: 11300, at: late });
  await shop.bill(day, [], next);
  expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
});

it.each([
  [10, ["break unprovenTender -1800"]],
  [25, []],
])("a noted payment and a row twenty minutes apart, with %i minutes for it: %o", async (pairMinutes, open) => {
  await set({ nearMinutes: 10, pairMinutes });
  await shop.movement("unverified", "S1/1", { store: "jiangbian", amount: 1800, receivable: 1800, at, sale: "S1" });
  await shop.bill(day, [tradeRow("FOREIGN-1", 1800, (at + 20 * 60_000) as Instant)], next);
  expect(await shop.open()).toEqual(open);
});

it("a day that is judged anew goes by the minutes of now, for what is near midnight and for noted payments", async () => {
  await shop.movement("unverified", "S1/1", { store: "jiangbian", amount: 1800, receivable: 1800, at, sale: "S1" });
  await shop.payment({ amount: 11300, at: late });
  await shop.bill(day, [tradeRow("FOREIGN-1", 1800, (at + 20 * 60_000) as Instant)], next);
  expect((await shop.open()).toSorted()).toEqual(["break unprovenTender -1800", "break withUsNotWithThem -11300"]);
  await set({ nearMinutes: 30, pairMinutes: 25 });
  await planJudging(shop.database, account.id, day, next);
  await openMender(shop, next).judge();
  expect(await shop.open()).toEqual(["waiting nearCut -11300"]);
});
