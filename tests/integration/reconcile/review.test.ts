import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import type { SaleId, StoreId } from "../../../src/domain/identifier.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { reconciliationItem } from "../../../src/gateway/office/reconciliation/item.ts";
import type { Accounts } from "../../../src/gateway/payments/accounts.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const receivable = accounts.receivable(account.id);

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

const opened = (side: string, number: string) =>
  reconciliationItem(shop.database, {} as Accounts, { store: "heping", account: account.id, side, number });

describe("the real-time side", () => {
  it("shows a capture whose sale is over without it, before any bill", async () => {
    await shop.payment({ amount: 4500, at, sale: "voided" });
    await shop.payment({ amount: 4600, at, sale: "open" });
    await shop.review(at);
    expect((await shop.open()).toSorted()).toEqual(["break captureWithoutSale 4500", "waiting saleOpen 4600"]);
  });

  it("shows a payment that a sale counts and nobody has ever asked for, under the account of its channel", async () => {
    const payment = shop.number(at);
    const sale = shop.number(at) as string as SaleId;
    await shop.sale(sale, "heping", "completed", 4700, at);
    await shop.database
      .updateTable("sale")
      .set({ body: json(sampleSale(sale, 4700, payment)) })
      .where("id", "=", sale)
      .execute();
    await shop.tender(sale, "heping", payment, 4700, at);
    const detail = { amount: null, detail: "unknown attempt", staff: null };
    const store = "heping" as StoreId;
    await raiseException(shop.database, { store, kind: "tenderWithoutCapture", subject: payment, detail }, at);
    await shop.review(at);
    expect(await shop.open()).toEqual(["break saleWithoutPayment -4700"]);
    const placed = {
      currency: "CNY",
      business_date: "2026-11-20",
      sale,
      till: "till-a1",
      staff: "staff-1",
      channel: "wechat",
    };
    const columns = ["currency", "business_date", "sale", "till", "staff", "channel"] as const;
    const kept = () => shop.database.selectFrom("difference").select(columns).executeTakeFirstOrThrow();
    expect(await kept()).toEqual(placed);
    // as earlier builds have left it
    await shop.database.updateTable("difference").set({ currency: "", business_date: "", sale: null }).execute();
    await shop.review((at + 60_000) as Instant);
    expect(await kept()).toEqual(placed);
    expect(await opened("payment", payment)).toMatchObject({
      counted: { kind: "sale", amount: { amount: 4700 }, businessDate: "2026-11-20" },
      sale,
    });
  });

  it("lets a refund that was closed go on under another number before it asks a person", async () => {
    const one = await shop.payment({ amount: 4800, at });
    const back = await shop.refund(one, 800, at, "failed");
    const setReplaces = (replaces: number) =>
      shop.database
        .updateTable("refund")
        .set({ memo: json({ replaces }) })
        .where("id", "=", back)
        .execute();
    await setReplaces(2);
    await shop.review(at);
    expect(await shop.open()).toEqual(["waiting refundUnderWay 800"]);
    await setReplaces(3);
    await shop.review(at);
    expect(await shop.open()).toEqual(["break refundStuck 800"]);
    const known = await opened("refund", back);
    expect(known).toMatchObject({ counted: { kind: "refund", amount: { amount: 800 } }, payment: one });
    expect(known?.story).not.toEqual([]);
  });

  it("closes by itself what a sale has settled meanwhile", async () => {
    const one = await shop.payment({ amount: 4600, at, sale: "open" });
    await shop.review(at);
    const sale = `${one.slice(0, 10)}SA0E${one.slice(14)}`;
    await shop.sale(sale, "heping", "completed", 4600, at);
    await shop.tender(sale, "heping", one, 4600, at);
    await shop.review((at + 60_000) as Instant);
    expect(await shop.open()).toEqual([]);
    const closed = await shop.database.selectFrom("difference").select(["state", "closed_by"]).execute();
    expect(closed).toEqual([{ state: "gone", closed_by: "agrees" }]);
  });
});

describe("tenders noted unproved", () => {
  const noted = { store: "jiangbian", amount: 1800, receivable: 1800, at, sale: "S1" };

  it("are proved by the one row that nobody made, over all stores of the account", async () => {
    await shop.movement("unverified", "S1/1", noted);
    await shop.bill(day, [tradeRow("static-1", 1800, (at + 120_000) as Instant)], next);
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(accounts.unproven)).toBe(-1800);
    expect(await shop.balance(accounts.otherBusiness)).toBe(0);
    expect(await shop.balance(receivable)).toBe(0);
  });

  it("are left to a person where two could be it", async () => {
    await shop.movement("unverified", "S1/1", noted);
    await shop.movement("unverified", "S2/1", { ...noted, store: "heping", sale: "S2" });
    await shop.bill(day, [tradeRow("static-1", 1800, at)], next);
    expect(await shop.open()).toEqual(["break unprovenTender -1800", "break unprovenTender -1800"]);
    expect(await shop.balance(accounts.unproven)).toBe(0);
  });

  it("wait for their bill", async () => {
    await shop.movement("unverified", "S1/1", noted);
    await shop.review(next);
    expect(await shop.open()).toEqual(["waiting unproved -1800"]);
    await shop.bill(day, [], next);
    expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
  });
});
