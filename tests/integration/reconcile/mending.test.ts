import { beforeEach, describe, expect, it } from "vitest";
import type { BillTotals } from "../../../src/domain/bills/bill.ts";
import { noTotals } from "../../../src/domain/bills/totals.ts";
import type { Instant } from "../../../src/domain/clock.ts";
import type { SaleId, StoreId } from "../../../src/domain/identifier.ts";
import type { MendingAction } from "../../../src/domain/reconciliation/mending.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { execute } from "../../../src/gateway/mend/execute.ts";
import { propose } from "../../../src/gateway/mend/propose.ts";
import type { PaymentEngine } from "../../../src/gateway/payments/engine.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
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
let mend: Mender["mend"];
let breaks: Mender["breaks"];
let engine: PaymentEngine;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  ({ mend, breaks, engine } = openMender(shop, next));
});

describe("what is adopted", () => {
  it("is captured by the bill's word: the sale has its payment, nothing is unexplained", async () => {
    const one = await shop.payment({ amount: 11300, at, state: "closed", sale: "completed" });
    await shop.bill(day, [tradeRow(one, 11300, at)], next);
    expect(await shop.balance(accounts.unexplained)).toBe(-11300);
    expect(await mend("adopt")).toEqual({ state: "done", failed: [] });
    expect(await shop.balance(accounts.unexplained)).toBe(0);
    expect(await shop.balance(accounts.suspense)).toBe(0);
    expect(await shop.balance(receivable)).toBe(0);
    await shop.review(next);
    expect(await shop.open()).toEqual([]);
    const [row] = await shop.database.selectFrom("payment_attempt").select("state").execute();
    expect(row?.state).toBe("captured");
  });

  it("is captured too when nobody had ever asked for it: the sale alone named it", async () => {
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
    const named = { store: "heping" as StoreId, kind: "tenderWithoutCapture", subject: payment, detail } as const;
    await raiseException(shop.database, named, at);
    await shop.bill(day, [tradeRow(payment, 4700, at)], next);
    expect(await shop.open()).toEqual(["break captureUnknown 4700"]);
    expect(await mend("adopt")).toEqual({ state: "done", failed: [] });
    expect(await shop.balance(accounts.unexplained)).toBe(0);
    expect(await shop.balance(accounts.suspense)).toBe(0);
    expect(await shop.balance(receivable)).toBe(0);
    await shop.review(next);
    expect(await shop.open()).toEqual([]);
    const open = await shop.database.selectFrom("exception_item").selectAll().where("closed_at", "is", null).execute();
    expect(open).toEqual([]);
  });
});

describe("money that no sale wants", () => {
  it("that came after giving up is owed back once, whoever presses how often", async () => {
    const one = await shop.payment({ amount: 2350, at, state: "closed", sale: "open", tender: null });
    await shop.bill(day, [tradeRow(one, 2350, at)], next);
    const items = await breaks();
    expect(await mend("refund")).toEqual({ state: "done", failed: [] });
    expect(await mend("refund", {}, items)).toBe("changed");
    const refunds = await shop.database.selectFrom("refund").select(["attempt", "amount", "state"]).execute();
    expect(refunds).toEqual([{ attempt: one, amount: 2350, state: "owed" }]);
    expect(await shop.balance(accounts.unexplained)).toBe(0);
    expect(await shop.balance(accounts.suspense)).toBe(0);
    expect(await shop.balance(accounts.refundsOwed(account.id))).toBe(-2350);
    await shop.review(next);
    expect(await shop.open()).toEqual(["waiting refundUnderWay 2350"]);
  });

  it("that was paid twice goes back to whom it came from", async () => {
    const one = await shop.payment({ amount: 1234, at, sale: "completed", tender: null });
    await shop.bill(day, [tradeRow(one, 1234, at)], next);
    expect(await mend("refund")).toEqual({ state: "done", failed: [] });
    expect(await shop.balance(accounts.suspense)).toBe(0);
    expect(await shop.balance(accounts.refundsOwed(account.id))).toBe(-1234);
  });

  it("is not given back while the provider is still asked", async () => {
    const one = await shop.payment({ amount: 2350, at, state: "unknown", sale: "open", tender: null });
    await shop.bill(day, [tradeRow(one, 2350, at)], next);
    expect(await mend("refund")).toMatchObject({ state: "stale", failed: [{ why: "stillAsked" }] });
    expect(await shop.database.selectFrom("refund").selectAll().execute()).toEqual([]);
    expect(await shop.open()).toEqual(["break paidAfterGivingUp 2350"]);
  });
});

