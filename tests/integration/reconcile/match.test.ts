import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import type { MinorUnits } from "../../../src/domain/money.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { besideBills } from "../../../src/gateway/office/reconciliation/beside-bills.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const receivable = accounts.receivable(account.id);
const balance = accounts.balance(account.id);

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.database
    .insertInto("fee_rate")
    .values({ account: account.id, since: "2026-01-01", rate: 6000, gives_back: true, set_by: "owner", set_at: 0 })
    .execute();
});

describe("a bill's day", () => {
  it("that agrees leaves nothing open, and everything with the provider", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const two = await shop.payment({ amount: 5600, at, store: "jiangbian" });
    const back = await shop.refund(one, 5650, at);
    await shop.bill(
      day,
      [
        tradeRow(one, 11300, at),
        tradeRow(two, 5600, at),
        tradeRow(one, 5650, at, { kind: "refund", refund: back, fee: -34_000 }),
      ],
      next,
    );
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(receivable)).toBe(0);
    // 113.00 − 56.50 − 0.68 + 0.34 and 56.00 − 0.34
    expect(await shop.balance(balance)).toBe(11300 - 5650 - 68 + 34 + 5600 - 34);
    expect(await shop.balance(accounts.fees)).toBe(68 - 34 + 34);
    expect(await shop.balance(accounts.betweenStores("heping"))).toBe(5600 - 34);
    expect(await shop.balance(accounts.betweenStores("jiangbian"))).toBe(-(5600 - 34));
  });

  it("shows every class, and what is receivable equals what is listed", async () => {
    const missing = await shop.payment({ amount: 8800, at });
    const other = await shop.payment({ amount: 11300, at });
    const rated = await shop.payment({ amount: 10000, at });
    const lost = await shop.payment({ amount: 2350, at, state: "unknown", sale: "open" });
    const adopt = await shop.payment({ amount: 700, at, state: "closed", sale: "completed" });
    const stranger = shop.number(at);
    const undone = await shop.payment({ amount: 900, at, state: "reversed", sale: "open" });
    const portal = await shop.payment({ amount: 3000, at });
    const twice = await shop.payment({ amount: 1234, at, sale: "completed", tender: null });
    await shop.bill(
      day,
      [
        tradeRow(other, 11200, at),
        tradeRow(rated, 10000, at, { fee: 38_000, rate: 3800 }),
        tradeRow(lost, 2350, at),
        tradeRow(adopt, 700, at),
        tradeRow(stranger, 4200, at),
        tradeRow(undone, 900, at),
        tradeRow(portal, 3000, at),
        tradeRow(portal, 1000, at, { kind: "refund", refund: "portal-1", fee: -6_000 }),
        tradeRow(twice, 1234, at),
        tradeRow("OTHER-SHOP-77", 6600, at),
      ],
      next,
    );
    expect((await shop.open()).toSorted()).toEqual(
      [
        "break withUsNotWithThem -8800",
        "break amountDiffers -100",
        "break rateDiffers 22",
        "break paidAfterGivingUp 2350",
        "break captureUnknown 700",
        "break paymentUnknown 4200",
        "break notGivenBack 900",
        "break refundOutside -1000",
        "break paidTwice 1234",
      ].toSorted(),
    );
    expect(missing).not.toBe("");
    expect(await shop.balance(receivable)).toBe(8800 + 100);
    expect(await shop.balance(accounts.unexplained)).toBe(-(2350 + 700 + 4200 + 900 - 1000));
    expect(await shop.balance(accounts.otherBusiness)).toBe(-6600);
  });

  it("taken in twice changes nothing at all", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const rows = [tradeRow(one, 11200, at)];
    await shop.bill(day, rows, next);
    const before = await everything();
    const again = await shop.bill(day, rows, noon("2026-11-22"));
    expect([again.kind, again.isNew]).toEqual(["nothing", false]);
    expect(await everything()).toEqual(before);
  });

  it("a payment twice in a bill is a difference, not two payments", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at), tradeRow(one, 11300, at)], next);
    expect(await shop.open()).toEqual(["break amountDiffers 11300"]);
  });

  it("twice in a bill bears a fee rounded row by row, and no other rate", async () => {
    // 0.6 % of 15.66 is 0.09, of 31.32 it is 0.19
    const one = await shop.payment({ amount: 1566, at });
    await shop.bill(day, [tradeRow(one, 1566, at), tradeRow(one, 1566, at)], next);
    expect(await shop.open()).toEqual(["break amountDiffers 1566"]);
  });

  it.each([0, 2])(
    "knows of an earlier refund that the bill has %d times when it looks at a fee given back",
    async (times) => {
      const later = (minutes: number): Instant => (at + minutes * 60_000) as Instant;
      const one = await shop.payment({ amount: 666, at });
      const first = await shop.refund(one, 100, later(1));
      const second = await shop.refund(one, 100, later(2));
      const row = (refund: string, fee: number, minutes: number) =>
        tradeRow(one, 100, later(minutes), { kind: "refund", refund, fee });
      // of 6.66 the fee is 0.04: 0.01 of it goes back with the first 1.00, none with the second
      const earlier = Array.from({ length: times }, () => row(first, -1000, 1));
      await shop.bill(day, [tradeRow(one, 666, at), ...earlier, row(second, 0, 2)], next);
      expect(await shop.open()).toEqual([times === 0 ? "break withUsNotWithThem 100" : "break amountDiffers -100"]);
    },
  );

  it.each([
    ["before the next was sent took nothing, as the next one's fee says", 1, 0],
    ["after it had still taken its part when the next one's fee was given back", 3, -1000],
  ])("a refund that the provider closed %s", async (_, closedAfter, feeBack) => {
    const later = (minutes: number): Instant => (at + minutes * 60_000) as Instant;
    const one = await shop.payment({ amount: 4150, at });
    const first = await shop.refund(one, 55, at);
    const second = await shop.refund(one, 55, later(2));
    await shop.database
      .updateTable("movement")
      .set({ undone_at: later(closedAfter) })
      .where("number", "=", first)
      .execute();
    // 0.6 % of 41.50 is 0.25, of 40.95 it is 0.25 too, of 40.40 it is 0.24
    const rows = [
      tradeRow(one, 4150, at),
      tradeRow(one, 55, at, { kind: "refund", refund: first, fee: 0, status: "CLOSED" }),
      tradeRow(one, 55, later(2), { kind: "refund", refund: second, fee: feeBack }),
    ];
    await shop.bill(day, rows, next);
    expect(await shop.open()).toEqual([]);
  });
});

