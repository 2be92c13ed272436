import fc from "fast-check";
import iconv from "iconv-lite";
import { Formatter } from "wechatpay-axios-plugin";
import { describe, expect, it } from "vitest";
import { billStage, bytesOf } from "./bill-stage.ts";

const judge = Formatter as unknown as {
  castCsvBill(bytes: Buffer): { rows: Record<string, string>[]; summary: Record<string, string> };
};
const fen = (yuan: string | undefined): number => Math.round(Number(yuan) * 100);
type Stage = ReturnType<typeof billStage>;

/** A day's flow, or no rows where there is none. */
async function flow(stage: Stage, day: string) {
  const file = await stage.fundFlow(day);
  if (file["bytes"] === undefined) return { rows: [], summary: null };
  const { rows, summary } = judge.castCsvBill(file["bytes"]);
  return { summary, rows: rows.map((row) => ({ ...row, ...amounts(row) })) };
}

function amounts(row: Record<string, string>) {
  const size = fen(row["收支金额(元)"]);
  return {
    words: row["业务名称"] ?? "",
    amount: row["收支类型"] === "收入" ? size : -size,
    balance: fen(row["账户结余(元)"]),
  };
}

const sum = (all: readonly { readonly amount: number }[]): number => all.reduce((one, { amount }) => one + amount, 0);
const statement = async (stage: Stage, from: string, to: string) =>
  iconv.decode(bytesOf(await stage.get(`/_sandbox/bank/statement?from=${from}&to=${to}`)), "gbk").split("\r\n");