describe("what is written off", () => {
  it("goes to loss, never against revenue or tax, and stays mended", async () => {
    const one = await shop.payment({ amount: 8800, at });
    const two = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(two, 11200, at)], next);
    expect(await mend("writeOff")).toBe("notOneCause");
    for (const item of await breaks()) await mend("writeOff", {}, [item]);
    expect(await shop.balance(accounts.loss)).toBe(8800 + 100);
    expect(await shop.balance(receivable)).toBe(0);
    expect((await openItems(shop.database, receivable))?.sum.amount).toBe(0);
    await shop.review(next);
    await shop.bill(day, [tradeRow(two, 11200, at)], next, "the same again, other bytes");
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(accounts.loss)).toBe(8900);
    expect(one).not.toBe(two);
  });

  it("comes back as another difference when its amount changes", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11200, at)], next);
    await mend("writeOff");
    await shop.bill(day, [tradeRow(one, 11000, at)], next);
    expect(await shop.open()).toEqual(["break amountDiffers -300"]);
    // what had been given up is taken back with it: all of the new difference is to be decided on
    expect([await shop.balance(accounts.loss), await shop.balance(receivable)]).toEqual([0, 300]);
    await mend("writeOff");
    expect([await shop.balance(accounts.loss), await shop.balance(receivable)]).toEqual([300, 0]);
  });

  it("is charged to a person instead", async () => {
    await shop.payment({ amount: 8800, at });
    await shop.bill(day, [], next);
    expect(await mend("chargeToStaff")).toBe("badParameters");
    expect(await mend("chargeToStaff", { staff: "staff-1" })).toBe("badParameters");
    const person = {
      id: "staff-1",
      name: "王芳",
      salt: Buffer.alloc(1),
      secret_sealed: Buffer.alloc(1),
      pin_set_at: 0,
    };
    await shop.database.insertInto("staff").values(person).execute();
    await mend("chargeToStaff", { staff: "staff-1" });
    expect(await shop.balance(accounts.staffReceivable("staff-1"))).toBe(8800);
  });
});

describe("once only", () => {
  it("what changed between the proposal and the yes is left alone", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11200, at)], next);
    const executed = await shop.database.transaction().execute(async (step) => {
      const items = await breaks();
      const proposed = await propose(
        step,
        engine.parts,
        { items, action: "writeOff", reason: "test", parameters: {}, by: "owner" },
        next,
      );
      if (!proposed.ok) throw new Error(proposed.refusal);
      await step.updateTable("difference").set({ amount: -200, round: 2 }).execute();
      return execute(step, engine, proposed.value.row, "staff-5", null);
    });
    expect(executed).toMatchObject({ state: "stale", failed: [{ why: "changed" }] });
    expect(await shop.balance(accounts.loss)).toBe(0);
  });

  it("a break is proposed once at a time, and only what its class offers", async () => {
    await shop.payment({ amount: 8800, at });
    await shop.bill(day, [], next);
    const items = await breaks();
    const ask = (action: MendingAction) =>
      propose(shop.database, engine.parts, { items, action, reason: "test", parameters: {}, by: "owner" }, next);
    expect(await ask("completeSale")).toEqual({ ok: false, refusal: "notOffered" });
    expect((await ask("writeOff")).ok).toBe(true);
    expect(await ask("writeOff")).toEqual({ ok: false, refusal: "proposedAlready" });
  });
});

describe("a bill's total that a person has accepted", () => {
  const footer = (rows: number, amount: number | null) => ({ ...noTotals, rows, amount }) as BillTotals;
  const stands = () => shop.database.selectFrom("difference").select(["state", "round", "amount"]).execute();

  it("stays accepted when an earlier build had kept it with the amount 0, while the same totals differ by the same", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], next, "differs", footer(2, 22600));
    expect(await mend("accept")).toEqual({ state: "done", failed: [] });
    await shop.database.updateTable("difference").set({ amount: 0 }).execute();
    const again = [tradeRow(one, 11300, at, { fee: 67_000 })];
    await shop.bill(day, again, (next + 60_000) as Instant, "corrected", footer(2, 22600));
    expect(await stands()).toMatchObject([{ state: "mended", round: 1 }]);
  });

  it("stays accepted when a corrected bill has more rows and contradicts itself by the same", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], next, "differs", footer(1, 11330));
    expect(await mend("accept")).toEqual({ state: "done", failed: [] });
    const two = await shop.payment({ amount: 4500, at });
    const more = [tradeRow(one, 11300, at), tradeRow(two, 4500, at)];
    await shop.bill(day, more, (next + 60_000) as Instant, "corrected", footer(2, 15830));
    expect(await stands()).toMatchObject([{ state: "mended", round: 1 }]);
    await shop.bill(day, more, (next + 120_000) as Instant, "corrected again", footer(2, 15831));
    expect(await stands()).toMatchObject([{ state: "break", round: 2, amount: 31 }]);
  });

  it("is open again when other totals differ, though the money is the same", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], next, "differs", footer(2, null));
    expect(await mend("accept")).toEqual({ state: "done", failed: [] });
    const again = [tradeRow(one, 11300, at, { fee: 67_000 })];
    await shop.bill(day, again, (next + 60_000) as Instant, "corrected", footer(3, null));
    expect(await stands()).toEqual([{ state: "break", round: 2, amount: 0 }]);
  });
});

