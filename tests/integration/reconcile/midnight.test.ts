import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const receivable = accounts.receivable(account.id);

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.database
    .insertInto("fee_rate")
    .values({ account: account.id, since: "2026-01-01", rate: 6000, gives_back: true, set_by: "owner", set_at: 0 })
    .execute();
});

describe("days and midnight", () => {
  const midnight = (Date.parse(`${day}T16:00:00Z`) - 0) as Instant;
  const before = (midnight - 60_000) as Instant;

  it("matches by number where the two clocks disagree about the day", async () => {
    const one = await shop.payment({ amount: 11300, at: before });
    await shop.bill(day, [], next);
    expect(await shop.open()).toEqual(["waiting nearCut -11300"]);
    await shop.bill("2026-11-21", [tradeRow(one, 11300, (midnight + 1_000) as Instant)], noon("2026-11-22"));
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(receivable)).toBe(0);
  });

  it("finds another amount over midnight in the bill of the next day", async () => {
    const one = await shop.payment({ amount: 11300, at: before });
    await shop.bill("2026-11-21", [tradeRow(one, 11299, (midnight + 1_000) as Instant)], noon("2026-11-22"));
    expect(await shop.open()).toEqual(["break amountDiffers -1"]);
  });

  it("asks the next day's bill for nothing of the day before", async () => {
    await shop.payment({ amount: 11300, at: before });
    await shop.bill("2026-11-21", [], noon("2026-11-22"));
    expect(await shop.open()).toEqual([]);
  });

  it("stops waiting when the neighbouring bill is in and does not have it", async () => {
    await shop.payment({ amount: 11300, at: before });
    await shop.bill(day, [], next);
    await shop.bill("2026-11-21", [], noon("2026-11-22"));
    expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
  });

  it("stops waiting when the neighbouring bill is late", async () => {
    await shop.payment({ amount: 11300, at: before });
    await shop.bill(day, [], next);
    await shop.review(noon("2026-11-22"));
    expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
  });

  it("does not wait in the middle of the day", async () => {
    await shop.payment({ amount: 11300, at });
    await shop.bill(day, [], next);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
  });
});
