import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plantKinds } from "../../../src/gateway/sandbox/settlement/plant.ts";
import { isId } from "../../../src/domain/identifier.ts";
import { billStage } from "./bill-stage.ts";
import { Formatter } from "wechatpay-axios-plugin";

const judge = Formatter as unknown as {
  castCsvBill(bytes: Buffer): { rows: Record<string, string>[]; summary: Record<string, string> };
};
const day = "2026-11-20";
const first = "T20261120120000000001";
const second = "T20261120120000000002";
const third = "T20261120120000000003";
type Stage = ReturnType<typeof billStage>;

/** Two payments, of the first a refund, and a reversed one; the clock stands at 13:00 of the same day. */
async function tradedDay(): Promise<Stage> {
  const stage = billStage("2026-11-20T12:00:00+08:00");
  await stage.pay(first, 10_000);
  await stage.pay(second, 5_000);
  await stage.pay(third, 800);
  await stage.until("2026-11-20 12:30:00");
  await stage.refund(first, "R1", 4_000, 10_000);
  await stage.reverse(third);
  await stage.until("2026-11-20 13:00:00");
  return stage;
}

const nextMorning = (stage: Stage) => stage.until("2026-11-21 10:00:00");
const plant = async (stage: Stage, body: object) => {
  const told = await stage.control("plants", body);
  expect(told).toMatchObject({ status: 200 });
  return told.json.plant;
};
const came = async (stage: Stage) => (await stage.control("plants")).json.plants.map((each: any) => each.came);
const bill = async (stage: Stage) => judge.castCsvBill((await stage.tradeBill(day))["bytes"]);
/** `number state` of each row. */
const standing = async (stage: Stage) =>
  (await bill(stage)).rows.map((row) => `${row["商户订单号"]} ${row["交易状态"]}`);
const flow = async (stage: Stage, of = day) =>
  judge.castCsvBill((await stage.fundFlow(of))["bytes"]).rows.map((row) => [row["业务名称"], row["收支金额(元)"]]);
const whole = [`${first} SUCCESS`, `${second} SUCCESS`, `${third} SUCCESS`, `${first} REFUND`, `${third} REVOKED`];

describe("a difference planted in the trade bill alone leaves fund flow and balance to the truth", () => {
  it.each<[string, object, readonly string[]]>([
    ["paymentMissing by its number", { kind: "paymentMissing", order: second }, [0, 2, 3, 4].map((at) => whole[at]!)],
    ["paymentMissing of the day", { kind: "paymentMissing", day }, whole.slice(1)],
    [
      "refundMissing by the refund's number",
      { kind: "refundMissing", order: "R1" },
      [0, 1, 2, 4].map((at) => whole[at]!),
    ],
    ["refundMissing by the payment's", { kind: "refundMissing", order: first }, [0, 1, 2, 4].map((at) => whole[at]!)],
    ["reversalMissing", { kind: "reversalMissing", order: third }, whole.slice(0, 4)],
    ["duplicateRow", { kind: "duplicateRow", order: second }, [whole[0]!, whole[1]!, ...whole.slice(1)]],
  ])("%s", async (_what, body, rows) => {
    const truth = await tradedDay();
    await nextMorning(truth);
    const stage = await tradedDay();
    await plant(stage, body);
    await nextMorning(stage);
    expect(await standing(truth)).toEqual(whole);
    expect(await standing(stage)).toEqual(rows);
    // asked again it is the same, and told of once
    expect(await standing(stage)).toEqual(rows);
    expect((await stage.fundFlow(day))["sha1"]).toBe((await truth.fundFlow(day))["sha1"]);
    expect((await came(stage))[0]).toMatchObject({ state: "there", shownIn: [{ bill: "wechat ALL", day }] });
  });

  it("otherAmount changes order amount and receivable of the row, and the footer with it", async () => {
    const stage = await tradedDay();
    await plant(stage, { kind: "otherAmount", order: second, amount: 4_900 });
    await nextMorning(stage);
    const { rows, summary } = await bill(stage);
    expect(rows[1]).toMatchObject({ 订单金额: "49.00", 应结订单金额: "49.00", 手续费: "0.30000" });
    expect(summary).toMatchObject({ 订单总金额: "157.00" });
    expect(await flow(stage)).toContainEqual(["交易", "50.00"]);
  });

  it("otherFooter puts the total of receivables off and no row", async () => {
    const stage = await tradedDay();
    await plant(stage, { kind: "otherFooter", amount: -123 });
    await nextMorning(stage);
    expect((await bill(stage)).summary).toMatchObject({ 应结订单总金额: "156.77", 订单总金额: "158.00" });
    expect(await standing(stage)).toEqual(whole);
  });

  it("a plant is told of a file only where it stands: a missing refund is not one of RECHARGE_REFUND", async () => {
    const stage = await tradedDay();
    await stage.refund(second, "R2", 1_000, 5_000, { funds_account: "AVAILABLE" });
    await plant(stage, { kind: "refundMissing", order: "R1" });
    await plant(stage, { kind: "otherFooter", amount: 1 });
    await nextMorning(stage);
    const { summary } = judge.castCsvBill((await stage.tradeBill(day, "&bill_type=RECHARGE_REFUND"))["bytes"]);
    expect(summary).toMatchObject({ 总交易单数: "1", 应结订单总金额: "0.00" });
    expect(await came(stage)).toMatchObject([{ state: "waiting" }, { state: "waiting" }]);
    await stage.tradeBill(day);
    const shownIn = [{ bill: "wechat ALL" }];
    expect(await came(stage)).toMatchObject([{ shownIn }, { shownIn }]);
  });

  it("billMissing hides the bill until its time, trade or flow", async () => {
    const stage = await tradedDay();
    await plant(stage, { kind: "billMissing", at: "2026-11-21T15:00:00+08:00" });
    await plant(stage, { kind: "billMissing", bill: "flow", day });
    await nextMorning(stage);
    expect(await stage.tradeBill(day)).toMatchObject({ code: "NO_STATEMENT_EXIST" });
    expect(await stage.fundFlow(day)).toMatchObject({ code: "NO_STATEMENT_EXIST" });
    await stage.until("2026-11-21 12:00:00");
    expect(await flow(stage)).not.toEqual([]);
    expect(await stage.tradeBill(day)).toMatchObject({ code: "NO_STATEMENT_EXIST" });
    await stage.until("2026-11-21 15:00:00");
    expect(await standing(stage)).toEqual(whole);
  });

  it("correctedBill lacks a payment until its time and is whole from then on", async () => {
    const stage = await tradedDay();
    await plant(stage, { kind: "correctedBill", order: first });
    await nextMorning(stage);
    expect(await standing(stage)).toEqual(whole.slice(1));
    await stage.until("2026-11-21 12:00:00");
    expect(await standing(stage)).toEqual(whole);
  });
});

