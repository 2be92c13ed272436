import { describe, expect, it } from "vitest";
import { openShop as open } from "./alipay-shop.ts";

const dayMs = 86_400_000;

describe("undoing", () => {
  it("a payment can be cancelled for 24 hours, and not after a refund", async () => {
    const shop = open();
    await shop.pay("T1");
    await shop.pay("T2");
    await shop.pay("T3");
    await shop.refund("T3", "1.00", "R1");
    const cancel = (outTradeNo: string) => shop.node("alipay.trade.cancel", { out_trade_no: outTradeNo });
    expect(await cancel("T3")).toMatchObject({ sub_code: "ACQ.CANCEL_NOT_ALLOWED" });
    await shop.clock.advance(dayMs);
    expect(await cancel("T1")).toMatchObject({ action: "refund", retry_flag: "N" });
    await shop.clock.advance(1);
    expect(await cancel("T2")).toMatchObject({ sub_code: "ACQ.TRADE_CANCEL_TIME_OUT" });
    expect(shop.order("T1")).toMatchObject({ givenBack: 1_000 });
    expect(shop.order("T2")).toMatchObject({ givenBack: 0 });
  });

  it("close ends an unpaid trade only", async () => {
    const shop = open();
    await shop.pay("T1");
    await shop.pay("T2", "280103");
    const close = (outTradeNo: string) => shop.node("alipay.trade.close", { out_trade_no: outTradeNo });
    expect(await close("T1")).toMatchObject({ sub_code: "ACQ.REASON_TRADE_STATUS_INVALID" });
    expect(await close("T2")).toMatchObject({ code: "10000" });
    expect(await close("T2")).toMatchObject({ sub_code: "ACQ.TRADE_STATUS_ERROR" });
  });

  it("refunds never exceed the payment, repeats move nothing, and a full one closes the trade", async () => {
    const shop = open();
    await shop.pay("T1");
    expect(await shop.refund("T1", "4.00", "R1")).toMatchObject({ fund_change: "Y", refund_fee: "4.00" });
    expect(await shop.refund("T1", "4.00", "R1")).toMatchObject({ fund_change: "N", refund_fee: "4.00" });
    expect(await shop.refund("T1", "4.01", "R1")).toMatchObject({ sub_code: "ACQ.DISCORDANT_REPEAT_REQUEST" });
    expect(await shop.refund("T1", "6.01", "R2")).toMatchObject({ sub_code: "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL" });
    expect(await shop.refund("T1", "6.00", "R2")).toMatchObject({ fund_change: "Y", refund_fee: "10.00" });
    expect(await shop.refund("T1", "0.01", "R3")).toMatchObject({ sub_code: "ACQ.TRADE_HAS_CLOSE" });
    expect(await shop.node("alipay.trade.query", { out_trade_no: "T1" })).toMatchObject({
      trade_status: "TRADE_CLOSED",
      send_pay_date: "2026-11-21 19:00:00",
    });
  });

  it("a year after payment the trade is finished and takes no refund", async () => {
    const shop = open();
    await shop.pay("T1");
    await shop.clock.advance(365 * dayMs);
    expect(await shop.node("alipay.trade.query", { out_trade_no: "T1" })).toMatchObject({
      trade_status: "TRADE_SUCCESS",
    });
    await shop.clock.advance(1);
    expect(await shop.node("alipay.trade.query", { out_trade_no: "T1" })).toMatchObject({
      trade_status: "TRADE_FINISHED",
    });
    expect(await shop.refund("T1", "1.00", "R1")).toMatchObject({ sub_code: "ACQ.TRADE_HAS_FINISHED" });
  });

  it("the shop's coupon goes back in parts that add up to it, the platform's is the shop's to give back", async () => {
    const shop = open();
    expect(await shop.pay("T1", "280602", { total_amount: "9.99" })).toMatchObject({
      receipt_amount: "9.00",
      buyer_pay_amount: "9.00",
      mdiscount_amount: "0.99",
    });
    const taken = [];
    for (const [index, amount] of ["3.33", "3.33", "3.33"].entries())
      taken.push((await shop.refund("T1", amount, `R${index}`))["send_back_fee"]);
    expect(taken.reduce((sum, yuan) => sum + Math.round(Number(yuan) * 100), 0)).toBe(900);
    expect(await shop.pay("T2", "280601")).toMatchObject({
      receipt_amount: "10.00",
      buyer_pay_amount: "9.00",
      discount_amount: "1.00",
    });
    expect(await shop.refund("T2", "10.00", "R9")).toMatchObject({ send_back_fee: "10.00" });
  });
});

describe("notifications", () => {
  const paid = async (shop: ReturnType<typeof open>, outTradeNo = "T1") => {
    const { qr_code: content } = await shop.precreate(outTradeNo);
    await shop.scan(content);
  };

  it("come at most eight times within 25 hours, with the same id, until the answer is success", async () => {
    const shop = open(() => "ok");
    await paid(shop);
    const begun = shop.clock.now();
    await shop.clock.advance(3 * dayMs);
    const minutes = shop.inbox.map(({ at }) => Math.round((at - begun) / 60_000));
    expect(minutes).toEqual([0, 4, 14, 24, 84, 204, 564, 1464]);
    expect(new Set(shop.inbox.map(({ form }) => form.get("notify_id"))).size).toBe(1);
  });

  it("are sent after a restart where they were not taken, and the payer's own act still happens", async () => {
    let answer = "fail";
    const shop = open(() => answer);
    await paid(shop);
    const { qr_code: content } = await shop.precreate("T2");
    await shop.scan(content, "0101");
    await shop.clock.advance(2_000);
    expect(shop.inbox).toHaveLength(1);
    shop.restart();
    answer = "success";
    await shop.clock.advance(dayMs);
    expect(shop.inbox.map(({ form }) => form.get("out_trade_no"))).toEqual(["T1", "T2", "T1"]);
    expect(shop.order("T2")).toMatchObject({ status: "TRADE_SUCCESS" });
  });

  it("of a refund repeat the payment's state with the sum of all refunds; a payer's code has none at all", async () => {
    const shop = open();
    await paid(shop);
    await shop.refund("T1", "4.00", "R1");
    await shop.refund("T1", "6.00", "R2");
    await shop.pay("T2");
    await shop.clock.advance(10_000);
    expect(
      shop.inbox.map(({ form }) => [form.get("trade_status"), form.get("refund_fee"), form.get("out_biz_no")]),
    ).toEqual([
      ["TRADE_SUCCESS", null, null],
      ["TRADE_SUCCESS", "4.00", "R1"],
      ["TRADE_CLOSED", "10.00", "R2"],
    ]);
  });

  it.each([
    ["lost", 0, 1],
    ["duplicate", 1, 2],
    ["late", 0, 1],
    ["forged", 1, 2],
  ] as const)("played as %s come %i times in 30 s and %i times in all", async (play, soon, inAll) => {
    const shop = open();
    await shop.control("notifications", { next: play });
    await paid(shop);
    await shop.clock.advance(30_000);
    expect(shop.inbox).toHaveLength(soon);
    await shop.clock.advance(3 * dayMs);
    // a lost one is lost at every try
    expect(shop.inbox).toHaveLength(play === "lost" ? 0 : play === "forged" ? 1 : inAll);
  });
});
