import { sql } from "kysely";
import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import type { FlowKind, FlowRow } from "../../../src/domain/bills/bill.ts";
import type { Instant } from "../../../src/domain/clock.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { payerWords } from "../../../src/domain/settlement/match-payouts.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { takeStatement } from "../../../src/gateway/settlement/take-statement.ts";
import { json } from "../../../src/gateway/store/database.ts";
import type { Job } from "../../../src/gateway/jobs/jobs.ts";
import { billsWork } from "../../../src/gateway/bills/bills-work.ts";
import type { PaymentEngine } from "../../../src/gateway/payments/engine.ts";
import { flowParts, once, tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const balance = accounts.balance(account.id);
const transit = accounts.payoutInTransit(account.id);
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

describe("the balance with the provider", () => {
  it("is proved by the fund flow: opening, rows and payouts are the closing", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], next);
    await shop.flow(
      day,
      [
        flowRow("payment", 11300, one, "交易"),
        flowRow("fee", -68, one, "扣除交易手续费"),
        flowRow("payout", -5000, "P1", "提现"),
        flowRow("fee", -5, "P1", "提现手续费"),
      ],
      next,
    );
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(balance)).toBe(closing);
    expect(await shop.balance(accounts.openingBalance)).toBe(-100_000);
    expect(await shop.balance(transit)).toBe(5000);
    expect(await shop.balance(accounts.fees)).toBe(68 + 5);
  });

  it("does not say again what a difference explains, and says what none does", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [], next);
    await shop.flow(day, [flowRow("payment", 11300, one, "交易"), flowRow("fee", -68, one, "扣除交易手续费")], next);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
    await shop.flow("2026-11-21", [flowRow("payment", 500, "STRANGER", "交易")], noon("2026-11-22"));
    await shop.bill("2026-11-21", [], noon("2026-11-22"));
    expect((await shop.open()).toSorted()).toEqual(["break balanceDiffers 500", "break withUsNotWithThem -11300"]);
  });

  it("that does not run on from row to row, or from day to day, is a difference", async () => {
    await shop.bill(day, [], next);
    await shop.flow(day, [flowRow("payout", -100, "P1", "提现"), flowRow("payout", -100, "P2", "提现", 7)], next);
    expect(await shop.open()).toEqual(["break balanceDiffers 7"]);
    await shop.bill("2026-11-21", [], noon("2026-11-22"));
    closing += 7 + 3;
    await shop.flow("2026-11-21", [flowRow("payout", -100, "P3", "提现")], noon("2026-11-22"));
    expect(await shop.open()).toEqual(["break balanceDiffers 7", "break balanceDiffers 3"]);
  });

  it("runs on over a day whose flow is still to come only once it is here", async () => {
    await shop.bill(day, [], next);
    await shop.flow(day, [flowRow("payout", -100, "P1", "提现")], next);
    const between = flowRow("payout", -100, "P2", "提现");
    await shop.bill("2026-11-22", [], noon("2026-11-23"));
    await shop.flow("2026-11-22", [flowRow("payout", -100, "P3", "提现", 7)], noon("2026-11-23"));
    expect(await shop.open()).toEqual([]);
    await shop.bill("2026-11-21", [], noon("2026-11-23"));
    await shop.flow("2026-11-21", [between], noon("2026-11-23"));
    expect(await shop.open()).toEqual(["break balanceDiffers 7"]);
  });

  it("gets back what a refund had taken that the provider closed", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const back = await shop.refund(one, 5650, at);
    await shop.bill(
      day,
      [tradeRow(one, 11300, at), tradeRow(one, 5650, at, { kind: "refund", refund: back, fee: -34_000 })],
      next,
    );
    await sql`update movement set undone_at = 1 where number = ${back}`.execute(shop.database);
    await sql`update refund set state = 'abnormal' where id = ${back}`.execute(shop.database);
    await shop.flow("2026-11-21", [flowRow("refundClosed", 5616, back, "退款关闭")], noon("2026-11-22"));
    // the red entry of the refund is not written by this test: what came back stands against it
    expect(await shop.balance(accounts.receivable(account.id))).toBe(-5650);
    expect(await shop.balance(accounts.fees)).toBe(68 - 34 + 34);
  });

  it("gets back the same when the trade bill comes after the flow", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const back = await shop.refund(one, 5650, at);
    await sql`update movement set undone_at = 1 where number = ${back}`.execute(shop.database);
    await sql`update refund set state = 'abnormal' where id = ${back}`.execute(shop.database);
    await shop.flow(day, [flowRow("refundClosed", 5616, back, "退款关闭")], next);
    expect(await shop.balance(accounts.fees)).toBe(34);
    await shop.bill(
      day,
      [tradeRow(one, 11300, at), tradeRow(one, 5650, at, { kind: "refund", refund: back, fee: -34_000 })],
      noon("2026-11-22"),
    );
    expect(await shop.balance(accounts.receivable(account.id))).toBe(-5650);
    expect(await shop.balance(accounts.fees)).toBe(68 - 34 + 34);
  });

  it("the same flow again posts nothing again", async () => {
    await shop.bill(day, [], next);
    const rows = [flowRow("payout", -5000, "P1", "提现")];
    await shop.flow(day, rows, next);
    await shop.flow(day, rows, next, "corrected");
    expect(await shop.balance(transit)).toBe(5000);
  });
});