describe("a difference that the money follows stands in trade bill, fund flow and balance alike", () => {
  const balance = async (stage: Stage) => (await stage.control("balance")).json.balance as number;

  it("otherRate of one payment, or of all payments of a day, with the fee given back at the same rate", async () => {
    const stage = await tradedDay();
    await plant(stage, { kind: "otherRate", order: first, rate: "1.00%" });
    expect(await balance(stage)).toBe(100_000 + 6_000 - 60 + 5_000 - 30);
    await plant(stage, { kind: "otherRate", day, rate: "0.80%" });
    await nextMorning(stage);
    const { rows } = await bill(stage);
    expect(rows.map((row) => `${row["费率"]} ${row["手续费"]}`)).toEqual([
      "1.00% 1.00000",
      "0.80% 0.40000",
      "0.80% 0.06000",
      "1.00% -0.40000",
      "0.80% -0.06000",
    ]);
    expect(await flow(stage)).toContainEqual(["扣除交易手续费", "0.40"]);
  });

  it("otherFee takes another fee under the agreed rate", async () => {
    const stage = await tradedDay();
    await plant(stage, { kind: "otherFee", order: second, amount: 31 });
    await nextMorning(stage);
    expect((await bill(stage)).rows[1]).toMatchObject({ 手续费: "0.31000", 费率: "0.60%" });
    expect(await flow(stage)).toContainEqual(["扣除交易手续费", "0.31"]);
  });

  it("foreignPayment has a number that is none of ours, unmadePayment one of our form; both are money", async () => {
    const stage = await tradedDay();
    const before = await balance(stage);
    const foreign = await plant(stage, { kind: "foreignPayment", amount: 3_000, at: "2026-11-20T12:15:00+08:00" });
    const unmade = await plant(stage, { kind: "unmadePayment", amount: 2_000 });
    expect([isId(foreign.made), isId(unmade.made)]).toEqual([false, true]);
    expect(await balance(stage)).toBe(before + 3_000 - 18 + 2_000 - 12);
    await nextMorning(stage);
    const rows = (await bill(stage)).rows.filter((row) => [foreign.made, unmade.made].includes(row["商户订单号"]));
    expect(rows).toMatchObject([
      { 交易时间: "2026-11-20 12:15:00", 订单金额: "30.00", 手续费: "0.18000" },
      { 交易时间: "2026-11-20 13:00:00", 订单金额: "20.00", 手续费: "0.12000" },
    ]);
    expect(await flow(stage)).toContainEqual(["交易", "30.00"]);
    expect(await came(stage)).toMatchObject([{ state: "there" }, { state: "there", shownIn: [{ day }] }]);
  });

  it("unmadePayment under a number that was given up is money under that number", async () => {
    const stage = await tradedDay();
    const givenUp = "01M873XJ47TA200HAK3K51NZHW";
    const unmade = await plant(stage, { kind: "unmadePayment", amount: 2_000, order: givenUp });
    expect(unmade.made).toBe(givenUp);
    await nextMorning(stage);
    expect((await bill(stage)).rows.map((row) => row["商户订单号"])).toContain(givenUp);
  });

  it.each(["outsideRefund", "chargeback"])(
    "%s gives money back that nobody asked for, and the order knows it",
    async (kind) => {
      const stage = await tradedDay();
      const made = await plant(stage, { kind, order: first, amount: 2_500 });
      const { orders } = (await stage.control("orders")).json;
      expect(orders.find((order: any) => order.outTradeNo === first)).toMatchObject({
        givenBack: 6_500,
        state: "REFUND",
      });
      // what is left can be asked back, and no more
      expect((await stage.refund(first, "R2", 3_501, 10_000)).status).toBe(400);
      expect((await stage.refund(first, "R3", 3_500, 10_000)).status).toBe(200);
      await nextMorning(stage);
      const row = (await bill(stage)).rows.find((each) => each["商户退款单号"] === made.made);
      expect(row).toMatchObject({ 商户订单号: first, 退款金额: "25.00", 手续费: "-0.15000", 退款状态: "SUCCESS" });
      expect(await flow(stage)).toContainEqual(["退款", "24.85"]);
    },
  );

  it("an outside refund of more than is left, or of no payment, is not planted", async () => {
    const stage = await tradedDay();
    const asked = async (over: object) => (await stage.control("plants", { kind: "outsideRefund", ...over })).status;
    expect(await asked({ order: first, amount: 6_001 })).toBe(400);
    expect(await asked({ order: third })).toBe(400);
    expect(await asked({ order: "T9" })).toBe(400);
    expect((await stage.control("plants")).json.plants).toEqual([]);
  });

  it("of an Alipay trade no more is given back outside than is left", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.alipayPay("T1", "100.00");
    const asked = async (amount: number) =>
      (await stage.control("plants", { provider: "alipay", kind: "outsideRefund", order: "T1", amount })).status;
    expect([await asked(10_001), await asked(0), await asked(9_999), await asked(2), await asked(1)]).toEqual([
      400, 400, 200, 400, 200,
    ]);
  });

  it("Alipay's bills have them too: a refund in the portal as a row, a chargeback with its remark", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.alipayPay("T1", "100.00");
    const outside = await plant(stage, { provider: "alipay", kind: "outsideRefund", amount: 1_000 });
    await plant(stage, { provider: "alipay", kind: "chargeback", order: "T1" });
    expect(await stage.alipay("alipay.trade.query", { out_trade_no: "T1" })).toMatchObject({
      trade_status: "TRADE_CLOSED",
    });
    await plant(stage, { provider: "alipay", kind: "billMissing", bill: "flow" });
    await nextMorning(stage);
    expect(await stage.alipayBill(day, "signcustomer")).toMatchObject({ code: "BILL_NOT_EXIST" });
    expect((await stage.alipayBill(day)).bytes.length).toBeGreaterThan(0);
    expect(outside.made).toMatch(/^MCH/u);
    expect(await came(stage)).toMatchObject([{ shownIn: [{ bill: "alipay trade" }] }, {}, {}]);
    expect((await stage.control("balance?provider=alipay")).json.balance).toBe(100_000);
  });
});