describe("refunds made outside", () => {
  it("are adopted as returns of their sale's rates, and cannot be given back again", async () => {
    const one = await shop.paymentOfSale(11300, at);
    await shop.bill(
      day,
      [tradeRow(one, 11300, at), tradeRow(one, 3000, at, { kind: "refund", refund: "MCH1", fee: -18_000 })],
      next,
    );
    expect(await mend("adoptRefund")).toEqual({ state: "done", failed: [] });
    expect(await shop.balance(accounts.unexplained)).toBe(0);
    expect(await shop.balance(accounts.returns(1300))).toBe(2655);
    expect(await shop.balance(accounts.outputTax(1300))).toBe(345);
    const used = await shop.database.selectFrom("used_tender").select(["attempt", "amount"]).execute();
    expect(used).toEqual([{ attempt: one, amount: 3000 }]);
  });
});

it("a lost sale is completed from what was frozen, in the office's own series", async () => {
  const one = await shop.paymentOfSale(11300, at, "voided");
  await shop.bill(day, [tradeRow(one, 11300, at)], next);
  expect(await shop.open()).toEqual(["break captureWithoutSale 11300"]);
  expect(await mend("completeSale")).toEqual({ state: "done", failed: [] });
  const sale = await shop.database.selectFrom("sale").selectAll().where("state", "=", "completed").executeTakeFirst();
  expect(sale).toMatchObject({ till: "office-heping", receipt_number: "FHP0-1-0001", total: 11300, session: null });
  expect(await shop.balance(accounts.suspense)).toBe(0);
  expect(await shop.balance(accounts.revenue(1300))).toBe(-10000);
  await shop.review((next + 60_000) as Instant);
  expect(await shop.open()).toEqual([]);
  const entries = await shop.database.selectFrom("journal_entry").select(["till", "number", "kind"]).execute();
  expect(entries).toEqual([{ till: "office-heping", number: 1, kind: "saleCompleted" }]);
});

it("another rate from a day on explains what differed, and what it does not", async () => {
  await shop.database
    .insertInto("fee_rate")
    .values({ account: account.id, since: "2026-01-01", rate: 6000, gives_back: true, set_by: "owner", set_at: 0 })
    .execute();
  const cheap = await shop.payment({ amount: 10000, at });
  const usual = await shop.payment({ amount: 10000, at });
  await shop.bill(day, [tradeRow(cheap, 10000, at, { fee: 38_000, rate: 3800 }), tradeRow(usual, 10000, at)], next);
  expect(await mend("correctRate", { since: "2026-11-01", rate: 3800 })).toEqual({ state: "done", failed: [] });
  await openMender(shop, next).judge();
  const open = await shop.database.selectFrom("difference").select(["number"]).where("state", "=", "break").execute();
  expect(open).toEqual([{ number: usual }]);
});

it("what a person lets wait is not red until then", async () => {
  await shop.payment({ amount: 8800, at });
  await shop.bill(day, [], next);
  await mend("wait", { until: next + 3_600_000 });
  await shop.review((next + 60_000) as Instant);
  expect(await shop.open()).toEqual(["waiting withUsNotWithThem -8800"]);
  await shop.review((next + 3_600_000) as Instant);
  expect(await shop.open()).toEqual(["break withUsNotWithThem -8800"]);
});

it("a person pairs a tender that could be two rows, and nobody else can take that row", async () => {
  const noted = { store: "heping", amount: 1800, receivable: 1800, at, sale: "S1" };
  await shop.movement("unverified", "S1/1", noted);
  await shop.movement("unverified", "S2/1", { ...noted, sale: "S2" });
  await shop.bill(day, [tradeRow("static-1", 1800, at)], next);
  const [first, second] = await breaks();
  expect(await mend("pair", { row: "static-1" }, first === undefined ? [] : [first])).toEqual({
    state: "done",
    failed: [],
  });
  expect(await mend("pair", { row: "static-1" }, second === undefined ? [] : [second])).toMatchObject({
    state: "stale",
    failed: [{ why: "changed" }],
  });
  expect(await shop.balance(accounts.unproven)).toBe(-1800);
  expect(await shop.balance(accounts.otherBusiness)).toBe(0);
});
