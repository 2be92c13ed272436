import { beforeEach, describe, expect, it } from "vitest";
import { plusMs } from "../../../src/domain/clock.ts";
import type { PaymentId, RefundId, StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { applyRefund } from "../../../src/gateway/refunds/apply-refund.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { officeExceptions } from "../../../src/gateway/office/exceptions.ts";
import { officePayment } from "../../../src/gateway/office/payments.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, tagOfStore } from "../../fakes/matched-stores.ts";
import { ownerPass } from "../../fakes/owner-pass.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const done = { state: "done", failed: [] };
const store = "heping" as StoreId;

let shop: MatchedShop;
let mend: Mender["mend"];
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  ({ mend } = openMender(shop, next));
});

/** A bill with the payment, and with refunds of these amounts that nobody here has asked for. */
function backThere(payment: PaymentId, amount: number, ...back: readonly number[]): Promise<unknown> {
  const refunds = back.map((each, nth) => tradeRow(payment, each, at, { kind: "refund", refund: `MCH${nth + 1}` }));
  return shop.bill(day, [tradeRow(payment, amount, at), ...refunds], next);
}

/** The open breaks of a class. */
const ofClass = (type: string) =>
  shop.database
    .selectFrom("difference")
    .select(["store", "id"])
    .where("state", "=", "break")
    .where("class", "=", type)
    .execute();

const refunds = async () =>
  (await shop.database.selectFrom("refund").select(["amount", "state"]).orderBy("amount").execute()).map(
    ({ amount, state }) => [amount, state],
  );

const exceptions = () =>
  shop.database.selectFrom("exception_item").select("kind").where("closed_at", "is", null).execute();

/** Payments that came after giving up and are not given back whole. */
const unsettled = async () =>
  (await shop.database.selectFrom("late_capture").select("attempt").where("settled_at", "is", null).execute()).length;
const said = { kind: "paidOtherwise", detail: {} };

/** What a list account holds, which its items come to. */
async function listed(name: string): Promise<number> {
  const items = await openItems(shop.database, name);
  expect(items?.sum).toEqual(items?.balance);
  return items?.balance.amount ?? 0;
}

describe("money given back at the provider in parts", () => {
  it("of a payment that came after giving up leaves owed what none of them was", async () => {
    const one = await shop.payment({ amount: 2350, at, state: "closed", sale: "open", tender: null });
    await backThere(one, 2350, 1000, 500);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    expect(await refunds()).toEqual([
      [500, "paidOtherwise"],
      [850, "owed"],
      [1000, "paidOtherwise"],
    ]);
    expect(await listed(accounts.refundsOwed(account.id))).toBe(-850);
    expect(await listed(accounts.unexplained)).toBe(0);
    const [late] = (await officeExceptions(shop.database, ownerPass([store]), [store])).exceptions;
    expect(late).toMatchObject({ kind: "lateCapture", amount: money(850, "CNY") });
    // what is left of it is still to be given back, and the till is told how much
    expect([await exceptions(), await unsettled()]).toEqual([[{ kind: "lateCapture" }], 1]);
    const [left] = await shop.database.selectFrom("refund").selectAll().where("state", "=", "owed").execute();
    expect(left).toMatchObject({ version: 3, updated_at: next });
    await applyRefund(shop.database, "heping" as StoreId, left?.id as RefundId, { kind: "paidOtherwise" }, said, next);
    expect([await exceptions(), await unsettled()]).toEqual([[], 0]);
  });

  it("of a payment that came after giving up is before a person again when a part is in no bill any more", async () => {
    const one = await shop.payment({ amount: 2350, at, state: "closed", sale: "open", tender: null });
    await backThere(one, 2350, 2350);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    expect([await exceptions(), await unsettled()]).toEqual([[], 0]);
    await backThere(one, 2350);
    expect([await exceptions(), await unsettled()]).toEqual([[{ kind: "refundUnapproved" }], 1]);
  });

  it("shows as owed what is owed of it again although the rest has gone back", async () => {
    const one = await shop.payment({ amount: 2350, at, state: "closed", sale: "open", tender: null });
    await backThere(one, 2350, 1000);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    const { id } = await shop.database
      .selectFrom("refund")
      .select("id")
      .where("state", "=", "owed")
      .executeTakeFirstOrThrow();
    const gone = money(1350, "CNY");
    const paid = { asked: gone, taken: gone, providerRefundId: null, at: next };
    for (const event of [{ kind: "submitted" }, { kind: "succeeded", paid }] as const)
      await applyRefund(shop.database, "heping" as StoreId, id as RefundId, event, said, next);
    const till = { id: "till-a1", store: "heping", label: "A1", tag: tagOfStore.heping };
    await shop.database.insertInto("till").values(till).execute();
    const owed = async () => (await officePayment(shop.database, one))?.row.owed;
    expect([await unsettled(), await owed()]).toEqual([0, null]);
    const rest = tradeRow(one, 1350, at, { kind: "refund", refund: id });
    await shop.bill(day, [tradeRow(one, 2350, at), rest], next);
    expect([await refunds(), await unsettled(), await owed()]).toEqual([
      [
        [1000, "owed"],
        [1350, "succeeded"],
      ],
      1,
      "lateCapture",
    ]);
  });

  it("ends a refund of ours that was stuck and that is more than each of them, where no sale can have it back", async () => {
    const one = await shop.paymentOfSale(4700, at, "voided");
    await shop.refund(one, 4700, at, "failed");
    await backThere(one, 4700, 1700, 3000);
    await shop.review(next);
    const outside = await ofClass("refundOutside");
    expect(await mend("writeOff", {}, outside)).toMatchObject({
      failed: [{ why: "backOutside" }, { why: "backOutside" }],
    });
    expect(await mend("adoptRefund", {}, outside)).toEqual(done);
    expect(await refunds()).toEqual([
      [1700, "paidOtherwise"],
      [3000, "paidOtherwise"],
    ]);
    await shop.review(next);
    expect([await shop.open(), await listed(accounts.unexplained), await exceptions()]).toEqual([[], 0, []]);
  });

  it("leaves a stuck refund before a person with what is left of it", async () => {
    const one = await shop.paymentOfSale(4700, at, "voided");
    const id = await shop.refund(one, 4700, at, "failed");
    const detail = { amount: money(4700, "CNY"), detail: "failed: closed", staff: null };
    await raiseException(shop.database, { store, kind: "refundStuck", subject: id, detail }, at);
    await backThere(one, 4700, 1700);
    await shop.review(next);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    const { exceptions: shown } = await officeExceptions(shop.database, ownerPass([store]), [store]);
    expect(shown.map(({ kind, subject, amount }) => [kind, subject, amount])).toEqual([
      ["refundStuck", id, money(3000, "CNY")],
    ]);
  });

  it("of a sale that has as much left is a return of it, and the stuck refund stays owed", async () => {
    const one = await shop.paymentOfSale(11300, at);
    await shop.refund(one, 4700, at, "failed");
    await backThere(one, 11300, 800);
    await shop.review(next);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    await shop.review(next);
    expect([await refunds(), await shop.open()]).toEqual([[[4700, "failed"]], ["break refundStuck 4700"]]);
  });
});