describe("a corrected bill", () => {
  it("replaces what the first said, keeps both, and touches only what changed", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const two = await shop.payment({ amount: 5600, at });
    const three = await shop.payment({ amount: 900, at });
    await shop.bill(day, [tradeRow(one, 11300, at), tradeRow(two, 5000, at)], next);
    expect((await shop.open()).toSorted()).toEqual(["break amountDiffers -600", "break withUsNotWithThem -900"]);
    const corrected = await shop.bill(
      day,
      [tradeRow(one, 11300, at), tradeRow(two, 5600, at), tradeRow(three, 900, at)],
      noon("2026-11-22"),
    );
    expect(corrected).toMatchObject({ kind: "taken", changed: 2 });
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(receivable)).toBe(0);
    expect(await shop.balance(balance)).toBe(11300 + 5600 + 900 - 68 - 34 - 5);
    const bills = await shop.database.selectFrom("bill").select(["version", "state"]).orderBy("version").execute();
    expect(bills).toEqual([
      { version: 1, state: "replaced" },
      { version: 2, state: "current" },
    ]);
    const { count } = await shop.database
      .selectFrom("bill_row")
      .select((row) => row.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    // the row that stayed was not written again
    expect(count).toBe(4);
  });

  it("that loses a row opens it again", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], next);
    await shop.bill(day, [], noon("2026-11-22"));
    expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
    expect(await shop.balance(receivable)).toBe(11300);
    expect(await shop.balance(balance)).toBe(0);
  });
});

