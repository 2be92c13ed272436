import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { formParameters, readNotification } from "../../../src/gateway/providers/alipay/notification.ts";
import { signedNotification } from "../../../src/gateway/sandbox/alipay/send-notification.ts";
import {
  alipaySandboxKeys,
  alipayTestCredentials,
  alipayTestKeys as keys,
} from "../../conformance/providers/alipay-stage.ts";

const now = instant(Date.parse("2026-11-21T19:00:30+08:00"));
const credentials = alipayTestCredentials("publicKey", "https://alipay.invalid/gateway.do");
const certified = alipayTestCredentials("certificate", "https://alipay.invalid/gateway.do");

const told = {
  notify_id: "2026112100222190010000000000000001",
  notify_time: "2026-11-21 19:00:12",
  notify_type: "trade_status_sync",
  app_id: keys.app_id,
  seller_id: keys.seller_id,
  out_trade_no: "01JD7Z0000AAAA000000000001",
  trade_no: "2026112122001400000000000003",
  trade_status: "TRADE_SUCCESS",
  total_amount: "12.50",
  receipt_amount: "11.50",
  buyer_pay_amount: "10.50",
  gmt_payment: "2026-11-21 19:00:11",
  voucher_detail_list:
    '[{"name":"满减","amount":"1.00","merchantContribute":"1.00","otherContribute":"0.00"},{"name":"立减","amount":"1.00","merchantContribute":"0.00","otherContribute":"1.00"}]',
};

const form = (over: object = {}) => signedNotification({ ...told, ...over }, alipaySandboxKeys.alipayKey, false);
const read = (text: string, by = credentials) => readNotification({ headers: {}, body: Buffer.from(text) }, by, now);

describe("a notification of Alipay's", () => {
  it("tells a payment with its three amounts and who paid for which coupon", () => {
    expect(read(form())).toEqual({
      kind: "payment",
      notification: told.notify_id,
      id: told.out_trade_no,
      outcome: {
        kind: "captured",
        providerTransactionId: told.trade_no,
        at: Date.parse("2026-11-21T19:00:11+08:00"),
        amounts: {
          order: 1_250,
          receivable: 1_150,
          paid: 1_050,
          discounts: [
            { name: "满减", amount: 100, fundedBy: "shop" },
            { name: "立减", amount: 100, fundedBy: "others" },
          ],
        },
      },
    });
  });

  it.each<[string, object, object]>([
    ["an unknown parameter takes part", { brand_new: "1+1=2 & more" }, { kind: "payment" }],
    ["an empty parameter takes part", { body: "" }, { kind: "payment" }],
    ["a refund is no second payment", { refund_fee: "2.50", out_biz_no: "R1" }, { kind: "refund", refund: "R1" }],
    ["a refund by its time alone", { gmt_refund: "2026-11-21 19:40:00.123", out_biz_no: "R1" }, { kind: "refund" }],
    ["a refund without its number", { refund_fee: "2.50" }, { kind: "ignored" }],
    ["closed without payment", { trade_status: "TRADE_CLOSED", gmt_payment: "" }, { outcome: { kind: "closed" } }],
    ["finished is paid", { trade_status: "TRADE_FINISHED" }, { outcome: { kind: "captured" } }],
    ["a state of its own", { trade_status: "TRADE_PENDING" }, { kind: "ignored", why: "TRADE_PENDING" }],
    ["another kind of message", { notify_type: "dut_user_sign" }, { kind: "ignored" }],
    ["coupons that are no list", { voucher_detail_list: "{" }, { kind: "payment" }],
    ["another application", { app_id: "2021000000000009" }, { kind: "refused", why: "body" }],
    ["another seller", { seller_id: "2088000000000999" }, { kind: "refused", why: "body" }],
    ["no seller", { seller_id: "" }, { kind: "refused", why: "body" }],
    ["no number", { out_trade_no: "" }, { kind: "refused", why: "body" }],
  ])("%s: %j", (_what, over, reading) => {
    expect(read(form(over))).toMatchObject(reading);
  });

  it("in certificate mode may name its certificate or not; one that we do not hold is refused", () => {
    expect(read(form(), certified).kind).toBe("payment");
    expect(read(form({ alipay_cert_sn: keys.alipay.alipay_cert_sn }), certified).kind).toBe("payment");
    expect(read(form({ alipay_cert_sn: "0".repeat(32) }), certified)).toEqual({ kind: "refused", why: "signature" });
  });

  it("with RSA for RSA2, or with a doubled name, is refused", () => {
    expect(read(form().replace("sign_type=RSA2", "sign_type=RSA")).kind).toBe("refused");
    expect(read(`${form()}&total_amount=12.50`)).toEqual({ kind: "refused", why: "body" });
  });

  it("is decoded once: plus is a space, %2B a plus, %25 a percent sign", () => {
    expect(formParameters(Buffer.from("a=1+%2B%252B&b=%E6%8B%BF"))).toEqual({ a: "1 +%2B", b: "拿" });
  });

  it("with more than 200 parameters, or bytes that no form has, is nothing", () => {
    const many = Array.from({ length: 201 }, (_each, index) => `p${index}=1`).join("&");
    expect(formParameters(Buffer.from(many))).toBeNull();
    expect(formParameters(Buffer.from("a=\u0000"))).toBeNull();
    expect(formParameters(Buffer.from("a=拿"))).toBeNull();
  });
});
