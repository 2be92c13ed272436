import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import * as yauzl from "yauzl";
import { billStage } from "./bill-stage.ts";

const day = "2026-11-20";
const utf8Flag = 0x800;

type Entry = { readonly name: string; readonly flags: number; readonly text: string; readonly bytes: Buffer };

/** The archive as a reader that is not ours takes it apart; names and files are GBK. */
async function unpacked(bytes: Buffer): Promise<Entry[]> {
  const archive = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(bytes, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }, (fault, file) =>
      fault === null ? resolve(file) : reject(fault),
    ),
  );
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    archive.on("error", reject);
    archive.on("end", () => resolve(entries));
    archive.on("entry", (entry: yauzl.Entry) =>
      archive.openReadStream(entry, async (fault, stream) => {
        if (fault !== null) return reject(fault);
        const chunks: Buffer[] = [];
        for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
        const content = Buffer.concat(chunks);
        const name = iconv.decode(entry.fileName as unknown as Buffer, "gbk");
        const flags = entry.generalPurposeBitFlag;
        entries.push({ name, flags, bytes: content, text: iconv.decode(content, "gbk") });
        archive.readEntry();
      }),
    );
    archive.readEntry();
  });
}

/** A plain payment with a part refund, the shop's coupon, the platform's coupon, a cancelled payment. */
async function handMadeDay() {
  const stage = billStage("2026-11-20T09:01:03+08:00");
  await stage.alipayPay("T20261120090100000001", "56.00");
  await stage.until("2026-11-20 09:05:00");
  await stage.alipayPay("T20261120090500000002", "30.00", "0602");
  await stage.until("2026-11-20 09:06:00");
  await stage.alipayPay("T20261120090600000003", "10.00", "0601");
  await stage.until("2026-11-20 10:00:02");
  await stage.alipay("alipay.trade.refund", {
    out_trade_no: "T20261120090100000001",
    refund_amount: "28.00",
    out_request_no: "R20261120100000000001",
  });
  await stage.until("2026-11-20 11:00:00");
  await stage.alipayPay("T20261120110000000004", "8.00");
  await stage.until("2026-11-20 11:00:40");
  await stage.alipay("alipay.trade.cancel", { out_trade_no: "T20261120110000000004" });
  return stage;
}

const account = "20880000000001560156";
const place = "S0001,S0001,,POS-03,*测试(tes***@example.test)";
const number = (turn: number) => `202611202200140000000000000${turn}\t`;

