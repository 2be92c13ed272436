import { beforeEach, expect, it } from "vitest";
import type { FlowKind, FlowRow } from "../../../src/domain/bills/bill.ts";
import type { Instant } from "../../../src/domain/clock.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { payerWords } from "../../../src/domain/settlement/match-payouts.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { takeStatement } from "../../../src/gateway/settlement/take-statement.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
/** When statements are handed in: their lines are of no later day. */
const told = noon("2026-12-01");
const bank = { store: "heping", id: "icbc" };

let shop: MatchedShop;
let closing: number;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  closing = 100_000;
  await shop.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  const rows = [flowRow("payout", -5616, "PAYOUT-0001", "提现"), flowRow("payout", -900, "PAYOUT-0002", "提现")];
  await shop.bill(day, [], next);
  await shop.flow(day, rows, next);
});

let line = 0;
/** A row of a fund flow; the balance runs on. */
function flowRow(kind: FlowKind, amount: number, voucher: string, words: string, by = 0): FlowRow {
  line++;
  closing += amount;
  return {
    line,
    kind,
    at,
    number: `F${line}`,
    transaction: `42${voucher}`,
    voucher,
    words,
    amount: minorUnits(amount),
    balance: minorUnits(closing + by),
    note: "",
    isJoined: false,
  };
}

const head = ["交易日期", "收入", "支出", "对方户名", "摘要", "流水号"];
const columns = {
  day: "交易日期",
  time: null,
  moneyIn: "收入",
  moneyOut: "支出",
  balance: null,
  counterparty: "对方户名",
  text: "摘要",
  reference: "流水号",
};
async function statement(lines: readonly (readonly string[])[], now: Instant = told): Promise<unknown> {
  const cells = [head, ...lines];
  const taken = await takeStatement(
    shop.database,
    { ...bank, bank: bank.id, name: "a.csv", bytes: Buffer.from(JSON.stringify(cells)), cells, columns, by: "owner" },
    now,
  );
  await matchBank(shop.database, bank, [{ ...account, words: payerWords["wechat"] ?? [] }], now);
  return taken;
}

it("says of a credit that brings no payout under the account whose words it bears", async () => {
  const words = (channel: string): readonly RegExp[] => payerWords[channel] ?? [];
  const paying = [
    { ...account, id: "a-first", words: words("alipay") },
    { ...account, words: words("wechat") },
  ];
  const lines = [
    ["2026-11-22", "30.00", "", "某公司", "货款", "B2"],
    ["2026-11-21", "40.00", "", "财付通支付科技有限公司", "奖励", "B3"],
  ];
  const cells = [head, ...lines];
  const bytes = Buffer.from(JSON.stringify(cells));
  const file = { ...bank, bank: bank.id, name: "a.csv", bytes, cells, columns, by: "owner" };
  await takeStatement(shop.database, file, told);
  await matchBank(shop.database, bank, paying, told);
  const said = await shop.database
    .selectFrom("difference")
    .select(["account", "amount"])
    .where("class", "=", "creditUnknown")
    .orderBy("amount")
    .execute();
  expect(said).toEqual([
    { account: "a-first", amount: 3000 },
    { account: account.id, amount: 4000 },
  ]);
});

it("calls a payout late by the lines of the bank that it comes to, whichever bank is looked at last", async () => {
  await statement([["2026-11-21", "9.00", "", "财付通支付科技有限公司", "提现", "B1"]]);
  const other = { store: "heping", id: "ccb" };
  await shop.database
    .insertInto("bank_account")
    .values({ ...other, name: "建行", columns: json({}), made_at: 0 })
    .execute();
  const cells = [head, ["2026-11-29", "", "20.00", "电费", "", "C1"]];
  const bytes = Buffer.from(JSON.stringify(cells));
  const file = { ...other, bank: other.id, name: "c.csv", bytes, cells, columns, by: "owner" };
  await takeStatement(shop.database, file, told);
  const paying = [{ ...account, words: payerWords["wechat"] ?? [] }];
  for (const each of [other, bank]) {
    await matchBank(shop.database, each, paying, told);
    expect([each.id, await shop.open()]).toEqual([each.id, []]);
  }
  await statement([["2026-11-26", "", "20.00", "电费", "", "B6"]]);
  for (const each of [other, bank]) {
    await matchBank(shop.database, each, paying, told);
    expect([each.id, await shop.open()]).toEqual([each.id, ["break settlementLate -5616"]]);
  }
});

it("calls a payout late also beside a bank of which no lines come any more", async () => {
  const old = { store: "heping", id: "ccb" };
  await shop.database
    .insertInto("bank_account")
    .values({ ...old, name: "建行", columns: json({}), made_at: 0 })
    .execute();
  const spent = {
    store: "heping",
    time: "",
    balance: null,
    counterparty: "电费",
    text: "",
    reference: "",
    statement: "s",
  };
  const lines = [
    { ...spent, bank: "ccb", id: "c1", day: "2026-03-01", amount: -2000 },
    { ...spent, bank: "icbc", id: "i1", day: "2026-12-20", amount: -2000 },
  ];
  await shop.database.insertInto("bank_line").values(lines).execute();
  const paying = [{ ...account, words: payerWords["wechat"] ?? [] }];
  for (const each of [old, bank]) await matchBank(shop.database, each, paying, noon("2026-12-21"));
  expect((await shop.open()).toSorted()).toEqual(["break settlementLate -5616", "break settlementLate -900"]);
});
