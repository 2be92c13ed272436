import { gunzipSync } from "node:zlib";
import { Formatter } from "wechatpay-axios-plugin";
import { describe, expect, it } from "vitest";
import { testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";
import { billStage, bytesOf, jsonOf, sha1 } from "./bill-stage.ts";

const day = "2026-11-20";
const judge = Formatter as unknown as {
  castCsvBill(bytes: Buffer): { rows: Record<string, string>[]; summary: Record<string, string> };
};

/** Three payments (plain, the shop's coupon, others' coupon), a part refund, a reversed payment. */
async function handMadeDay() {
  const stage = billStage();
  await stage.pay("T20261120090100000001", 5600);
  await stage.until("2026-11-20 09:05:40");
  await stage.pay("T20261120090500000002", 2000, { digits: "0602", name: "无糖乌龙茶, 大杯" });
  await stage.until("2026-11-20 09:06:00");
  await stage.pay("T20261120090600000003", 1000, { digits: "0601" });
  await stage.until("2026-11-20 10:00:00");
  await stage.refund("T20261120090100000001", "R20261120100000000001", 2800, 5600);
  await stage.until("2026-11-20 11:00:58");
  await stage.pay("T20261120110100000004", 800, { name: "牛奶" });
  await stage.until("2026-11-20 11:02:00");
  await stage.reverse("T20261120110100000004");
  return stage;
}

const head =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额";
const refundHead = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态";
const tail = "商品名称,商户数据包,手续费,费率,订单金额";
const seller = "`wxd678efh567hg6787,`1900000109,`0,`POS-03";
const payer = (turn: number) => `\`oSANDBOX0020261120000000000${turn}`;
const numbers = [
  "T20261120090100000001",
  "T20261120090500000002",
  "T20261120090600000003",
  "T20261120110100000004",
] as const;

describe("WeChat Pay's trade bill", () => {
  it("of a day made by hand is these bytes", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const bill = await stage.tradeBill(day);
    const row = (turn: number) => `${seller},\`420000000020261120000000000${turn},\`${numbers[turn - 1]}`;
    expect(bill["text"].split("\r\n")).toEqual([
      `\uFEFF${head},${refundHead},${tail},申请退款金额,费率备注`,
      `\`2026-11-20 09:01:02,${row(1)},${payer(1)},\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`56.00,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`拿铁咖啡×2,\`till=03,\`0.34000,\`0.60%,\`56.00,\`0.00,\``,
      `\`2026-11-20 09:05:40,${row(2)},${payer(2)},\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`18.00,\`2.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`无糖乌龙茶, 大杯,\`till=03,\`0.11000,\`0.60%,\`20.00,\`0.00,\``,
      `\`2026-11-20 09:06:00,${row(3)},${payer(3)},\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`10.00,\`1.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`拿铁咖啡×2,\`till=03,\`0.06000,\`0.60%,\`10.00,\`0.00,\``,
      `\`2026-11-20 10:00:00,${row(1)},${payer(1)},\`MICROPAY,\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,\`50300000002026112000000000001,\`R20261120100000000001,\`28.00,\`0.00,\`ORIGINAL,\`SUCCESS,\`拿铁咖啡×2,\`till=03,\`-0.17000,\`0.60%,\`0.00,\`28.00,\``,
      `\`2026-11-20 11:00:58,${row(4)},${payer(4)},\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`8.00,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`牛奶,\`till=03,\`0.05000,\`0.60%,\`8.00,\`0.00,\``,
      `\`2026-11-20 11:02:00,${row(4)},${payer(4)},\`MICROPAY,\`REVOKED,\`OTHERS,\`CNY,\`0.00,\`0.00,\`50300000012026112000000000004,\`0,\`8.00,\`0.00,\`ORIGINAL,\`SUCCESS,\`牛奶,\`till=03,\`-0.05000,\`0.60%,\`0.00,\`0.00,\``,
      "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
      "`6,`92.00,`36.00,`0.00,`0.34000,`94.00,`28.00",
      "",
    ]);
    expect(bill).toMatchObject({ hash_type: "SHA1", hash_value: bill["sha1"] });
  });

  it("is read by a reader that is not ours, whose sums are its footer's", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const { rows, summary } = judge.castCsvBill((await stage.tradeBill(day))["bytes"]);
    const sum = (name: string) => rows.reduce((all, row) => all + Math.round(Number(row[name]) * 100_000), 0);
    expect(rows.map((row) => Object.keys(row).length)).toEqual(Array.from({ length: 6 }, () => 27));
    expect(sum("手续费")).toBe(Math.round(Number(summary["手续费总金额"]) * 100_000));
    expect(sum("应结订单金额")).toBe(Number(summary["应结订单总金额"]) * 100_000);
    expect(sum("退款金额")).toBe(Number(summary["退款总金额"]) * 100_000);
    expect(rows[1]?.["商品名称"]).toBe("无糖乌龙茶, 大杯");
  });

  it("of payments alone has 20 columns, of refunds alone 29 with the times of asking and success", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const paid = judge.castCsvBill((await stage.tradeBill(day, "&bill_type=SUCCESS"))["bytes"]);
    expect(paid.rows.map((row) => Object.keys(row).length)).toEqual([20, 20, 20, 20]);
    expect(paid.summary).toEqual({
      总交易单数: "4",
      应结订单总金额: "92.00",
      手续费总金额: "0.56000",
      订单总金额: "94.00",
    });
    const back = judge.castCsvBill((await stage.tradeBill(day, "&bill_type=REFUND"))["bytes"]);
    expect(Object.keys(back.rows[0] ?? {})).toHaveLength(29);
    expect(back.rows).toMatchObject([{ 退款申请时间: "2026-11-20 10:00:00", 退款成功时间: "2026-11-20 10:00:03" }]);
  });

  it("has a refund from the available balance in RECHARGE_REFUND alone, and the query says where it came from", async () => {
    const stage = await handMadeDay();
    const told = await stage.refund("T20261120090600000003", "RX1", 500, 1000, { funds_account: "AVAILABLE" });
    expect(told.json.funds_account).toBe("AVAILABLE");
    expect((await stage.refund("T20261120090600000003", "RX2", 100, 1000)).json.funds_account).toBe("UNSETTLED");
    await stage.until("2026-11-21 09:00:00");
    const all = await stage.tradeBill(day);
    expect(all["text"]).not.toContain("RX1");
    expect(all["text"]).toContain("RX2");
    expect((await stage.tradeBill(day, "&bill_type=RECHARGE_REFUND"))["text"]).toContain("RX1");
    expect((await stage.refund("T20261120090600000003", "RX3", 1, 1000, { funds_account: "X" })).status).toBe(400);
  });

  it("tells a refund's state as it stood at nine, however long after it is asked for", async () => {
    // 3 s times 14400 are twelve hours: the refund of 23:00 succeeds at 11:00
    const stage = billStage("2026-11-20T23:00:00+08:00", undefined, { timeFactor: 14_400 });
    await stage.pay("T20261120230000000001", 1000);
    await stage.refund("T20261120230000000001", "R1", 500, 1000);
    const state = async () => judge.castCsvBill((await stage.tradeBill(day))["bytes"]).rows[1]?.["退款状态"];
    await stage.until("2026-11-21 09:00:00");
    expect(await state()).toBe("PROCESSING");
    await stage.until("2026-11-22 12:00:00");
    expect(jsonOf(await stage.wechat("GET", "/v3/refund/domestic/refunds/R1")).json.status).toBe("SUCCESS");
    expect(await state()).toBe("PROCESSING");
  });

  it("names the part of others' coupon that went back, and writes a name with line ends in one line", async () => {
    const stage = billStage("2026-11-20T12:00:00+08:00");
    await stage.pay("T20261120120000000001", 1000, { digits: "0601", name: "a\r\nb\tc" });
    await stage.refund("T20261120120000000001", "R1", 500, 1000);
    await stage.until("2026-11-21 09:00:00");
    const { rows } = judge.castCsvBill((await stage.tradeBill(day))["bytes"]);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ 退款金额: "5.00", 充值券退款金额: "0.50", 商品名称: "a  b c" });
  });

  it("splits days at midnight in Beijing: payments by payment, refunds by acceptance", async () => {
    const stage = billStage("2026-11-20T23:59:59+08:00");
    await stage.pay("T20261120235900000001", 1000);
    await stage.until("2026-11-21 00:00:00");
    await stage.refund("T20261120235900000001", "R1", 400, 1000);
    await stage.pay("T20261121000000000002", 700);
    await stage.until("2026-11-22 09:00:00");
    const standing = async (of: string) =>
      judge
        .castCsvBill((await stage.tradeBill(of))["bytes"])
        .rows.map((row) => `${row["商户订单号"]} ${row["交易状态"]}`);
    expect(await standing(day)).toEqual(["T20261120235900000001 SUCCESS"]);
    expect(await standing("2026-11-21")).toEqual(["T20261120235900000001 REFUND", "T20261121000000000002 SUCCESS"]);
  });
});

