import { beforeAll, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { trialBalance } from "../../../src/gateway/office/ledger/trial-balance.ts";
import { reconciliationBridge } from "../../../src/gateway/office/reconciliation/bridge.ts";
import { reconciliationDays } from "../../../src/gateway/office/reconciliation/days.ts";
import { reconciliationItem } from "../../../src/gateway/office/reconciliation/item.ts";
import { reconciliationOpen } from "../../../src/gateway/office/reconciliation/open.ts";
import { reconciliationItems } from "../../../src/gateway/office/reconciliation/items.ts";
import type { Accounts } from "../../../src/gateway/payments/accounts.ts";
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
let missing: string;
let refunded: string;
beforeAll(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  for (const amount of [1000, 2000, 3000]) {
    const id = await shop.payment({ amount, at, store: amount === 2000 ? "jiangbian" : "heping" });
    rows.push(tradeRow(id, amount, at));
  }
  missing = await shop.payment({ amount: 8800, at });
  const other = await shop.payment({ amount: 11300, at });
  const lost = await shop.payment({ amount: 2350, at, state: "closed", sale: "open" });
  const undone = await shop.payment({ amount: 900, at, state: "reversed", sale: "open" });
  const portal = await shop.payment({ amount: 3100, at });
  const back = await shop.payment({ amount: 5000, at });
  refunded = await shop.refund(back, 2000, at);
  rows.push(
    tradeRow(other, 11200, at),
    tradeRow(lost, 2350, at),
    tradeRow(shop.number(at), 4200, at),
    tradeRow(undone, 900, at),
    tradeRow(portal, 3100, at),
    tradeRow(portal, 1000, at, { kind: "refund", refund: "portal-1", fee: -6_000 }),
    tradeRow(back, 5000, at),
    tradeRow(back, 2000, at, { kind: "refund", refund: refunded, fee: -12_000 }),
    tradeRow("OTHER-77", 6600, at),
  );
  // of our business day, and of the provider's day before
  await shop.payment({ amount: 777, at: noon("2026-11-19") });
  await shop.bill("2026-11-19", [], next);
  await shop.bill(day, rows, next);
});
const rows: ReturnType<typeof tradeRow>[] = [];

describe("items of a day", () => {
  it("are all there, and their sums are the day's", async () => {
    const all = await reconciliationItems(shop.database, known, { day });
    const sum = (pick: (item: (typeof all.items)[number]) => number): number =>
      all.items.reduce((whole, item) => whole + pick(item), 0);
    expect(all.count).toBe(all.items.length);
    expect(sum((item) => item.ours?.amount ?? 0)).toBe(all.ours.amount);
    expect(sum((item) => item.theirs?.amount ?? 0)).toBe(all.theirs.amount);
    expect(all.theirs.amount).toBe(
      rows.reduce((whole, row) => whole + (row.kind === "refund" ? -1 : 1) * row.receivable, 0),
    );
    expect(all.breaks.count).toBe(6);
  });

  it("are told apart by what they came to, and the parts are the whole", async () => {
    const all = await reconciliationItems(shop.database, known, { day });
    const parts = await Promise.all(
      (["matched", "waiting", "break", "other"] as const).map((result) =>
        reconciliationItems(shop.database, known, { day, result }),
      ),
    );
    expect(parts.map(({ count }) => count)).toEqual([6, 0, 6, 1]);
    expect(parts.reduce((whole, part) => whole + part.theirs.amount, 0)).toBe(all.theirs.amount);
  });

  it("are filtered by store, amount, receipt and number", async () => {
    const found = async (filter: object) => (await reconciliationItems(shop.database, known, { day, ...filter })).count;
    expect(await found({ store: "jiangbian" as StoreId })).toBe(1);
    expect(await found({ query: "88.00" })).toBe(1);
    expect(await found({ query: missing })).toBe(1);
    expect(await found({ query: "OTHER-77" })).toBe(1);
    expect(await found({ class: "withUsNotWithThem" })).toBe(1);
    expect(await found({ query: "1234.56" })).toBe(0);
  });

  it("come page by page, each once", async () => {
    const first = await reconciliationItems(shop.database, known, { day });
    const cursor = first.items[4];
    const rest = await reconciliationItems(shop.database, known, {
      day,
      before: [cursor?.at, cursor?.store, cursor?.account, cursor?.side, cursor?.number, ""].join("|"),
    });
    expect(rest.count).toBe(first.count);
    expect(rest.items.length).toBeLessThan(first.items.length);
  });
});