describe("refunds", () => {
  it("are matched by their own number, on whatever day they were accepted", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], next);
    const later = noon("2026-11-22");
    const first = await shop.refund(one, 2000, later);
    const second = await shop.refund(one, 3000, (later + 60_000) as Instant, "processing");
    await shop.bill(
      "2026-11-22",
      [
        tradeRow(one, 2000, later, { kind: "refund", refund: first, fee: -12_000 }),
        tradeRow(one, 3000, (later + 60_000) as Instant, {
          kind: "refund",
          refund: second,
          fee: -18_000,
          status: "PROCESSING",
        }),
      ],
      noon("2026-11-23"),
    );
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(receivable)).toBe(0);
  });

  it("of the same order are two things, though one amount stands for the other", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const first = await shop.refund(one, 2000, at);
    const second = await shop.refund(one, 2000, at);
    await shop.bill(
      day,
      [
        tradeRow(one, 11300, at),
        tradeRow(one, 2000, at, { kind: "refund", refund: first, fee: -12_000 }),
        tradeRow(one, 2000, at, { kind: "refund", refund: "portal-1", fee: -12_000 }),
      ],
      next,
    );
    expect((await shop.open()).toSorted()).toEqual(["break refundOutside -2000", "break withUsNotWithThem 2000"]);
    expect(second).not.toBe(first);
  });

  it("that Alipay shows of a cancelled order are its reversal", async () => {
    const one = await shop.payment({ amount: 11300, at, state: "reversed", sale: "open" });
    await shop.bill(
      day,
      [tradeRow(one, 11300, at), tradeRow(one, 11300, at, { kind: "refund", refund: "", fee: -68_000 })],
      next,
    );
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(receivable)).toBe(0);
  });

  it("whose payment stands twice beside one reversal leave the second one open, and with the provider", async () => {
    const one = await shop.payment({ amount: 11300, at, state: "reversed", sale: "open" });
    const undone = tradeRow(one, 11300, at, { kind: "refund", refund: "", fee: -68_000 });
    await shop.bill(day, [tradeRow(one, 11300, at), tradeRow(one, 11300, at), undone], next);
    expect(await shop.open()).toEqual(["break amountDiffers 11300"]);
    expect(await shop.balance(balance)).toBe(11300 - 68);
    expect(await shop.balance(receivable)).toBe(-11300);
  });
});

it("says of a bill whose totals are not its rows' that it differs, once for the whole bill", async () => {
  const one = await shop.payment({ amount: 11300, at });
  await shop.bill(day, [tradeRow(one, 11300, at)], next, "differs", {
    rows: 2,
    payments: null,
    refunds: null,
    amount: 22600 as MinorUnits,
    receivable: null,
    asked: null,
    taken: null,
    fee: null,
    moneyIn: null,
    moneyOut: null,
  });
  expect(await shop.open()).toEqual(["break footerDiffers 11300"]);
  const name = { store: account.homeStore, account: account.id, side: "bill", number: `trade/${day}` };
  expect(await besideBills(shop.database, name)).toEqual({
    kind: "bill",
    currency: "CNY",
    totals: [
      { member: "rows", footer: 2, counted: 1 },
      { member: "amount", footer: 22600, counted: 11300 },
    ],
  });
});

async function everything(): Promise<unknown> {
  const tables = ["bill", "bill_row", "difference", "ledger_transfer", "bill_share"] as const;
  const rows = await Promise.all(tables.map((table) => shop.database.selectFrom(table).selectAll().execute()));
  // when the provider was last asked is all that may change
  return rows.map((each) => each.map((row) => ({ ...row, checked_at: 0, confirmed_at: 0 })));
}

it("a store that takes another account now still has its captures judged by the bills of the old one", async () => {
  const own = await shop.payment({ amount: 4400, at, store: "jiangbian" });
  await shop.database.deleteFrom("store_account").where("store", "=", "jiangbian").execute();
  await shop.bill(day, [tradeRow(own, 4300, at)], next);
  expect(await shop.open()).toEqual(["break amountDiffers -100"]);
  const found = await shop.database.selectFrom("difference").select("store").executeTakeFirstOrThrow();
  expect(found.store).toBe("jiangbian");
});
