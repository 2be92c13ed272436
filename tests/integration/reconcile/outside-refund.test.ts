import { beforeEach, describe, expect, it } from "vitest";
import type { ReportQuery } from "../../../src/contract/reports.ts";
import type { MinorUnits } from "../../../src/domain/money.ts";
import type { PaymentId } from "../../../src/domain/identifier.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { readReport } from "../../../src/gateway/reports/report.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const done = { state: "done", failed: [] };

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

const refunds = () =>
  shop.database.selectFrom("refund").select(["attempt", "amount", "state"]).orderBy("amount").execute();

/** No list account holds anything, and each equals its items. */
async function nothingLeft(): Promise<void> {
  await shop.review(next);
  expect(await shop.open()).toEqual([]);
  for (const list of [
    accounts.suspense,
    accounts.unexplained,
    accounts.refundsOwed(account.id),
    accounts.receivable(account.id),
  ]) {
    const items = await openItems(shop.database, list);
    expect([list, items?.balance.amount, items?.sum.amount]).toEqual([list, 0, 0]);
  }
}

/** What a report of the day says that the ledger has less for. */
async function reported(filter: object): Promise<number | null> {
  const asked = { by: "none", grain: "none", from: day, to: day, ...filter } as unknown as ReportQuery;
  const told = await readReport(shop.database, asked);
  return told.ok ? told.value.adoptedReturns : null;
}

describe("money that no sale counts and that was given back at the provider", () => {
  it("is taken for given back: nobody is owed it, and no sale can be completed of it", async () => {
    const one = await shop.paymentOfSale(11300, at, "voided");
    await backThere(one, 11300, 11300);
    expect((await shop.open()).toSorted()).toEqual(["break captureWithoutSale 11300", "break refundOutside -11300"]);
    const lost = await ofClass("captureWithoutSale");
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    expect(await refunds()).toEqual([{ attempt: one, amount: 11300, state: "paidOtherwise" }]);
    expect(await mend("completeSale", {}, lost)).toMatchObject({ failed: [{ why: "notCompletable" }] });
    expect(await mend("refund", {}, lost)).toMatchObject({ failed: [{ why: "changed" }] });
    await nothingLeft();
  });

  it("is neither given back once more nor sold before that", async () => {
    const one = await shop.paymentOfSale(11300, at, "voided");
    await backThere(one, 11300, 11300);
    const lost = await ofClass("captureWithoutSale");
    expect(await mend("refund", {}, lost)).toMatchObject({ failed: [{ why: "backOutside" }] });
    expect(await mend("completeSale", {}, lost)).toMatchObject({ failed: [{ why: "backOutside" }] });
    expect(await refunds()).toEqual([]);
  });

  it("leaves what is left of it to be given back", async () => {
    const one = await shop.payment({ amount: 11300, at, sale: "completed", tender: null });
    await backThere(one, 11300, 3000);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    await shop.review(next);
    expect(await shop.open()).toEqual(["break paidTwice 8300"]);
    expect(await mend("refund")).toEqual(done);
    expect((await refunds()).map(({ amount, state }) => [amount, state])).toEqual([
      [3000, "paidOtherwise"],
      [8300, "owed"],
    ]);
    expect(await shop.balance(accounts.suspense)).toBe(0);
  });

  it("may have gone back in several parts, taken in together", async () => {
    const one = await shop.paymentOfSale(11300, at, "voided");
    await backThere(one, 11300, 3000, 8300);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    await nothingLeft();
    expect((await refunds()).map(({ amount, state }) => [amount, state])).toEqual([
      [3000, "paidOtherwise"],
      [8300, "paidOtherwise"],
    ]);
  });

  it("is no loss, and nobody's to pay: it can only be taken in", async () => {
    const one = await shop.paymentOfSale(11300, at, "voided");
    await backThere(one, 11300, 11300);
    const outside = await ofClass("refundOutside");
    expect(await mend("writeOff", {}, outside)).toMatchObject({ failed: [{ why: "backOutside" }] });
    expect(await mend("adoptRefund", {}, outside)).toEqual(done);
    await nothingLeft();
  });

  it("is owed again, and before a person, when no bill has it any more", async () => {
    const one = await shop.paymentOfSale(11300, at, "voided");
    await backThere(one, 11300, 11300);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    await shop.review(next);
    await backThere(one, 11300);
    await shop.review(next);
    expect(await shop.open()).toEqual(["break refundStuck 11300"]);
    expect(await refunds()).toEqual([{ attempt: one, amount: 11300, state: "owed" }]);
    const balances = [
      accounts.suspense,
      accounts.unexplained,
      accounts.refundsOwed(account.id),
      accounts.receivable(account.id),
    ];
    expect(await Promise.all(balances.map((name) => shop.balance(name)))).toEqual([0, 0, -11300, 0]);
    // and it is sent like any other that somebody lets go
    expect(await mend("resendRefund")).toEqual(done);
    // the same refund in the next bill is another round
    await backThere(one, 11300, 11300);
    expect((await shop.open()).filter((each) => each.includes("refundOutside"))).toEqual([
      "break refundOutside -11300",
    ]);
  });

  it("gives up the coupon that the shop had paid of it", async () => {
    const one = await shop.payment({ amount: 11300, receivable: 10170, at, sale: "voided" });
    const receivable = 10170 as MinorUnits;
    const back = tradeRow(one, 11300, at, { kind: "refund", refund: "MCH1", receivable });
    await shop.bill(day, [tradeRow(one, 11300, at, { receivable }), back], next);
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    expect(await shop.balance(accounts.shopDiscount)).toBe(0);
    await nothingLeft();
  });

  it("is taken in with a payment that came after giving up", async () => {
    const one = await shop.payment({ amount: 2350, at, state: "closed", sale: "open", tender: null });
    await backThere(one, 2350, 2350);
    const late = await ofClass("paidAfterGivingUp");
    expect(await mend("refund", {}, late)).toMatchObject({ failed: [{ why: "backOutside" }] });
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    expect(await refunds()).toEqual([{ attempt: one, amount: 2350, state: "paidOtherwise" }]);
    await nothingLeft();
  });
});