it("lists what is open on every day", async () => {
  const open = await reconciliationItems(shop.database, known, { result: "break" });
  expect(open.items.map(({ day: of }) => of).toSorted()).toEqual([
    ...Array(1).fill("2026-11-19"),
    ...Array(6).fill(day),
  ]);
});

it("counts what is open on every day, and what of it is a store's", async () => {
  const open = await reconciliationItems(shop.database, known, { result: "break" });
  expect(await reconciliationOpen(shop.database, undefined)).toMatchObject({
    breaks: { count: open.count, amount: open.breaks.amount },
    waiting: { count: 0 },
  });
  expect(await reconciliationOpen(shop.database, "jiangbian" as StoreId)).toMatchObject({ breaks: { count: 0 } });
});

describe("one item", () => {
  it("shows both sides and what is different", async () => {
    const name = { store: "heping", account: account.id, side: "payment", number: missing };
    const opened = await reconciliationItem(shop.database, known, name);
    expect(opened).toMatchObject({
      item: { result: { kind: "break", class: "withUsNotWithThem" } },
      movements: [{ side: "payment", receivable: { amount: 8800 } }],
      rows: [],
      payment: missing,
    });
    expect(await reconciliationItem(shop.database, known, { ...name, number: "NOBODY" })).toBeNull();
  });

  it("that agrees has nothing different", async () => {
    const name = { store: "heping", account: account.id, side: "refund", number: refunded };
    const opened = await reconciliationItem(shop.database, known, name);
    expect(opened).toMatchObject({ item: { result: { kind: "matched" } }, results: [], rows: [{ side: "refund" }] });
  });
});

describe("the day", () => {
  it("adds up to its bill, with the two cuts and what is listed", async () => {
    const bridge = await reconciliationBridge(shop.database, known, { day, account: account.id });
    expect(bridge?.unexplained?.amount).toBe(0);
    expect(bridge?.toOtherDays.amount).toBe(777);
    expect(bridge?.billed?.amount).toBe((bridge?.expected.amount ?? 0) + (bridge?.listed.amount ?? 0));
    expect(bridge?.listed.amount).not.toBe(0);
    expect(bridge?.other.amount).toBe(6600);
  });

  it("says how far its bill is", async () => {
    const { days } = await reconciliationDays(
      shop.database,
      known,
      { from: "2026-11-18", to: "2026-11-22" },
      (next + 3_600_000) as Instant,
    );
    expect(days.map((each) => [each.day, each.bill.state, each.breaks.count])).toEqual([
      [day, "here", 6],
      ["2026-11-19", "here", 1],
    ]);
  });
});

describe("the ledger", () => {
  it.each(["suspense", "unexplained", "unproven", accounts.refundsOwed(account.id)])(
    "has behind %s exactly its open items",
    async (name) => {
      const items = await openItems(shop.database, name);
      expect(items?.sum).toEqual(items?.balance);
    },
  );

  it("has behind what is receivable exactly what no bill has, or has otherwise", async () => {
    const items = await openItems(shop.database, accounts.receivable(account.id));
    expect(items?.sum).toEqual(items?.balance);
    expect(items?.items.map(({ amount }) => amount.amount).toSorted((a, b) => a - b)).toEqual([100, 777, 8800]);
  });

  it("balances", async () => {
    const trial = await trialBalance(shop.database, {}, next);
    expect(trial.debits).toEqual(trial.credits);
    expect(trial.accounts.reduce((whole, { balance }) => whole + balance.amount, 0)).toBe(0);
  });
});

it("an item of a day whose bill has not come waits for it, as in the list", async () => {
  const number = await shop.payment({ amount: 650, at: noon("2026-11-22") });
  const name = { store: "heping", account: account.id, side: "payment", number };
  const opened = await reconciliationItem(shop.database, known, name);
  const [listed] = (await reconciliationItems(shop.database, known, { day: "2026-11-22" })).items;
  expect(opened?.item).toMatchObject({ day: "2026-11-22", result: { kind: "waiting", reason: "billNotHere" } });
  expect(opened?.item.result).toEqual(listed?.result);
});
