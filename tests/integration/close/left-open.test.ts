import { expect, it } from "vitest";
import { leftOpenOf } from "../../../src/gateway/close/left-open.ts";
import { openMatchedShop } from "../../fakes/matched-shop.ts";
import { noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";

it("a payment that was given up is not said to be in no bill yet", async () => {
  const shop = await openMatchedShop((await freshDatabase()).open());
  await shop.payment({ amount: 11300, at: noon(day) });
  await shop.payment({ amount: 5600, at: noon(day) });
  const { store, business_date: businessDate } = await shop.database
    .selectFrom("movement")
    .select(["store", "business_date"])
    .executeTakeFirstOrThrow();
  expect((await leftOpenOf(shop.database, store, businessDate)).unbilled).toBe(2);
  await shop.bill(day, [], noon("2026-11-21"));
  const { id } = await shop.database.selectFrom("difference").select("id").orderBy("id").executeTakeFirstOrThrow();
  await shop.database.updateTable("difference").set({ state: "mended" }).where("id", "=", id).execute();
  expect((await leftOpenOf(shop.database, store, businessDate)).unbilled).toBe(1);
});

it("a break that somebody lets wait is counted as one, apart from what waits for a fact of its own", async () => {
  const shop = await openMatchedShop((await freshDatabase()).open());
  await shop.payment({ amount: 11300, at: noon(day) });
  await shop.bill(day, [], noon("2026-11-21"));
  const { store, business_date: businessDate } = await shop.database
    .selectFrom("movement")
    .select(["store", "business_date"])
    .executeTakeFirstOrThrow();
  const left = () => leftOpenOf(shop.database, store, businessDate);
  expect(await left()).toMatchObject({ breaks: 1, waiting: 0, letWait: 0 });
  await shop.database.updateTable("difference").set({ state: "waiting" }).execute();
  expect(await left()).toMatchObject({ breaks: 0, waiting: 0, letWait: 1 });
});

it("differences of one cause are one, as where they are decided", async () => {
  const shop = await openMatchedShop((await freshDatabase()).open());
  for (const amount of [11300, 5600, 4200]) await shop.payment({ amount, at: noon(day) });
  await shop.bill(day, [], noon("2026-11-21"));
  const { store, business_date: businessDate } = await shop.database
    .selectFrom("movement")
    .select(["store", "business_date"])
    .executeTakeFirstOrThrow();
  const breaks = async () => (await leftOpenOf(shop.database, store, businessDate)).breaks;
  const given = (cause: string) => shop.database.updateTable("difference").set({ cause });
  await given("").execute();
  expect(await breaks()).toBe(3);
  await given("rate/wechat/2026-11-20/6000").where("amount", "<>", -4200).execute();
  expect(await breaks()).toBe(2);
});