describe("money with a provider", () => {
  it("each day's net is paid out at eight the next morning, and the bank has it a day later", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.pay("T20261120120000000001", 11_300);
    await stage.until("2026-11-20 13:00:00");
    await stage.refund("T20261120120000000001", "R1", 5650, 11_300);
    await stage.until("2026-11-23 07:00:00");
    const { rows } = await flow(stage, "2026-11-21");
    expect(rows).toMatchObject([
      {
        记账时间: "2026-11-21 08:00:00",
        words: "提现",
        amount: -5616,
        balance: 100_000,
        业务凭证号: "11202611210800000000",
      },
    ]);
    expect(await statement(stage, "2026-11-20", "2026-11-23")).toEqual([
      "交易日期,交易时间,收入,支出,余额,对方户名,摘要,流水号",
      "2026-11-22,08:00:00,56.16,,5056.16,财付通支付科技有限公司,微信支付商户提现 1900000109 11202611210800000000,B11202611210800000000",
      "",
    ]);
  });

  it("a day below zero pays nothing out and is taken off the next", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.pay("T20261120120000000001", 10_000);
    await stage.until("2026-11-21 12:00:00");
    await stage.refund("T20261120120000000001", "R1", 10_000, 10_000);
    await stage.until("2026-11-22 12:00:00");
    await stage.pay("T20261122120000000002", 20_000);
    await stage.until("2026-11-24 12:00:00");
    expect((await flow(stage, "2026-11-22")).rows.map(({ words }) => words)).toEqual(["交易", "扣除交易手续费"]);
    expect((await flow(stage, "2026-11-23")).rows).toMatchObject([{ words: "提现", amount: -9940, balance: 100_000 }]);
  });

  it("money drawn by hand costs 0.10 % beside it; today's makes today's payout smaller, what lies there does not", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.pay("T20261120120000000001", 10_000);
    await stage.control("withdraw", { amount: 5_000, of: "today" });
    const drawn = await stage.control("withdraw", { amount: 20_000 });
    expect(drawn).toMatchObject({ status: 200, json: { amount: 20_000, fee: 20, balance: 84_915 } });
    await stage.until("2026-11-22 12:00:00");
    expect((await flow(stage, "2026-11-20")).rows.map(({ words, amount }) => [words, amount])).toEqual([
      ["交易", 10_000],
      ["扣除交易手续费", -60],
      ["提现", -5_000],
      ["提现手续费", -5],
      ["提现", -20_000],
      ["提现手续费", -20],
    ]);
    expect((await flow(stage, "2026-11-21")).rows).toMatchObject([{ amount: -4_935, balance: 79_980 }]);
    const lines = await statement(stage, "2026-11-21", "2026-11-21");
    expect(lines.slice(1, -1).map((line) => line.split(",")[2])).toEqual(["50.00", "200.00"]);
  });

  it("what was drawn by hand beyond what lay there is off the payout, and no later takings go out early for it", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.pay("T20261120120000000001", 10_000);
    await stage.control("withdraw", { amount: 109_000 });
    await stage.until("2026-11-21 00:30:00");
    await stage.pay("T20261121003000000002", 20_000);
    await stage.until("2026-11-21 12:00:00");
    const { json } = await stage.control("balance");
    expect(json).toMatchObject({ balance: 19_880, payouts: [{ kind: "manual" }, { amount: 831 }] });
    await stage.until("2026-11-22 12:00:00");
    expect((await stage.control("balance")).json).toMatchObject({ balance: 0, payouts: [{}, {}, { amount: 19_880 }] });
  });

  it("what went out already no longer counts as waiting: all that lies there can be drawn without touching a payout", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.pay("T20261120120000000001", 10_000);
    await stage.until("2026-11-21 12:00:00");
    await stage.control("withdraw", { amount: 99_900 });
    await stage.pay("T20261121120000000002", 10_000);
    await stage.until("2026-11-22 12:00:00");
    expect((await stage.control("balance")).json).toMatchObject({ balance: 0, payouts: [{}, {}, { amount: 9_940 }] });
  });

  it("no more is paid out than there is at eight; the rest stands against what went out in the morning", async () => {
    const terms = { opening: 0, ratePpm: 6_000, withdrawalRatePpm: 1_000 };
    const stage = billStage("2026-11-20T12:00:00+08:00", terms);
    await stage.pay("T20261120120000000001", 10_000);
    await stage.until("2026-11-21 07:00:00");
    await stage.refund("T20261120120000000001", "R1", 5_000, 10_000);
    await stage.until("2026-11-22 12:00:00");
    expect((await stage.control("balance")).json).toMatchObject({ balance: 0, payouts: [{ amount: 4_970 }] });
    await stage.pay("T20261122120000000002", 10_000);
    await stage.until("2026-11-23 12:00:00");
    expect((await stage.control("balance")).json).toMatchObject({ balance: 0, payouts: [{}, { amount: 9_940 }] });
  });

  it.each([[{ amount: 100_000 }], [{ amount: 1.5 }], [{ amount: 0 }], [{}], [{ amount: 1, of: "x" }]])(
    "drawing %j is refused, and nothing moves",
    async (body) => {
      const stage = billStage("2026-11-20T12:00:00+08:00");
      expect((await stage.control("withdraw", body)).status).toBeGreaterThanOrEqual(400);
      expect((await stage.control("balance")).json).toMatchObject({ balance: 100_000, payouts: [] });
    },
  );

  it("a bill of today shows a withdrawal that the bank has at once", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.control("bills", { ready: "atOnce" });
    await stage.control("withdraw", { provider: "alipay", amount: 10_000 });
    expect((await statement(stage, "2026-11-20", "2026-11-20"))[1]).toContain("支付宝（中国）网络技术有限公司");
    expect((await stage.control("bank")).json.credits).toMatchObject([{ amount: 10_000, plant: null }]);
  });

  it("terms are the account's own: opening, rate, rate of withdrawals", async () => {
    const terms = { opening: 5_000, ratePpm: 3_800, withdrawalRatePpm: 0 };
    const stage = billStage("2026-11-20T12:00:00+08:00", terms);
    await stage.pay("T20261120120000000001", 10_000);
    await stage.control("withdraw", { amount: 1_000 });
    await stage.until("2026-11-21 09:00:00");
    expect((await stage.tradeBill("2026-11-20"))["text"]).toContain("`0.38000,`0.38%,");
    expect((await flow(stage, "2026-11-20")).rows.map(({ balance }) => balance)).toEqual([15_000, 14_962, 13_962]);
  });
});