describe("the bank", () => {
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
  beforeEach(async () => {
    await shop.bill(day, [], next);
    await shop.flow(
      day,
      [flowRow("payout", -5616, "PAYOUT-0001", "提现"), flowRow("payout", -900, "PAYOUT-0002", "提现")],
      next,
    );
  });

  it("brings payouts exactly, and what is in transit is gone", async () => {
    await statement([
      ["2026-11-21", "56.16", "", "财付通支付科技有限公司", "提现 PAYOUT-0001", "B1"],
      ["2026-11-21", "9.00", "", "财付通支付科技有限公司", "提现", "B2"],
      ["2026-11-21", "", "20.00", "电费", "", "B3"],
    ]);
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(transit)).toBe(0);
    expect(await shop.balance(accounts.bank("icbc"))).toBe(6516);
  });

  it("shows what came short and over, what is late, and what is nobody's", async () => {
    await statement([
      ["2026-11-21", "55.66", "", "财付通支付科技有限公司", "提现 PAYOUT-0001", "B1"],
      ["2026-11-22", "30.00", "", "某公司", "货款", "B2"],
    ]);
    const both = ["break creditUnknown 3000", "break settlementShort -50"];
    expect((await shop.open()).toSorted()).toEqual(both);
    await statement([["2026-11-25", "", "20.00", "电费", "", "B5"]]);
    expect((await shop.open()).toSorted()).toEqual(both);
    await statement([["2026-11-26", "", "20.00", "电费", "", "B6"]]);
    expect((await shop.open()).toSorted()).toEqual([both[0], "break settlementLate -900", both[1]]);
    expect(await shop.balance(transit)).toBe(950);
    await statement([["2026-11-23", "9.00", "", "财付通支付科技有限公司", "提现", "B4"]]);
    expect((await shop.open()).toSorted()).toEqual(["break creditUnknown 3000", "break settlementShort -50"]);
    expect(await shop.balance(transit)).toBe(50);
  });

  it("waits with a provider's credit while the flow that may tell of its payout is not here", async () => {
    await statement([["2026-11-22", "77.00", "", "财付通支付科技有限公司", "提现 PAYOUT-0003", "B1"]]);
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(transit)).toBe(5616 + 900);
    await shop.bill("2026-11-21", [], next);
    await shop.flow("2026-11-21", [flowRow("payout", -7700, "PAYOUT-0003", "提现")], noon("2026-11-22"));
    await statement([["2026-11-22", "9.00", "", "财付通支付科技有限公司", "提现 PAYOUT-0002", "B2"]]);
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(transit)).toBe(5616);
  });

  it("is found by itself when the flow that tells of its payout comes in with the day's bills", async () => {
    await statement([["2026-11-22", "77.00", "", "财付通支付科技有限公司", "提现 PAYOUT-0003", "B1"]]);
    expect(await shop.balance(accounts.bank("icbc"))).toBe(0);
    await shop.payment({ amount: 500, at: noon("2026-11-21") });
    const rows = [flowRow("payout", -7700, "PAYOUT-0003", "提现")];
    const provider = {
      channel: "wechat",
      bills: { zone: "Asia/Shanghai", kinds: ["fundFlow"], cutMinute: 0, readyMinute: 600, keptDays: 2 },
      billAccount: async () => "1900000001",
      fetchBill: async ({ day: of }: { readonly day: string }) =>
        of === "2026-11-21"
          ? { kind: "file", name: "flow.csv", announced: null, bytes: once(Buffer.from("flow")) }
          : { kind: "silence", cause: "timeout" },
      readBill: () => flowParts(rows),
    };
    const engine = {
      parts: {
        database: shop.database,
        clock: { now: () => noon("2026-11-22"), after: () => () => undefined },
        log: pino({ level: "silent" }),
      },
      accounts: { byId: async () => ({ id: account.id, provider }) },
    } as unknown as PaymentEngine;
    const job = { store: account.homeStore, id: `bills/${account.id}`, kind: "bills", subject: account.id } as Job;
    await billsWork(engine, job);
    expect(await shop.balance(accounts.bank("icbc"))).toBe(7700);
  });

  it("shows what went back, and the money is with the provider again", async () => {
    await shop.bill("2026-11-21", [], next);
    await shop.flow("2026-11-21", [flowRow("payoutReturned", 900, "PAYOUT-0002", "提现退回")], noon("2026-11-22"));
    expect(await shop.open()).toEqual(["break payoutReturned 900"]);
    expect(await shop.balance(transit)).toBe(5616);
  });

  it("the same statement, and the same lines in another, count once", async () => {
    const lines = [["2026-11-21", "56.16", "", "财付通支付科技有限公司", "提现", "B1"]];
    expect(await statement(lines)).toMatchObject({ kind: "taken", fresh: 1 });
    expect(await statement(lines)).toEqual({ kind: "known" });
    expect(await statement([...lines, ["2026-11-21", "9.00", "", "财付通", "", "B2"]])).toMatchObject({ fresh: 1 });
    expect(await shop.balance(accounts.bank("icbc"))).toBe(6516);
  });

  it("of a file with a cell that cannot be read, takes nothing", async () => {
    const taken = await statement([
      ["2026-11-21", "56.16", "", "财付通", "", "B1"],
      ["2026-11-21", "many", "", "财付通", "", "B2"],
    ]);
    expect(taken).toMatchObject({ kind: "refused", troubles: [{ line: 3 }] });
    expect(await shop.balance(accounts.bank("icbc"))).toBe(0);
  });
});