it("a part that went back of a payment after giving up leaves the rest owed", async () => {
  const one = await shop.payment({ amount: 2350, at, state: "closed", sale: "open", tender: null });
  await backThere(one, 2350, 1000);
  expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
  expect((await refunds()).map(({ amount, state }) => [amount, state])).toEqual([
    [1000, "paidOtherwise"],
    [1350, "owed"],
  ]);
  expect(await shop.balance(accounts.refundsOwed(account.id))).toBe(-1350);
  expect([await shop.balance(accounts.suspense), await shop.balance(accounts.unexplained)]).toEqual([0, 0]);
  await shop.review(next);
  expect(await shop.open()).toEqual(["waiting refundUnderWay 1350"]);
});

describe("money given back at the provider for goods that were sold", () => {
  it("ends the refund of ours that was stuck, in place of a second one", async () => {
    const one = await shop.paymentOfSale(4700, at);
    await shop.refund(one, 800, at, "failed");
    await backThere(one, 4700, 800);
    await shop.review(next);
    expect((await shop.open()).toSorted()).toEqual(["break refundOutside -800", "break refundStuck 800"]);
    const before = await shop.balance(accounts.refundsOwed(account.id));
    expect(await mend("adoptRefund", {}, await ofClass("refundOutside"))).toEqual(done);
    expect((await shop.balance(accounts.refundsOwed(account.id))) - before).toBe(800);
    expect(await refunds()).toEqual([{ attempt: one, amount: 800, state: "paidOtherwise" }]);
    expect(await shop.database.selectFrom("used_tender").selectAll().execute()).toEqual([]);
    expect(await reported({})).toBe(0);
    await shop.review(next);
    expect(await shop.open()).toEqual([]);
  });

  it("is no return any more when no bill has it", async () => {
    const one = await shop.paymentOfSale(11300, at);
    await backThere(one, 11300, 3000, 2000);
    expect(await mend("adoptRefund")).toEqual(done);
    await backThere(one, 11300, 2000);
    const used = await shop.database.selectFrom("used_tender").select("amount").execute();
    // by their numbers: the first was 30.00, and stands as 20.00 now; the second is gone
    expect(used).toEqual([]);
    expect(await shop.balance(accounts.returns(1300))).toBe(0);
    expect(await shop.open()).toEqual(["break refundOutside -2000"]);
    expect(await mend("adoptRefund")).toEqual(done);
    expect(await shop.balance(accounts.returns(1300))).toBe(1770);
    expect(await shop.balance(accounts.unexplained)).toBe(0);
  });

  it("is taken as returns of its sale together, up to what was paid", async () => {
    const one = await shop.paymentOfSale(11300, at);
    await backThere(one, 11300, 3000, 2000);
    expect(await mend("adoptRefund")).toEqual(done);
    const used = await shop.database.selectFrom("used_tender").select("amount").orderBy("n").execute();
    expect(used.map(({ amount }) => amount)).toEqual([3000, 2000]);
    expect(await shop.balance(accounts.returns(1300))).toBe(2655 + 1770);
    expect(await reported({})).toBe(5000);
    expect(await reported({ from: "2026-11-21", to: "2026-11-21" })).toBe(0);
    expect(await reported({ tax: "1300" })).toBeNull();
    await shop.review(next);
    expect(await shop.open()).toEqual([]);
  });
});
