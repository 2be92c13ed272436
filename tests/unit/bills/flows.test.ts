import { describe, expect, it } from "vitest";
import { alipayFlowColumns, alipayFlowReader } from "../../../src/domain/bills/alipay-flow.ts";
import type { BillTotals } from "../../../src/domain/bills/bill.ts";
import { footerDifferences, noTotals } from "../../../src/domain/bills/totals.ts";
import { wechatFlowReader } from "../../../src/domain/bills/wechat-flow.ts";
import { alipayFile, alipayFlowHeader } from "./alipay-file.ts";
import { readAll, refusalOf } from "./read.ts";
import { flowCells, wechatFile, wechatFlowColumns, type Cells } from "./wechat-file.ts";

const at = (time: string) => Date.parse(`2026-11-20T${time}+08:00`);

describe("WeChat Pay's fund flow", () => {
  const file = (rows: readonly Cells[]) => wechatFile(rows, { columns: wechatFlowColumns });
  const read = (rows: readonly Cells[]) => readAll(wechatFlowReader(), file(rows));
  const named = (name: string, way: string, type = name) =>
    flowCells({ 业务名称: name, 业务类型: type, 收支类型: way, "收支金额(元)": "1.00" });

  it("gives each movement with its sign, the balance after it, and the sums of both ways", () => {
    const note = "结算总金额:56.00;费率:0.6%";
    const fee = { ...named("扣除交易手续费", "支出"), "收支金额(元)": "0.34", "账户结余(元)": "-0.34", 备注: note };
    const { rows, footer, counted } = read([flowCells(), fee]);
    expect(rows).toEqual([
      {
        line: 2,
        kind: "payment",
        at: at("09:01:05"),
        number: "F1",
        transaction: "4200000001",
        voucher: "T1",
        words: "交易",
        amount: 5_600,
        balance: 105_600,
        note: "",
        isJoined: false,
      },
      expect.objectContaining({ kind: "fee", amount: -34, balance: -34, note }),
    ]);
    expect(footer).toEqual({ ...noTotals, rows: 2, moneyIn: 5_600, moneyOut: 34 });
    expect(footerDifferences(counted, footer)).toEqual([]);
  });

  it.each([
    ["交易", "收入", "payment"],
    ["退款", "支出", "refund"],
    ["退款", "收入", "refundClosed"],
    ["退款关闭", "收入", "refundClosed"],
    ["扣除交易手续费", "支出", "fee"],
    ["提现手续费", "支出", "fee"],
    ["返还交易手续费", "收入", "feeBack"],
    ["提现", "支出", "payout"],
    ["提现退回", "收入", "payoutReturned"],
    ["交易", "支出", "other"],
    ["提现", "收入", "other"],
    ["赔付", "支出", "other"],
    ["constructor", "收入", "other"],
  ])("%s, %s, is %s", (words, way, kind) => {
    expect(read([named(words, way)]).rows).toMatchObject([{ kind, words }]);
  });

  it("names and kinds that differ are both told", () => {
    expect(read([named("活动", "收入", "交易")]).rows).toMatchObject([{ kind: "payment", words: "活动 / 交易" }]);
  });

  it.each([
    ["收支类型", { 收支类型: "转" }],
    ["收支金额(元)", { "收支金额(元)": "-1.00" }],
    ["账户结余(元)", { "账户结余(元)": "" }],
    ["记账时间", { 记账时间: "今天" }],
  ])("is refused for an unreadable %s", (column, over) => {
    expect(refusalOf(() => read([flowCells(over)]))).toBe(`cellUnreadable: line 2, column ${column}`);
  });

  it("is refused for another day, and without its totals", () => {
    const owner = { account: "1900000109", day: "2026-11-21" };
    expect(refusalOf(() => readAll(wechatFlowReader(owner), file([flowCells()])))).toMatch(/^notOurs/u);
    expect(refusalOf(() => readAll(wechatFlowReader(), file([flowCells()]).slice(0, -40)))).toMatch(/^cutOff/u);
  });
});