describe("asking for a bill", () => {
  it.each<[string, string, number, string]>([
    ["today's", "tradebill?bill_date=2026-11-20", 400, "STATEMENT_CREATING"],
    ["tomorrow's", "tradebill?bill_date=2026-11-21", 400, "INVALID_REQUEST"],
    ["one of an empty day", "tradebill?bill_date=2026-11-18", 400, "NO_STATEMENT_EXIST"],
    ["one of four months ago", "tradebill?bill_date=2026-07-20", 400, "INVALID_REQUEST"],
    ["one of no day", "tradebill?bill_date=2026-02-30", 400, "PARAM_ERROR"],
    ["one without a day", "tradebill", 400, "PARAM_ERROR"],
    ["one of no type", "tradebill?bill_date=2026-11-19&bill_type=X", 400, "PARAM_ERROR"],
    ["one packed otherwise", "tradebill?bill_date=2026-11-19&tar_type=ZIP", 400, "PARAM_ERROR"],
    ["another account's flow", "fundflowbill?bill_date=2026-11-19&account_type=FEES", 400, "NO_STATEMENT_EXIST"],
    ["the flow of no account", "fundflowbill?bill_date=2026-11-19&account_type=X", 400, "PARAM_ERROR"],
  ])("%s is refused by its code", async (_what, path, status, code) => {
    const stage = billStage("2026-11-20T09:00:00+08:00");
    await stage.pay("T20261120090000000001", 1000);
    expect(jsonOf(await stage.wechat("GET", `/v3/bill/${path}`))).toMatchObject({ status, json: { code } });
  });

  it("a bill is there from nine o'clock, at once when the sandbox is told so, and after a restart still", async () => {
    const stage = billStage();
    await stage.pay("T20261120090100000001", 5600);
    expect(await stage.tradeBill(day)).toMatchObject({ code: "STATEMENT_CREATING" });
    expect((await stage.control("bills", { ready: "atOnce" })).json).toEqual({ ready: "atOnce" });
    expect((await stage.tradeBill(day))["text"]).toContain("T20261120090100000001");
    stage.restart();
    expect((await stage.tradeBill(day))["text"]).toContain("T20261120090100000001");
    await stage.control("bills", { ready: "nextMorning" });
    await stage.until("2026-11-21 08:59:59");
    expect(await stage.tradeBill(day)).toMatchObject({ code: "STATEMENT_CREATING" });
    await stage.until("2026-11-21 09:00:00");
    expect((await stage.tradeBill(day))["text"]).toContain("T20261120090100000001");
    expect(await stage.control("bills", { ready: "soon" })).toMatchObject({ status: 400 });
  });

  it("another merchant of the same sandbox is told of no bill, for the money is not his", async () => {
    const [merchant] = testSandboxKeys.merchants;
    if (merchant === undefined) throw new Error("there is no merchant");
    const merchants = [merchant, { ...merchant, mchid: "1900000110" }];
    const stage = billStage(undefined, undefined, { keys: { ...testSandboxKeys, merchants } });
    await stage.pay("T20261120090100000001", 5600);
    await stage.until("2026-11-21 09:00:00");
    for (const kind of ["tradebill", "fundflowbill"]) {
      const asked = (mchid: string) => stage.wechat("GET", `/v3/bill/${kind}?bill_date=${day}`, undefined, mchid);
      expect(jsonOf(await asked(merchant.mchid)).status).toBe(200);
      expect(jsonOf(await asked("1900000110"))).toMatchObject({ json: { code: "NO_STATEMENT_EXIST" } });
    }
  });

  it("GZIP packs the same bytes, and the hash is of what is inside", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const plain = await stage.tradeBill(day);
    const packed = await stage.tradeBill(day, "&tar_type=GZIP");
    expect(packed["hash_value"]).toBe(plain["hash_value"]);
    expect(sha1(gunzipSync(packed["bytes"]))).toBe(plain["hash_value"]);
  });

  it("the address is on the host that was asked, wants a signature, answers without one and ends after five minutes", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const { json } = jsonOf(await stage.wechat("GET", `/v3/bill/tradebill?bill_date=${day}`));
    const { origin, pathname, search } = new URL(json.download_url);
    expect(origin).toBe(stage.origin);
    expect(jsonOf(await stage.get(pathname + search)).status).toBe(401);
    await stage.until("2026-11-21 09:05:00");
    const file = await stage.wechat("GET", pathname + search);
    expect(sha1(bytesOf(file))).toBe(json.hash_value);
    expect(file.kind === "answer" && Object.keys(file.headers)).not.toContain("Wechatpay-Signature");
    await stage.until("2026-11-21 09:05:01");
    expect(jsonOf(await stage.wechat("GET", pathname + search)).status).toBe(400);
    expect(jsonOf(await stage.wechat("GET", `${pathname}?token=x`)).status).toBe(400);
  });

  it("the same day asked again, a day later and after a restart, is the same bytes", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const both = async () => [(await stage.tradeBill(day))["sha1"], (await stage.fundFlow(day))["sha1"]];
    const first = await both();
    await stage.until("2026-11-22 15:00:00");
    stage.restart();
    expect(await both()).toEqual(first);
  });
});