describe("the plan", () => {
  it("outlives a restart, with what came of it", async () => {
    const stage = await tradedDay();
    for (const kind of ["paymentMissing", "foreignPayment", "chargeback"]) await plant(stage, { kind });
    await nextMorning(stage);
    const bytes = (await stage.tradeBill(day))["sha1"];
    const told = (await stage.control("plants")).json;
    stage.restart();
    expect((await stage.control("plants")).json).toEqual(told);
    expect((await stage.tradeBill(day))["sha1"]).toBe(bytes);
    expect(told.plants.map(({ id }: any) => id)).toEqual(["p1", "p2", "p3"]);
  });

  it.each<[string, object]>([
    ["no kind", {}],
    ["an unknown kind", { kind: "x" }],
    ["a day that is none", { kind: "paymentMissing", day: "2026-02-30" }],
    ["a number that is none", { kind: "paymentMissing", order: "a b" }],
    ["a fraction of a fen", { kind: "otherAmount", amount: 1.5 }],
    ["otherAmount without one", { kind: "otherAmount" }],
    ["otherFee without an order", { kind: "otherFee", amount: 5 }],
    ["otherRate without a rate", { kind: "otherRate", day }],
    ["a rate that is none", { kind: "otherRate", day, rate: "6" }],
    ["a time that is none", { kind: "unknownCredit", amount: 1, at: "soon" }],
    ["a file that is none", { kind: "billMissing", bill: "x" }],
    ["a provider that is none", { kind: "billMissing", provider: "x" }],
  ])("%s is refused with a sentence, and nothing is planted", async (_what, body) => {
    const stage = await tradedDay();
    const told = await stage.control("plants", body);
    expect(told.status).toBe(400);
    expect(told.json.problem).toMatch(/./u);
    expect((await stage.control("plants")).json.plants).toEqual([]);
  });

  it("every kind is in the README's table", () => {
    const readme = readFileSync(new URL("../../../src/gateway/sandbox/settlement/README.md", import.meta.url), "utf8");
    expect(plantKinds.filter((kind) => !readme.includes(`| \`${kind}\` |`))).toEqual([]);
  });
});