describe("Alipay's trade bill", () => {
  it("of a day made by hand is these two texts in GBK, under names in GBK without the flag for UTF-8", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const { bytes, url } = await stage.alipayBill(day);
    expect(new URL(url).searchParams.get("downloadFileName")).toBe(`${account}_20261120.csv.zip`);
    const [details, sums] = await unpacked(bytes);
    expect([details?.name, sums?.name]).toEqual([
      `${account}_20261120_业务明细.csv`,
      `${account}_20261120_业务明细(汇总).csv`,
    ]);
    expect([details, sums].map((each) => (each?.flags ?? utf8Flag) & utf8Flag)).toEqual([0, 0]);
    expect(details?.bytes).toEqual(iconv.encode(details?.text ?? "", "gbk"));
    expect(details?.text.split("\r\n")).toEqual([
      "#支付宝业务明细查询",
      `#账号：[${account}]`,
      "#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]",
      "#-----------------------------------------业务明细列表----------------------------------------",
      "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注",
      `${number(1)},T20261120090100000001\t,交易,拿铁咖啡x2,2026-11-20 09:01:03,2026-11-20 09:01:03,${place},56.00,56.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,\t,-0.34,0.00,`,
      `${number(2)},T20261120090500000002\t,交易,拿铁咖啡x2,2026-11-20 09:05:00,2026-11-20 09:05:00,${place},30.00,27.00,0.00,0.00,0.00,3.00,0.00,,0.00,0.00,\t,-0.16,0.00,`,
      `${number(3)},T20261120090600000003\t,交易,拿铁咖啡x2,2026-11-20 09:06:00,2026-11-20 09:06:00,${place},10.00,10.00,0.00,0.00,1.00,0.00,0.00,,0.00,0.00,\t,-0.06,0.00,`,
      `${number(1)},T20261120090100000001\t,退款,拿铁咖啡x2,2026-11-20 09:01:03,2026-11-20 10:00:02,${place},-28.00,-28.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,R20261120100000000001\t,0.17,0.00,`,
      `${number(4)},T20261120110000000004\t,交易,拿铁咖啡x2,2026-11-20 11:00:00,2026-11-20 11:00:00,${place},8.00,8.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,\t,-0.05,0.00,`,
      `${number(4)},T20261120110000000004\t,退款,拿铁咖啡x2,2026-11-20 11:00:00,2026-11-20 11:00:40,${place},-8.00,-8.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,\t,0.05,0.00,`,
      "#-----------------------------------------业务明细列表结束------------------------------------",
      "#交易合计：4笔，商家实收共101.00元，商家优惠共3.00元",
      "#退款合计：2笔，商家实收退款共-36.00元，商家优惠退款共0.00元",
      "#导出时间：[2026年11月21日 09:12:00]",
      "",
    ]);
    expect(sums?.text).toContain("合计,,4,2,68.00,65.00,1.00,3.00,0.00,-0.39,0.00,64.61\r\n");
  });

  it("has nothing of a refund that was taken on and never done, nor has the account", async () => {
    const stage = billStage("2026-11-20T09:00:00+08:00");
    await stage.alipayPay("T1", "100.00");
    await stage.control("refunds", { provider: "alipay", next: "stays" });
    await stage.alipay("alipay.trade.refund", { out_trade_no: "T1", refund_amount: "1.00", out_request_no: "R1" });
    await stage.until("2026-11-21 07:00:00");
    expect((await stage.control("balance?provider=alipay")).json.balance).toBe(109_940);
    await stage.until("2026-11-21 09:00:00");
    const [details] = await unpacked((await stage.alipayBill(day)).bytes);
    expect(details?.text).toContain("#退款合计：0笔");
  });

  it("keeps a name outside GBK by writing GB18030", async () => {
    const stage = billStage("2026-11-20T09:00:00+08:00");
    await stage.alipay("alipay.trade.pay", {
      out_trade_no: "T1",
      auth_code: "289999000000000001",
      scene: "bar_code",
      subject: "𠮷祥糖",
      total_amount: "1.00",
    });
    await stage.until("2026-11-21 09:00:00");
    const [details] = await unpacked((await stage.alipayBill(day)).bytes);
    expect(iconv.decode(details?.bytes ?? Buffer.alloc(0), "gb18030")).toContain("𠮷祥糖");
  });
});

describe("Alipay's account flow", () => {
  it("has a line for each payment, fee and refund with the balance after it, fees given back apart", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const [details, sums] = await unpacked((await stage.alipayBill(day, "signcustomer")).bytes);
    const lines = details?.text.split("\r\n") ?? [];
    expect(lines[4]).toBe(
      "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注",
    );
    const cells = lines.filter((line) => /^\d/u.test(line)).map((line) => line.split(","));
    expect(cells.map((row) => [row[10], row[6], row[7], row[8]])).toEqual([
      ["在线支付", "56.00", "", "1056.00"],
      ["收费", "", "-0.34", "1055.66"],
      ["在线支付", "27.00", "", "1082.66"],
      ["收费", "", "-0.16", "1082.50"],
      ["在线支付", "10.00", "", "1092.50"],
      ["收费", "", "-0.06", "1092.44"],
      ["交易退款", "", "-28.00", "1064.44"],
      ["退费", "0.17", "", "1064.61"],
      ["在线支付", "8.00", "", "1072.61"],
      ["收费", "", "-0.05", "1072.56"],
      ["交易退款", "", "-8.00", "1064.56"],
      ["退费", "0.05", "", "1064.61"],
    ]);
    expect(details?.text).toContain("#支出合计：6笔，共-36.61元\r\n#收入合计：6笔，共101.22元\r\n");
    expect(sums?.text).toContain("合计,6,101.22,6,-36.61\r\n");
  });

  it("has the payout of the day's net on the next morning", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-22 09:00:00");
    const [details] = await unpacked((await stage.alipayBill("2026-11-21", "signcustomer")).bytes);
    expect(details?.text).toContain(",2026-11-21 08:00:00,,,-64.61,1000.00,支付宝,提现,自动提现\r\n");
  });
});

