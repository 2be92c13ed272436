import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { reconciliationDays } from "../../../src/gateway/office/reconciliation/days.ts";
import { reconciliationItems, reconciliationNames } from "../../../src/gateway/office/reconciliation/items.ts";
import { reconciliationOpen } from "../../../src/gateway/office/reconciliation/open.ts";
import type { Accounts } from "../../../src/gateway/payments/accounts.ts";
import { webhookEvents, type WebhookEvents } from "../../fakes/webhook-events.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const known = {
  byId: async () => ({
    provider: { channel: "wechat", bills: { zone: "Asia/Shanghai", readyMinute: 600, kinds: ["trade"], keptDays: 90 } },
  }),
} as unknown as Accounts;

let shop: MatchedShop;
let events: WebhookEvents;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  events = await webhookEvents(shop.database, "break.found");
});

describe("fees of another rate than ours", () => {
  const amounts = [10_000, 20_000, 30_000];
  beforeEach(async () => {
    await shop.database
      .insertInto("fee_rate")
      .values({ account: account.id, since: "2026-01-01", rate: 3800, gives_back: true, set_by: "owner", set_at: 0 })
      .execute();
    const rows = [];
    for (const amount of amounts) {
      const id = await shop.payment({ amount, at, store: amount === 20_000 ? "jiangbian" : "heping" });
      rows.push(tradeRow(id, amount, at, { fee: amount * 6, rate: 6000 }));
    }
    const cheaper = await shop.payment({ amount: 10_000, at });
    await shop.payment({ amount: 8800, at });
    await shop.bill(day, [...rows, tradeRow(cheaper, 10_000, at, { fee: 20_000, rate: 2000 })], next);
  });

  it("are one break a rate, with what they cost together", async () => {
    const list = await reconciliationItems(shop.database, known, { result: "break" });
    // 0.6 % instead of 0.38 % of 600.00: 1.32 less; 0.2 % instead of 0.38 % of 100.00: 0.18 more; and one missing payment
    const told = list.items.map(({ result, alike }) =>
      result.kind === "break" ? `${result.class} ${result.amount.amount} ×${alike?.count ?? 1}` : result.kind,
    );
    expect(told.toSorted()).toEqual(["rateDiffers -132 ×3", "rateDiffers 18 ×1", "withUsNotWithThem -8800 ×1"]);
    expect(list.count).toBe(3);
    expect(list.breaks).toMatchObject({ count: 3, amount: { amount: 132 + 18 + 8800 } });
    expect(await reconciliationOpen(shop.database, undefined)).toMatchObject({ breaks: { count: 3 } });
    const days = await reconciliationDays(shop.database, known, { from: day, to: day }, next);
    expect(days.days[0]?.breaks).toMatchObject({ count: 3, amount: { amount: 132 + 18 + 8800 } });
  });

  it("show each item of a cause, whose sums are the line's", async () => {
    const list = await reconciliationItems(shop.database, known, { day });
    const line = list.items.find(({ alike }) => alike !== null);
    const of = await reconciliationItems(shop.database, known, { day, cause: line?.alike?.cause });
    expect(of.count).toBe(3);
    expect(of.items.every(({ alike }) => alike === null)).toBe(true);
    expect([of.ours, of.theirs, of.fee]).toEqual([line?.ours, line?.theirs, line?.fee]);
    expect(of.ours.amount).toBe(60_000);
    const whole = list.items.reduce((all, { ours }) => all + (ours?.amount ?? 0), 0);
    expect(list.ours.amount).toBe(whole);
    expect(list.ours.amount).toBe(78_800);
  });

  it("are named for mending together, of one store where it is asked for", async () => {
    const cause = `rate/${account.id}/${day}/6000`;
    const names = await reconciliationNames(shop.database, known, { cause });
    expect(names).toMatchObject({ count: 3, amount: { amount: 132 } });
    expect(new Set(names.names.map(({ store }) => store))).toEqual(new Set(["heping", "jiangbian"]));
    const found = await shop.database.selectFrom("difference").select("id").where("cause", "=", cause).execute();
    expect(names.names.map(({ id }) => id).toSorted()).toEqual(found.map(({ id }) => id).toSorted());
    const one = await reconciliationNames(shop.database, known, { cause, store: "jiangbian" as never });
    expect(one.count).toBe(1);
  });

  it("are told once, as one break a store and rate", async () => {
    const told = await events.all();
    const rates = told.filter(({ data }) => data["class"] === "rateDiffers");
    expect(rates.map(({ store, data }) => `${store} ${data["items"] as number}`).toSorted()).toEqual([
      "heping 1",
      "heping 2",
      "jiangbian 1",
    ]);
    await shop.review((next + 60_000) as Instant);
    expect((await events.all()).length).toBe(told.length);
  });
});

it("what a day lacks whose bill came empty is one break", async () => {
  await shop.payment({ amount: 1000, at });
  await shop.payment({ amount: 2000, at });
  await shop.emptyDay(day, next);
  const list = await reconciliationItems(shop.database, known, { result: "break" });
  expect(list.items).toMatchObject([
    { alike: { cause: `empty/${account.id}/${day}`, count: 2 }, result: { amount: { amount: -3000 } } },
  ]);
});