it("the refund that is owed again when no bill has it any more is the one that it had paid", async () => {
  const one = await shop.paymentOfSale(4700, at);
  const first = await shop.refund(one, 800, at, "failed");
  await backThere(one, 4700, 800);
  expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
  const second = await shop.refund(one, 800, at, "failed");
  await shop.review(next);
  const later = openMender(shop, plusMs(next, 60_000));
  const paid = { paidFrom: "owner", proof: "receipt 12" };
  expect(await later.mend("payOtherwise", paid, await ofClass("refundStuck"))).toEqual(done);
  await backThere(one, 4700);
  const states = await shop.database.selectFrom("refund").select(["id", "state"]).execute();
  expect(new Map(states.map(({ id, state }) => [id, state]))).toEqual(
    new Map([
      [first, "owed"],
      [second, "paidOtherwise"],
    ]),
  );
});

describe("money given back at the provider that was given up for lost while its sale was open", () => {
  it.each([
    ["at its own pages", (one: PaymentId) => backThere(one, 11300, 11300)],
    [
      "by a reversal of its own",
      (one: PaymentId) =>
        shop.bill(day, [tradeRow(one, 11300, at), tradeRow(one, 11300, at, { kind: "reversal" })], next),
    ],
  ])("%s was no loss when no sale counts it: it is before a person again, and can be taken in", async (_, bill) => {
    const one = await shop.payment({ amount: 11300, at, sale: "open", tender: null });
    await bill(one);
    expect((await shop.open()).toSorted()).toEqual(["break refundOutside -11300", "waiting saleOpen 11300"]);
    expect(await mend("writeOff", {}, await ofClass("refundOutside"))).toEqual(done);
    expect(await shop.balance(accounts.loss)).toBe(11300);
    await shop.database.updateTable("sale").set({ state: "voided" }).execute();
    await shop.review(next);
    expect((await shop.open()).toSorted()).toEqual(["break captureWithoutSale 11300", "break refundOutside -11300"]);
    expect(await shop.balance(accounts.loss)).toBe(0);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    await shop.review(next);
    expect([await shop.open(), await refunds()]).toEqual([[], [[11300, "paidOtherwise"]]]);
    for (const list of [accounts.suspense, accounts.unexplained, accounts.refundsOwed(account.id)])
      expect([list, await listed(list)]).toEqual([list, 0]);
  });

  it("stays a loss when its sale is completed", async () => {
    const one = await shop.payment({ amount: 11300, at, sale: "open", tender: null });
    await backThere(one, 11300, 3000);
    expect(await mend("writeOff", {}, await ofClass("refundOutside"))).toEqual(done);
    const sale = await shop.database.selectFrom("sale").select("id").executeTakeFirstOrThrow();
    await shop.sale(sale.id, "heping", "completed", 11300, at);
    await shop.tender(sale.id, "heping", one, 11300, at);
    await shop.review(next);
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual([[], 3000]);
  });
});
