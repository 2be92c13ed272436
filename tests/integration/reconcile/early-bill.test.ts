import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import type { Accounts } from "../../../src/gateway/payments/accounts.ts";
import { reconciliationBridge } from "../../../src/gateway/office/reconciliation/bridge.ts";
import { billsAwaited } from "../../../src/gateway/office/reconciliation/bills-awaited.ts";
import { reconciliationDays } from "../../../src/gateway/office/reconciliation/days.ts";
import { reconciliationItems } from "../../../src/gateway/office/reconciliation/items.ts";
import { fetchBill } from "../../../src/gateway/bills/fetch-bill.ts";
import { storeBill } from "../../../src/gateway/bills/bill-store.ts";
import { once, tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const evening = (at + 6 * 3_600_000) as Instant;
const next = noon("2026-11-21");
const minutes = (n: number): Instant => (at + n * 60_000) as Instant;

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

const own = { id: account.id, provider: { bills: { zone: "Asia/Shanghai", readyMinute: 600 } } };
const accounts = {
  byId: async () => own,
  ofStore: async () => [{ ...own, channel: "wechat" }],
} as unknown as Accounts;

describe("a bill that came before its day was over", () => {
  it("says nothing of what moved afterwards: that waits for a newer one, in the lists and in the bridge", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], evening);
    await shop.payment({ amount: 842, at: (evening + 60_000) as Instant });
    await shop.review((evening + 120_000) as Instant);
    expect(await shop.open()).toEqual([]);
    const { items } = await reconciliationItems(shop.database, accounts, { day });
    expect(
      items.map(({ ours, result }) => [ours?.amount, result.kind, "reason" in result ? result.reason : ""]),
    ).toEqual([
      // its bill is here, and came before this
      [842, "waiting", "billEarly"],
      [11300, "matched", ""],
    ]);
    const { days } = await reconciliationDays(shop.database, accounts, { from: day, to: day }, evening);
    expect(days.map(({ waiting, breaks }) => [waiting.count, waiting.amount.amount, breaks.count])).toEqual([
      [1, 842, 0],
    ]);
    const awaited = await billsAwaited(shop.database, accounts, undefined, evening);
    expect([awaited.count, awaited.amount.amount, awaited.days]).toEqual([1, 842, 1]);
    // of another day nothing is here yet: all of it waits, as the list of days says too
    await shop.payment({ amount: 55, at: noon("2026-11-21") });
    const after = await reconciliationItems(shop.database, accounts, { day: "2026-11-21" });
    expect(after.items.map(({ result }) => ("reason" in result ? result.reason : ""))).toEqual(["billNotHere"]);
    const both = await billsAwaited(shop.database, accounts, undefined, noon("2026-11-21"));
    expect([both.count, both.amount.amount, both.days]).toEqual([2, 897, 2]);
    const bridge = await reconciliationBridge(shop.database, accounts, { day, account: account.id });
    expect([
      bridge?.expected.amount,
      bridge?.billed?.amount,
      bridge?.listed.amount,
      bridge?.unexplained?.amount,
    ]).toEqual([12142, 11300, -842, 0]);
  });

  it("has to have what moved before it was asked for", async () => {
    await shop.payment({ amount: 11300, at });
    await shop.bill(day, [], evening);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
  });

  it("that somebody handed in knows no more than its last row", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.payment({ amount: 842, at: minutes(30) });
    const missing = await shop.payment({ amount: 500, at: minutes(-30) });
    expect(missing).not.toBe(one);
    await shop.bill(day, [tradeRow(one, 11300, at)], evening);
    await shop.database.updateTable("bill").set({ origin: "handedIn" }).execute();
    await shop.review((evening + 60_000) as Instant);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -500"]);
  });

  it("is followed by one in which everything of the day has to stand", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], evening);
    const two = await shop.payment({ amount: 842, at: (evening + 60_000) as Instant });
    await shop.payment({ amount: 77, at: (evening + 120_000) as Instant });
    await shop.bill(day, [tradeRow(one, 11300, at), tradeRow(two, 842, (evening + 60_000) as Instant)], next);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -77"]);
  });

  it("and is the same to the byte once its day is over has to have everything too", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const rows = [tradeRow(one, 11300, at)];
    await shop.bill(day, rows, evening, "as it came");
    await shop.payment({ amount: 842, at: (evening + 60_000) as Instant });
    expect(await shop.open()).toEqual([]);
    await fetchedAgain("as it came");
    expect(await shop.open()).toEqual(["break withUsNotWithThem -842"]);
    const { items } = await reconciliationItems(shop.database, accounts, { day });
    expect(items.map(({ result }) => result.kind)).toEqual(["break", "matched"]);
  });
});

/** The provider is asked the next day, and gives these bytes. */
async function fetchedAgain(text: string): Promise<void> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  const provider = {
    bills: own.provider.bills,
    billAccount: async () => "1900000001",
    fetchBill: async () => ({ kind: "file", name: "bill", announced: null, bytes }),
  };
  const parts = { database: shop.database, clock: { now: () => next, after: () => () => undefined }, log: console };
  await fetchBill(parts as never, { id: account.id, provider } as never, account.homeStore, "trade", day);
}

it("a file that another has replaced is taken from a person only when they say so", async () => {
  const one = await shop.payment({ amount: 11300, at });
  await shop.bill(day, [tradeRow(one, 11300, at)], next, "first");
  await shop.bill(day, [tradeRow(one, 11200, at)], next, "second");
  const handIn = (isAgain: boolean) =>
    storeBill(
      shop.database,
      {
        homeStore: account.homeStore,
        account: account.id,
        kind: "trade",
        day,
        origin: "handedIn",
        name: "bill",
        announced: null,
        handedBy: "owner",
      },
      once(Buffer.from("first")),
      next,
      isAgain,
    );
  expect(await handIn(false)).toMatchObject({ isNew: false, isOld: true });
  const versions = () => shop.database.selectFrom("bill").select(["version", "state"]).orderBy("version").execute();
  expect(await versions()).toEqual([
    { version: 1, state: "replaced" },
    { version: 2, state: "current" },
  ]);
  expect(await handIn(true)).toMatchObject({ isNew: true, isOld: false });
  expect(await versions()).toHaveLength(3);
});
