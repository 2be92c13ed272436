import { beforeEach, expect, it } from "vitest";
import type { FlowKind, FlowRow } from "../../../src/domain/bills/bill.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { whyOff, type WhyOff } from "../../../src/gateway/office/settlement/why-off.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");

let shop: MatchedShop;
let closing: number;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  closing = 100_000;
});

let line = 0;
function flowRow(kind: FlowKind, amount: number, voucher: string, words: string): FlowRow {
  line++;
  closing += amount;
  const names = { number: `F${line}`, transaction: `42${voucher}`, voucher };
  const amounts = { amount: minorUnits(amount), balance: minorUnits(closing) };
  return { line, kind, at, words, note: "", isJoined: false, ...names, ...amounts };
}

const paid = (payment: string): readonly FlowRow[] => [
  flowRow("payment", 11300, payment, "交易"),
  flowRow("fee", -68, payment, "扣除交易手续费"),
];

async function why(): Promise<readonly WhyOff[]> {
  const over = closing - (await shop.balance(accounts.balance(account.id)));
  const found = await whyOff(shop.database, { ...account, channel: "wechat", bills: {} as never }, day, over);
  expect(found.reduce((all, { amount }) => all + amount, 0)).toBe(over);
  return found;
}

it("a flow that agrees has nothing to explain; one whose bill is not here is explained by that", async () => {
  const one = await shop.payment({ amount: 11300, at });
  await shop.flow(day, paid(one), next);
  expect(await why()).toEqual([{ kind: "unbilled", amount: 11232, count: 1, day }]);
  await shop.bill(day, [tradeRow(one, 11300, at)], next);
  expect(await why()).toEqual([]);
});

it("a payment that the flow has and the bill has not is an item that differs", async () => {
  const one = await shop.payment({ amount: 11300, at });
  await shop.bill(day, [], next);
  await shop.flow(day, paid(one), next);
  expect(await why()).toEqual([{ kind: "items", amount: 11232, count: 1, day: null }]);
});

it("a balance that does not run on is its own break", async () => {
  await shop.bill(day, [], next);
  const stranger = flowRow("payment", 500, "STRANGER", "交易");
  await shop.flow(day, [flowRow("payout", -100, "P1", "提现"), stranger], next);
  expect(await why()).toMatchObject([{ kind: "balance", count: 1, day }]);
});

it("what nobody knows of is said to be nobody's", async () => {
  expect(await whyOff(shop.database, { ...account, channel: "wechat", bills: {} as never }, day, 700)).toEqual([
    { kind: "nothing", amount: 700, count: 0, day: null },
  ]);
});