describe("asking Alipay for a bill's address", () => {
  it.each<[string, string, string, string]>([
    ["today's", "trade", "2026-11-20", "BILL_NOT_EXIST"],
    ["one of an empty day", "trade", "2026-11-18", "NO_BILL_DATA"],
    ["the flow of an empty day", "signcustomer", "2026-11-18", "NO_BILL_DATA"],
    ["a month's", "trade", "2026-10", "BILL_NOT_EXIST"],
    ["one of seven years ago", "trade", "2019-11-18", "BILL_NOT_EXIST"],
    ["tomorrow's", "trade", "2026-11-21", "INVAILID_ARGUMENTS"],
    ["one of no day", "trade", "2026-02-30", "INVAILID_ARGUMENTS"],
    ["one of no type", "x", "2026-11-19", "INVAILID_ARGUMENTS"],
  ])("%s is refused by its code", async (_what, type, asked, code) => {
    const stage = billStage("2026-11-20T09:00:00+08:00");
    await stage.alipayPay("T1", "1.00");
    expect(await stage.alipayBill(asked, type)).toMatchObject({ code });
  });

  it("the address is on the origin that was asked, is good for 30 s, and gives the same bytes however often", async () => {
    const stage = await handMadeDay();
    await stage.until("2026-11-21 09:00:00");
    const { url, bytes } = await stage.alipayBill(day);
    expect(new URL(url).origin).toBe(stage.origin);
    const path = url.slice(stage.origin.length);
    await stage.until("2026-11-21 09:00:30");
    expect(await stage.get(path)).toMatchObject({ status: 200 });
    await stage.until("2026-11-21 09:00:31");
    expect(await stage.get(path)).toMatchObject({ status: 404 });
    await stage.until("2026-11-23 12:00:00");
    stage.restart();
    expect((await stage.alipayBill(day)).bytes).toEqual(bytes);
  });
});

const fen = (yuan: string | undefined): number => Math.round(Number(yuan ?? "") * 100);
/** The cells of the lines that are data. */
const cellsOf = (text: string | undefined): string[][] =>
  (text ?? "").split("\r\n").flatMap((line) => (/^\d/u.test(line) ? [line.split(",").map((cell) => cell.trim())] : []));
const total = (rows: readonly string[][], column: number): number =>
  rows.reduce((all, row) => all + fen(row[column]), 0);

const acts = fc.oneof(
  fc.record({ total: fc.integer({ min: 1, max: 60_000 }), digits: fc.constantFrom("9999", "0601", "0602") }),
  fc.record({ of: fc.nat(9), part: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ cancels: fc.nat(9) }),
);

it("random days balance: totals are the sums of the rows, and the account flow moves by what the trade bill says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 14 }), async (plan) => {
      const stage = billStage("2026-11-20T09:00:00+08:00");
      const orders: { no: string; total: number }[] = [];
      const orderAt = (at: number) => orders[at % Math.max(1, orders.length)];
      const yuan = (amount: number): string => (amount / 100).toFixed(2);
      for (const [turn, act] of plan.entries()) {
        if ("total" in act) {
          orders.push({ no: `T${turn}`, total: act.total });
          await stage.alipayPay(`T${turn}`, yuan(act.total), act.digits);
        } else if ("cancels" in act) {
          await stage.alipay("alipay.trade.cancel", { out_trade_no: orderAt(act.cancels)?.no ?? "T99" });
        } else {
          const { no = "T99", total: whole = 100 } = orderAt(act.of) ?? {};
          const refund_amount = yuan(Math.max(1, Math.floor((whole * act.part) / 100)));
          await stage.alipay("alipay.trade.refund", { out_trade_no: no, refund_amount, out_request_no: `R${turn}` });
        }
        await stage.clock.advance(60_000);
      }
      await stage.until("2026-11-21 09:00:00");
      if (orders.length === 0) return;
      const [details, sums] = await unpacked((await stage.alipayBill(day)).bytes);
      const rows = cellsOf(details?.text);
      const paid = rows.filter((row) => row[2] === "交易");
      const gone = rows.filter((row) => row[2] === "退款");
      expect(details?.text).toContain(`#交易合计：${paid.length}笔，商家实收共${yuan(total(paid, 12))}元`);
      expect(details?.text).toContain(`#退款合计：${gone.length}笔，商家实收退款共${yuan(total(gone, 12))}元`);
      const net = total(rows, 12) + total(rows, 22);
      expect(
        sums?.text
          .split("\r\n")
          .find((line) => line.startsWith("合计"))
          ?.split(",")
          .at(-1),
      ).toBe(yuan(net));
      const [flow] = await unpacked((await stage.alipayBill(day, "signcustomer")).bytes);
      let balance = 100_000;
      for (const row of cellsOf(flow?.text)) expect((balance += fen(row[6]) + fen(row[7]))).toBe(fen(row[8]));
      expect(balance).toBe(100_000 + net);
    }),
    { numRuns: 20 },
  );
}, 60_000);