type Act =
  | { readonly act: "pay"; readonly total: number; readonly digits: string }
  | { readonly act: "refund" | "closedRefund"; readonly of: number; readonly part: number }
  | { readonly act: "reverse"; readonly of: number }
  | { readonly act: "withdraw"; readonly amount: number; readonly isToday: boolean };

const acts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("pay" as const),
      total: fc.integer({ min: 1, max: 60_000 }),
      digits: fc.constantFrom("9999", "0601", "0602"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom("refund" as const, "closedRefund" as const),
      of: fc.nat(9),
      part: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("reverse" as const), of: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant("withdraw" as const),
      amount: fc.integer({ min: 1, max: 30_000 }),
      isToday: fc.boolean(),
    }),
  },
);

async function perform(stage: Stage, act: Act, turn: number, orders: { no: string; total: number }[]) {
  if (act.act === "pay") {
    const no = `T${String(turn).padStart(10, "0")}`;
    orders.push({ no, total: act.total });
    await stage.pay(no, act.total, { digits: act.digits });
    return;
  }
  if (act.act === "withdraw") {
    await stage.control("withdraw", { amount: act.amount, of: act.isToday ? "today" : "balance" });
    return;
  }
  const order = orders[act.of % Math.max(1, orders.length)];
  if (order === undefined) return;
  if (act.act === "reverse") {
    await stage.reverse(order.no);
    return;
  }
  if (act.act === "closedRefund") await stage.control("refunds", { next: "closed", order: order.no });
  const amount = Math.max(1, Math.floor((order.total * act.part) / 100));
  await stage.refund(order.no, `R${turn}`, amount, order.total);
}

const days = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"];

/** What a day's trade bill says went to the balance: receivables − refunds − fees. */
async function netOf(stage: Stage, day: string): Promise<number> {
  const file = await stage.tradeBill(day);
  if (file["bytes"] === undefined) return 0;
  const { rows, summary } = judge.castCsvBill(file["bytes"]);
  const total = (name: string): number => rows.reduce((all, row) => all + fen(row[name]), 0);
  expect(Number(summary["总交易单数"])).toBe(rows.length);
  expect(total("手续费")).toBe(fen(summary["手续费总金额"]));
  expect(total("应结订单金额")).toBe(fen(summary["应结订单总金额"]));
  expect(total("退款金额")).toBe(fen(summary["退款总金额"]));
  expect(total("订单金额")).toBe(fen(summary["订单总金额"]));
  expect(total("申请退款金额")).toBe(fen(summary["申请退款总金额"]));
  return total("应结订单金额") - total("退款金额") - total("手续费");
}

it("random days balance: the footer is the sum of its rows, opening + rows − payouts is the closing balance", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(acts, { maxLength: 8 }), { minLength: 3, maxLength: 3 }), async (plan) => {
      const stage = billStage("2026-11-20T08:30:00+08:00");
      const orders: { no: string; total: number }[] = [];
      let turn = 0;
      for (const [index, own] of plan.entries()) {
        await stage.until(`${days[index]} 10:00:00`);
        for (const act of own) {
          await perform(stage, act, ++turn, orders);
          await stage.clock.advance(60_000);
        }
      }
      await stage.until("2026-11-25 12:00:00");
      let balance = 100_000;
      let payouts = 0;
      for (const day of days) {
        const { rows, summary } = await flow(stage, day);
        for (const { amount, balance: after } of rows) expect((balance += amount)).toBe(after);
        const isPayout = (words: string): boolean => words.startsWith("提现");
        const traded = rows.filter(({ words }) => !isPayout(words) && words !== "退款关闭");
        expect(sum(traded)).toBe(await netOf(stage, day));
        payouts -= sum(rows.filter(({ words }) => words === "提现"));
        if (summary === null) continue;
        expect(fen(summary["收入金额"])).toBe(sum(rows.filter(({ amount }) => amount > 0)));
        expect(fen(summary["支出金额"])).toBe(0 - sum(rows.filter(({ amount }) => amount < 0)));
      }
      const { json } = await stage.control("balance");
      expect(json.balance).toBe(balance);
      expect(sum((await stage.control("bank")).json.credits)).toBe(payouts);
    }),
    { numRuns: 25 },
  );
}, 60_000);