describe("Alipay's account flow", () => {
  const row = (over: Cells = {}): Cells => ({
    账务流水号: "F1\t",
    业务流水号: "2026112022001\t",
    商户订单号: "T1\t",
    商品名称: "拿铁",
    发生时间: "2026-11-20 09:01:03",
    对方账号: "*试",
    "收入金额（+元）": "30.00",
    "支出金额（-元）": " ",
    "账户余额（元）": "130.00",
    交易渠道: "支付宝",
    业务类型: "在线支付",
    备注: "",
    ...over,
  });
  const out = (words: string, over: Cells = {}) =>
    row({ 业务类型: words, "收入金额（+元）": "", "支出金额（-元）": "-0.16", ...over });
  const totals = (moneyOut: string, moneyIn: string) => [`#支出合计：${moneyOut}`, `#收入合计：${moneyIn}`];
  const file = (rows: readonly Cells[], told = totals("1笔，共-0.16元", "1笔，共30.00元")) =>
    alipayFile(rows, { columns: alipayFlowHeader, title: "账务明细", totals: told });

  it("gives each movement with its sign, the balance after it, and the sums of both ways", () => {
    const { rows, footer, counted } = readAll(alipayFlowReader(), file([row(), out("收费", { 备注: "服务费" })]));
    expect(rows).toEqual([
      {
        line: 6,
        kind: "payment",
        at: at("09:01:03"),
        number: "F1",
        transaction: "2026112022001",
        voucher: "T1",
        words: "在线支付",
        amount: 3_000,
        balance: 13_000,
        note: "",
        isJoined: false,
      },
      expect.objectContaining({ kind: "fee", amount: -16, note: "服务费" }),
    ]);
    expect(footer).toEqual({ ...noTotals, rows: 2, moneyIn: 3_000, moneyOut: 16 });
    expect(footerDifferences(counted, footer)).toEqual([]);
  });

  it.each([
    [row({ 业务类型: "交易退款" }), "refundClosed"],
    [out("交易退款"), "refund"],
    [out("交易退款", { "支出金额（-元）": "0.16" }), "refund"],
    [row({ 业务类型: "退费" }), "feeBack"],
    [out("提现"), "payout"],
    [out("提现手续费"), "fee"],
    [row({ 业务类型: "提现退回" }), "payoutReturned"],
    [out("转账"), "other"],
    [out("在线支付"), "other"],
  ])("movement %# is %s", (cells, kind) => {
    expect(readAll(alipayFlowReader(), file([cells])).rows).toMatchObject([{ kind }]);
  });

  it("its columns come from a map, so that another layout can be read", () => {
    const columns = alipayFlowHeader.replace("业务类型", "类型");
    const cells = { ...row(), 类型: "在线支付" };
    const text = alipayFile([cells], { columns, title: "账务明细", totals: totals("0笔，共0.00元", "1笔，共30.00元") });
    expect(refusalOf(() => readAll(alipayFlowReader(), text))).toBe("columnMissing: 业务类型");
    const map = { ...alipayFlowColumns, words: "类型", note: null };
    expect(readAll(alipayFlowReader(null, map), text).rows).toMatchObject([{ kind: "payment", note: "" }]);
  });

  it("is refused for money that went both ways, for another account, and without its totals", () => {
    const both = row({ "支出金额（-元）": "-1.00" });
    expect(refusalOf(() => readAll(alipayFlowReader(), file([both])))).toBe(
      "cellUnreadable: line 6, column 支出金额(-元)",
    );
    const other = { account: "2088000000000157", day: "2026-11-20" };
    expect(refusalOf(() => readAll(alipayFlowReader(other), file([row()])))).toMatch(/^notOurs/u);
    expect(refusalOf(() => readAll(alipayFlowReader(), file([row()], ["#收入合计：1笔，共30.00元"])))).toMatch(
      /^cutOff/u,
    );
  });
});

it("a bill whose rows add up to more than any sum of ours is refused", () => {
  const row = flowCells({ "收支金额(元)": "9999999999.00" });
  const text = wechatFile([row, row], { columns: wechatFlowColumns, totals: { 资金流水总笔数: "2" } });
  expect(refusalOf(() => readAll(wechatFlowReader(), text))).toMatch(/^tooLarge/u);
});

describe("what a footer says differently from its rows", () => {
  const counted = { ...noTotals, rows: 3, fee: 18_000, amount: 5_700, payments: 2 } as BillTotals;
  it.each<[string, object, readonly object[]]>([
    ["nothing", { rows: 3, fee: 18_000, amount: 5_700 }, []],
    ["what it does not say is not compared", {}, []],
    ["what is not counted is not compared", { moneyIn: 1 }, []],
    ["a row", { rows: 4 }, [{ member: "rows", footer: 4, counted: 3, difference: -1 }]],
    ["a thousandth of a fen", { fee: 17_999 }, [{ member: "fee", footer: 17_999, counted: 18_000, difference: 1 }]],
    [
      "several, each by its own",
      { rows: 2, amount: 5_600 },
      [
        { member: "rows", footer: 2, counted: 3, difference: 1 },
        { member: "amount", footer: 5_600, counted: 5_700, difference: 100 },
      ],
    ],
  ])("%s", (_what, told, expected) => {
    expect(footerDifferences(counted, { ...noTotals, ...told })).toEqual(expected);
  });
});
