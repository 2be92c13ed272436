import { describe, expect, it } from "vitest";
import { alipayHints, wechatHints } from "../../../src/domain/bills/bill-hints.ts";

const begin =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额";
const end = "商品名称,商户数据包,手续费,费率,订单金额";
const refunds = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态";
const cells = (names: string, values: Readonly<Record<string, string>>): string =>
  `\`${names
    .split(",")
    .map((name) => values[name] ?? "0")
    .join(",`")}`;
const all = `${begin},${refunds},${end},申请退款金额,费率备注`;
const paid = (time: string) => cells(all, { 交易时间: time, 商户号: "1900000109", 交易状态: "SUCCESS" });

describe("a WeChat Pay file says", () => {
  it("which bill it is, whose, and the day that most of its first rows are of", () => {
    const rows = [paid("2026-11-19 23:59:59"), paid("2026-11-20 08:00:00"), paid("2026-11-20 09:00:00")];
    const hints = wechatHints(`\uFEFF${all}\r\n${rows.join("\r\n")}\r\n`);
    expect(hints).toEqual({ kind: "trade", merchant: "1900000109", day: "2026-11-20" });
  });

  it("by its own time that it is of refunds from the balance", () => {
    const names = `${begin},退款申请时间,退款成功时间,${refunds},${end},申请退款金额,费率备注`;
    const row = cells(names, { 交易时间: "2026-11-01 10:00:00", 退款申请时间: "2026-11-20 10:00:00", 商户号: "1" });
    expect(wechatHints(`${names}\n${row}\n`)).toEqual({ kind: "balanceRefunds", merchant: "1", day: "2026-11-20" });
  });

  it("no merchant where it is the fund flow", () => {
    const names =
      "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
    expect(wechatHints(`${names}\n${cells(names, { 记账时间: "2026-11-20 10:00:00" })}\n`)).toEqual({
      kind: "fundFlow",
      merchant: null,
      day: "2026-11-20",
    });
  });

  it("nothing of a day where there is no row", () => {
    expect(wechatHints(`${all}\n`)).toMatchObject({ day: null, merchant: null });
  });

  it.each([
    ["a bill of payments alone, which would make refunds look missing", `${begin},${end},费率备注\n`, "columnMissing"],
    ["a list of something else", "Name,Amount\nMilk,3\n", "notABill"],
    ["nothing", "", "notABill"],
  ])("that it is %s", (_what, text, trouble) => {
    expect(() => wechatHints(text)).toThrow(expect.objectContaining({ trouble }));
  });
});

it("an Alipay list says its account and its day in its comments, in whichever signs", () => {
  const text =
    "#支付宝业务明细查询\n#账号：[20880010000000010156]\n#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]\n";
  expect(alipayHints(text, "trade")).toEqual({ kind: "trade", merchant: "20880010000000010156", day: "2026-11-20" });
  expect(alipayHints("#something else\n", "fundFlow")).toEqual({ kind: "fundFlow", merchant: null, day: null });
});
