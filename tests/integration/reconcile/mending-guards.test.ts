import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import type { SaleId, StoreId } from "../../../src/domain/identifier.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { oneSafeAtATime } from "../../../src/gateway/cash/one-safe-at-a-time.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";
import { waitsFor } from "../held-lock.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const later = (minutes: number): Instant => (next + minutes * 60_000) as Instant;

let shop: MatchedShop;
let mend: Mender["mend"];
let breaks: Mender["breaks"];
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  ({ mend, breaks } = openMender(shop, next));
});

const refunds = () =>
  shop.database.selectFrom("refund").select(["id", "amount", "state"]).orderBy("created_at").orderBy("id").execute();

it("a sale that its till has completed since the break was found is not completed a second time", async () => {
  const one = await shop.paymentOfSale(11300, at, "voided");
  await shop.bill(day, [tradeRow(one, 11300, at)], next);
  const items = await breaks();
  await shop.database.updateTable("sale").set({ state: "completed" }).execute();
  expect(await mend("completeSale", {}, items)).toMatchObject({ state: "stale", failed: [{ why: "changed" }] });
  expect(await shop.database.selectFrom("journal_entry").selectAll().execute()).toEqual([]);
  expect(await shop.database.selectFrom("sale").selectAll().execute()).toHaveLength(1);
});

it("giving up what was ordered otherwise and is owed alike takes nothing out of what the provider owes", async () => {
  const receivable = { receivable: minorUnits(10170) };
  const one = await shop.payment({ amount: 11300, receivable: 10170, at });
  await shop.bill(day, [tradeRow(one, 11000, at, { ...receivable, fee: 61_000 })], next);
  expect(await shop.open()).toEqual(["break amountDiffers -300"]);
  expect(await mend("writeOff")).toEqual({ state: "done", failed: [] });
  const stands = [await shop.balance(accounts.loss), await shop.balance(accounts.receivable(account.id))];
  expect(stands).toEqual([0, 0]);
  // and the list behind what it owes comes to the same
  expect(await openItems(shop.database, accounts.receivable(account.id))).toMatchObject({
    sum: { amount: 0 },
    count: 0,
  });
});

describe("a refund that is stuck", () => {
  let stuck: string;
  beforeEach(async () => {
    const one = await shop.payment({ amount: 4700, at });
    stuck = await shop.refund(one, 800, at, "failed");
    await shop.bill(day, [tradeRow(one, 4700, at)], next);
    await shop.review(next);
    expect(await shop.open()).toEqual(["break refundStuck 800"]);
  });

  it("goes again under one other number, and never under a third", async () => {
    const items = await breaks();
    expect(await mend("resendRefund", {}, items)).toEqual({ state: "done", failed: [] });
    expect((await refunds()).map(({ amount, state }) => [amount, state])).toEqual([
      [800, "failed"],
      [800, "owed"],
    ]);
    // the break stands as it stood: somebody else had seen it too
    await shop.database.updateTable("difference").set({ state: "break", closed_at: null, closed_by: null }).execute();
    await shop.database.deleteFrom("mending_item").execute();
    expect(await mend("resendRefund", {}, items)).toMatchObject({ state: "stale", failed: [{ why: "changed" }] });
    expect(await refunds()).toHaveLength(2);
  });

  it("is paid from where it was paid, once, and the payer is owed nothing more", async () => {
    const owed = accounts.refundsOwed(account.id);
    const before = await shop.balance(owed);
    expect(await mend("payOtherwise", { paidFrom: "bank", proof: "ICBC 20261121-17" })).toEqual({
      state: "done",
      failed: [],
    });
    expect((await shop.balance(owed)) - before).toBe(800);
    expect(await shop.balance(accounts.bank("other"))).toBe(-800);
    expect((await refunds()).map(({ state }) => state)).toEqual(["paidOtherwise"]);
    await shop.review(later(1));
    expect(await shop.open()).toEqual([]);
  });

  it("is paid out of a safe that nobody is counting: the count would find it short", async () => {
    const items = await breaks();
    let paid: unknown;
    const pay = async () => {
      paid = await mend("payOtherwise", { paidFrom: "safe", proof: "slip 17" }, items);
    };
    const [{ store } = { store: "" }] = items;
    expect(await waitsFor(shop.database, (step) => oneSafeAtATime(step, store), pay)).toBe(true);
    expect([paid, await shop.balance(accounts.safe)]).toEqual([{ state: "done", failed: [] }, -800]);
  });

  it("that the provider has taken on meanwhile is not paid otherwise too", async () => {
    const items = await breaks();
    await shop.database.updateTable("refund").set({ state: "processing" }).where("id", "=", stuck).execute();
    expect(await mend("payOtherwise", { paidFrom: "safe", proof: "7" }, items)).toMatchObject({ state: "stale" });
    expect(await shop.balance(accounts.safe)).toBe(0);
    expect((await refunds()).map(({ state }) => state)).toEqual(["processing"]);
  });
});

it("a refund made outside is no return of money that its sale's returns have given back already", async () => {
  const one = await shop.paymentOfSale(11300, at);
  const sale = await shop.database.selectFrom("sale").select("id").executeTakeFirstOrThrow();
  await shop.database
    .insertInto("used_tender")
    .values({
      store: "heping" as StoreId,
      original: sale.id as SaleId,
      sale: "return-1",
      n: 1,
      kind: "payment",
      attempt: one,
      amount: 9000,
    })
    .execute();
  const outside = tradeRow(one, 3000, at, { kind: "refund", refund: "MCH1", fee: -18_000 });
  await shop.bill(day, [tradeRow(one, 11300, at), outside], next);
  expect(await mend("adoptRefund")).toMatchObject({ state: "stale", failed: [{ why: "changed" }] });
  expect(await shop.balance(accounts.returns(1300))).toBe(0);
  expect(await shop.database.selectFrom("used_tender").select("amount").execute()).toEqual([{ amount: 9000 }]);
});
