import { beforeEach, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { pairedWith, unpair } from "../../../src/gateway/reconcile/unpair.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, zone } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");

let shop: MatchedShop;
const noted = { store: "jiangbian", amount: 1800, receivable: 1800, at, sale: "S1" };
const name = { store: "jiangbian", account: account.id, number: "S1/1" };
const apart = () =>
  shop.database.transaction().execute(async (step) => {
    const paired = await pairedWith(step, name);
    if (paired !== null) await unpair(step, paired, zone, next);
    return paired?.pairing.row_number ?? null;
  });

beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.movement("unverified", "S1/1", noted);
  await post(
    shop.database,
    {
      store: "jiangbian" as StoreId,
      posting: "S1",
      event: "saleCompleted",
      subject: "S1",
      businessDate: day,
      transfers: [{ debit: accounts.unproven, credit: "revenue/0", amount: money(1800, "CNY") }],
    },
    at,
  );
  await shop.bill(day, [tradeRow("static-1", 1800, at)], next);
  expect(await shop.balance(accounts.unproven)).toBe(0);
});

it("leaves the tender unproved and the row other business, posted in red over both stores", async () => {
  expect(await apart()).toBe("static-1");
  expect(await shop.balance(accounts.unproven)).toBe(1800);
  expect(await shop.balance(accounts.otherBusiness)).toBe(-1800);
  expect(await shop.balance(accounts.betweenStores("heping"))).toBe(0);
  expect(await shop.balance(accounts.betweenStores("jiangbian"))).toBe(0);
  expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
  expect((await openItems(shop.database, "unproven"))?.items).toMatchObject([{ amount: { amount: 1800 } }]);
});

it("is not made again by itself, and not taken apart twice", async () => {
  await apart();
  expect(await apart()).toBeNull();
  await shop.review((next + 60_000) as Instant);
  await shop.bill(day, [tradeRow("static-1", 1800, at), tradeRow("static-2", 500, at)], next, "corrected");
  expect(await shop.balance(accounts.unproven)).toBe(1800);
  expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
});

it("can be paired by hand, with another row, and that one taken apart again", async () => {
  await apart();
  await shop.bill(day, [tradeRow("static-1", 1800, at), tradeRow("static-2", 1800, noon(day))], next, "corrected");
  // the other row is now its only candidate
  expect(await shop.open()).toEqual([]);
  expect(await apart()).toBe("static-2");
  expect(await openMender(shop, (next + 60_000) as Instant).mend("pair", { row: "static-1" })).toEqual({
    state: "done",
    failed: [],
  });
  expect(await shop.balance(accounts.unproven)).toBe(0);
  expect(await apart()).toBe("static-1");
  expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
  expect(await shop.balance(accounts.unproven)).toBe(1800);
});

it("is taken apart by a corrected bill that has the row no more, or with another amount", async () => {
  await shop.bill(day, [tradeRow("static-1", 1900, at)], next, "corrected");
  expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
  expect(await shop.balance(accounts.unproven)).toBe(1800);
  expect(await shop.balance(accounts.otherBusiness)).toBe(-1900);
  await shop.bill(day, [], next, "corrected again");
  expect(await shop.balance(accounts.otherBusiness)).toBe(0);
});

it("stays together when a corrected bill changes other rows alone", async () => {
  await shop.bill(day, [tradeRow("static-1", 1800, at), tradeRow("static-9", 700, at)], next, "corrected");
  expect(await shop.open()).toEqual([]);
  expect(await shop.balance(accounts.unproven)).toBe(0);
});