describe("WeChat Pay's fund flow", () => {
  it("of the day made by hand is these bytes, from an opening of 1000.00", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const lines = (await stage.fundFlow(day))["text"].split("\r\n") as string[];
    expect(lines.slice(0, 3)).toEqual([
      "\uFEFF记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号",
      "`2026-11-20 09:01:02,`4200000000202611200000000001,`2026112009010200001,`交易,`交易,`收入,`56.00,`1056.00,`system,`,`T20261120090100000001",
      "`2026-11-20 09:01:02,`4200000000202611200000000001,`2026112009010200002,`扣除交易手续费,`扣除交易手续费,`支出,`0.34,`1055.66,`system,`结算总金额:56.00;费率:0.6%,`T20261120090100000001",
    ]);
    expect(lines[7]).toBe(
      "`2026-11-20 10:00:00,`50300000002026112000000000001,`2026112010000000007,`退款,`退款,`支出,`27.83,`1055.66,`1900000109,`退款总金额28.00元;含手续费0.17元,`R20261120100000000001",
    );
    expect(lines.slice(-3)).toEqual([
      "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额",
      "`10,`4,`92.00,`6,`36.34",
      "",
    ]);
    const { rows } = judge.castCsvBill((await stage.fundFlow(day))["bytes"]);
    expect(rows.at(-1)).toMatchObject({ "账户结余(元)": "1055.66" });
  });

  it("gives a closed refund back with the fee that went with it, on the day it was closed", async () => {
    const stage = billStage("2026-11-20T23:59:58+08:00");
    await stage.pay("T20261120235900000001", 10_000);
    await stage.control("refunds", { next: "closed" });
    await stage.refund("T20261120235900000001", "R1", 5000, 10_000);
    await stage.until("2026-11-22 09:00:00");
    expect((await stage.tradeBill(day))["text"]).toContain("`-0.30000");
    const { rows } = judge.castCsvBill((await stage.fundFlow("2026-11-21"))["bytes"]);
    expect(rows).toMatchObject([
      { 业务名称: "退款关闭", 收支类型: "收入", "收支金额(元)": "49.70", "账户结余(元)": "1099.40", 业务凭证号: "R1" },
      { 业务名称: "提现", 收支类型: "支出", "收支金额(元)": "49.70" },
    ]);
  });
});
