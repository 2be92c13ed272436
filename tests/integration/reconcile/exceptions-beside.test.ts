import { beforeEach, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { officeExceptions } from "../../../src/gateway/office/exceptions.ts";
import { ownerPass } from "../../fakes/owner-pass.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const heping = "heping" as StoreId;
const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");

let shop: MatchedShop;
let mend: Mender["mend"];
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  ({ mend } = openMender(shop, next));
});

/** A receipt counts a payment that was given up, and somebody is told. */
async function counted(amount: number): Promise<string> {
  const payment = await shop.payment({ amount, at, state: "closed", sale: "completed" });
  const detail = { amount: null, detail: "closed", staff: null };
  const kind = "tenderWithoutCapture";
  await raiseException(shop.database, { store: "heping" as StoreId, kind, subject: payment, detail }, at);
  return payment;
}

const told = async () =>
  (await officeExceptions(shop.database, ownerPass([heping]), [heping])).exceptions.map(
    ({ subject, difference, hasPayment }) => ({
      subject,
      difference,
      hasPayment,
    }),
  );

it("what matching has found of an exception stands beside it, and its mending settles both", async () => {
  const payment = await counted(6805);
  expect(await told()).toEqual([{ subject: payment, difference: undefined, hasPayment: true }]);
  await shop.bill(day, [], next);
  await shop.review(next);
  expect(await shop.open()).toEqual(["break saleWithoutPayment -6805"]);
  const difference = { account: account.id, side: "payment" };
  expect(await told()).toEqual([{ subject: payment, difference, hasPayment: true }]);
  expect(await mend("writeOff")).toEqual({ state: "done", failed: [] });
  expect(await told()).toEqual([]);
});

it("what was given up and has come after all is no loss, though nobody is asked about it any more", async () => {
  const payment = await counted(6805);
  await shop.review(next);
  expect(await mend("writeOff")).toEqual({ state: "done", failed: [] });
  expect(await shop.balance(accounts.loss)).toBe(6805);
  await shop.movement("payment", payment, { store: "heping", amount: 6805, receivable: 6805, at, sale: null });
  await shop.database.updateTable("payment_attempt").set({ state: "captured" }).where("id", "=", payment).execute();
  await shop.review(next);
  expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual([[], 0]);
});

it("adopting what the bill has settles it too", async () => {
  const payment = await counted(4963);
  await shop.bill(day, [tradeRow(payment as never, 4963, at)], next);
  expect(await mend("adopt")).toEqual({ state: "done", failed: [] });
  expect(await told()).toEqual([]);
});

it("a refund that waited for a person is off the list when the payer has been paid another way", async () => {
  const payment = await shop.paymentOfSale(4700, at);
  const refund = await shop.refund(payment, 800, at, "owed");
  const detail = { amount: null, detail: "noSecondPerson", staff: null };
  const kind = "refundUnapproved";
  await raiseException(shop.database, { store: "heping" as StoreId, kind, subject: refund, detail }, at);
  await shop.review(next);
  expect(await shop.open()).toEqual(["break refundStuck 800"]);
  expect(await mend("payOtherwise", { paidFrom: "owner", proof: "receipt 12" })).toEqual({ state: "done", failed: [] });
  expect(await told()).toEqual([]);
});
