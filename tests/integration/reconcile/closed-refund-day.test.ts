import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { reconciliationBridge } from "../../../src/gateway/office/reconciliation/bridge.ts";
import { reconciliationDays } from "../../../src/gateway/office/reconciliation/days.ts";
import { reconciliationItem } from "../../../src/gateway/office/reconciliation/item.ts";
import { reconciliationItems } from "../../../src/gateway/office/reconciliation/items.ts";
import type { Accounts } from "../../../src/gateway/payments/accounts.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const bills = { zone: "Asia/Shanghai", readyMinute: 600, kinds: ["trade"], keptDays: 90 };
const known = { byId: async () => ({ provider: { channel: "wechat", bills } }) } as unknown as Accounts;

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

/** The provider takes a refund on, closes it, and one under another number goes through the next day. */
async function closedAndSentAgain(payment: Parameters<MatchedShop["refund"]>[0], isTold: boolean): Promise<void> {
  const first = await shop.refund(payment, 44, at, "processing");
  const second = await shop.refund(payment, 44, (next + 60_000) as Instant, "succeeded");
  const { database } = shop;
  await database.updateTable("movement").set({ undone_at: next }).where("number", "=", first).execute();
  const closed = { state: "failed", detail: json({ reason: "closed" }), memo: json({ replacedBy: second }) };
  await database.updateTable("refund").set(closed).where("id", "=", first).execute();
  const refund = tradeRow(payment, 44, at, { kind: "refund", refund: first, fee: 0, status: "PROCESSING" });
  await shop.bill(day, [tradeRow(payment, 11300, at), ...(isTold ? [refund] : [])], next);
}

describe("a day with a refund that the provider closed after taking it on", () => {
  it.each([
    { isTold: true, said: "told of in the bill", net: 11256 },
    { isTold: false, said: "not told of", net: 11300 },
  ])("adds up, in the bridge, in the figures of the day and in its list: $said", async ({ isTold, net }) => {
    await closedAndSentAgain(await shop.payment({ amount: 11300, at }), isTold);
    expect(await shop.open()).toEqual([]);
    const bridge = await reconciliationBridge(shop.database, known, { day, account: account.id });
    expect([
      bridge?.expected.amount,
      bridge?.billed?.amount,
      bridge?.listed.amount,
      bridge?.unexplained?.amount,
    ]).toEqual([net, net, 0, 0]);
    const { days } = await reconciliationDays(shop.database, known, { from: day, to: day }, next);
    expect(days.map(({ ours, theirs }) => [ours.amount.amount, theirs.amount.amount])).toEqual([[net, net]]);
    const list = await reconciliationItems(shop.database, known, { day, account: account.id });
    expect([list.ours.amount, list.theirs.amount]).toEqual([net, net]);
  });

  it("adds up also where the closed one is a difference", async () => {
    const payment = await shop.payment({ amount: 11300, at });
    await closedAndSentAgain(payment, true);
    await shop.database
      .updateTable("refund")
      .set({ memo: json({}) })
      .where("state", "=", "failed")
      .execute();
    await shop.database
      .updateTable("refund")
      .set({ detail: json({ reason: "abnormal" }) })
      .where("state", "=", "failed")
      .execute();
    await shop.review(next);
    expect(await shop.open()).toEqual(["break refundStuck 44"]);
    const bridge = await reconciliationBridge(shop.database, known, { day, account: account.id });
    expect(bridge?.unexplained?.amount).toBe(0);
  });
});

it("a payment noted unproved adds to ours, not takes from it", async () => {
  await shop.movement("unverified", "S1/1", { store: "heping", amount: 35515, receivable: 35515, at, sale: "S1" });
  await shop.bill(day, [], next);
  const list = await reconciliationItems(shop.database, known, { day, account: account.id });
  expect(list.items.map(({ ours, result }) => [ours?.amount, result.kind])).toEqual([[35515, "break"]]);
  expect(list.ours.amount).toBe(35515);
});

it("a payment that no bill has and that was given up is mended in its day, not matched", async () => {
  await shop.payment({ amount: 11300, at });
  await shop.bill(day, [], next);
  await shop.database.updateTable("difference").set({ state: "mended", closed_by: "m", closed_at: next }).execute();
  const list = await reconciliationItems(shop.database, known, { day, account: account.id });
  expect(list.items.map(({ result }) => result.kind)).toEqual(["mended"]);
  expect([list.breaks.count, list.ours.amount]).toEqual([0, 11300]);
  const [name] = list.items;
  const opened = await reconciliationItem(shop.database, known, name!);
  expect(opened?.item.result.kind).toBe("mended");
});
