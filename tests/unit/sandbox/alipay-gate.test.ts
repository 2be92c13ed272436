import { describe, expect, it } from "vitest";
import { readSandboxConfig } from "../../../src/gateway/sandbox/config.ts";
import { alipayTestKeys as keys } from "../../conformance/providers/alipay-stage.ts";
import { nodeIn, openShop as open } from "./alipay-shop.ts";

describe("the configuration", () => {
  const alipay = {
    appId: keys.app_id,
    sellerId: keys.seller_id,
    appPublicKey: keys.app.public_key_pem,
    alipayPrivateKey: keys.alipay.private_key_pem,
  };
  const read = (over: object) =>
    readSandboxConfig(JSON.stringify({ port: 0, storeFile: "sandbox.jsonl", alipay: { ...alipay, ...over } }));

  it("with a member alipay plays Alipay, with certificates or without", () => {
    expect(read({}).plays.map(({ provider }) => provider)).toEqual(["alipay"]);
    const pems = { app: keys.app.certificate_pem, alipay: keys.alipay.certificate_pem, root: keys.root.bundle_pem };
    expect(read({ certificates: pems }).plays).toHaveLength(1);
  });

  it.each([
    ["alipay.appId", { appId: "" }],
    ["alipay.alipayPrivateKey", { alipayPrivateKey: 1 }],
    [
      "alipay.certificates.root",
      { certificates: { app: keys.app.certificate_pem, alipay: keys.alipay.certificate_pem } },
    ],
  ])("names the member that is wrong: %s", (name, over) => {
    expect(() => read(over)).toThrow(name);
  });
});

describe("the gate", () => {
  it("takes query and body together, GET too, and a signature over empty values kept or dropped", async () => {
    const shop = open();
    await shop.pay("T1");
    const asked = { ...shop.common("alipay.trade.query", { out_trade_no: "T1" }), app_auth_token: "" };
    for (const how of [{}, { method: "GET" }, { kept: true }])
      expect(nodeIn(await shop.send(asked, how))).toMatchObject({ code: "10000", trade_status: "TRADE_SUCCESS" });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ["another application", { app_id: "2021000000000009" }, "40002", "isv.invalid-app-id"],
    ["no version", { version: "" }, "40001", "isv.missing-version"],
    ["a clock that is wrong", { timestamp: "2026-11-21 19:05:01" }, "40002", "isv.invalid-timestamp"],
    ["UTC for Beijing time", { timestamp: "2026-11-21 11:00:00" }, "40002", "isv.invalid-timestamp"],
    ["members that are no JSON", { biz_content: "{" }, "40002", "isv.invalid-parameter"],
    ["one certificate number only", { app_cert_sn: keys.app.app_cert_sn }, "40002", "isv.invalid-root-cert-sn"],
    [
      "another certificate",
      { app_cert_sn: "0".repeat(32), alipay_root_cert_sn: keys.root.alipay_root_cert_sn },
      "40002",
      "isv.invalid-app-cert-sn",
    ],
  ])("refuses %s, rightly signed as it is", async (_what, over, code, subCode) => {
    const shop = open();
    const told = await shop.node("alipay.trade.query", { out_trade_no: "T1" }, over);
    expect(told).toMatchObject({ code, sub_code: subCode });
  });

  it("tells a fault in the node of the method, and in error_response for a method it does not have", async () => {
    const shop = open();
    const known = await shop.send(shop.common("alipay.trade.query", "x"));
    expect(Object.keys(JSON.parse(known))).toEqual(["alipay_trade_query_response", "sign"]);
    const unknown = await shop.send(shop.common("alipay.trade.page.pay", {}));
    expect(JSON.parse(unknown)).toMatchObject({ error_response: { code: "40002", sub_code: "isv.invalid-method" } });
  });

  it("sends node, certificate number and signature in this order, with slashes escaped", async () => {
    const shop = open();
    const certified = { app_cert_sn: keys.app.app_cert_sn, alipay_root_cert_sn: keys.root.alipay_root_cert_sn };
    const members = { out_trade_no: "T1", subject: "Latte", total_amount: "1.00" };
    const body = await shop.send({ ...shop.common("alipay.trade.precreate", members), ...certified });
    expect(Object.keys(JSON.parse(body))).toEqual(["alipay_trade_precreate_response", "alipay_cert_sn", "sign"]);
    expect(body).toContain(String.raw`"qr_code":"https:\/\/qr.alipay.com\/bax`);
  });

  it.each<[string, object]>([
    ["total_amount", { total_amount: 10 }],
    ["total_amount", { total_amount: "0.00" }],
    ["total_amount", { total_amount: "10.001" }],
    ["total_amount", { total_amount: "100000000.01" }],
    ["subject", { subject: "a=b" }],
    ["out_trade_no", { out_trade_no: "T-1" }],
    ["seller_id", { seller_id: "2088000000000999" }],
    ["timeout_express", { timeout_express: "90s" }],
    ["scene", { scene: "face" }],
  ])("refuses a payment with a wrong %s: %j", async (name, over) => {
    const shop = open();
    expect(await shop.pay("T1", "280000", over)).toMatchObject({
      sub_code: "ACQ.INVALID_PARAMETER",
      sub_msg: expect.stringContaining(name),
    });
  });
});

describe("numbers and codes", () => {
  it("a number stays bound to its first data", async () => {
    const shop = open();
    await shop.pay("T1");
    expect(await shop.pay("T1", "280000000000000009")).toMatchObject({ sub_code: "ACQ.TRADE_HAS_SUCCESS" });
    expect(await shop.pay("T1", "280000000000000008", { total_amount: "10.01" })).toMatchObject({
      sub_code: "ACQ.CONTEXT_INCONSISTENT",
    });
    expect(await shop.precreate("T1")).toMatchObject({ sub_code: "ACQ.CONTEXT_INCONSISTENT" });
    expect(shop.order("T1")).toMatchObject({ total: 1_000, givenBack: 0 });
  });

  it("a waiting number answers the same buyer its state, another buyer a refusal", async () => {
    const shop = open();
    const { json } = (await shop.control("wallets/phone-01/code", { behaviour: "0103" })) as { json: { code: string } };
    expect(await shop.pay("T1", json.code)).toMatchObject({ code: "10003", total_amount: "10.00" });
    expect(await shop.pay("T1", "280000000000000009")).toMatchObject({ sub_code: "ACQ.TRADE_BUYER_NOT_MATCH" });
  });

  it("no payment code stands in the store", async () => {
    const shop = open();
    const { json } = (await shop.control("wallets/phone-01/code", { behaviour: "usual" })) as {
      json: { code: string };
    };
    await shop.pay("T1", json.code);
    expect(shop.store.lines.join("\n")).not.toContain(json.code);
    expect(await shop.pay("T2", json.code)).toMatchObject({ sub_code: "ACQ.PAYMENT_AUTH_CODE_INVALID" });
  });

  it("an order nobody scanned is no trade: query and close do not know it, cancel ends its code", async () => {
    const shop = open();
    const { qr_code: content } = await shop.precreate("T1");
    for (const method of ["alipay.trade.query", "alipay.trade.close"])
      expect(await shop.node(method, { out_trade_no: "T1" })).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
    const told = await shop.node("alipay.trade.cancel", { out_trade_no: "T1" });
    expect(told).toMatchObject({ code: "10000", retry_flag: "N" });
    expect(told).not.toHaveProperty("action");
    expect((await shop.scan(content)).status).toBe(409);
    expect(await shop.precreate("T1")).toMatchObject({ sub_code: "ACQ.TRADE_HAS_CLOSE" });
  });

  it("a scanned code makes the trade, which ends unpaid at its time", async () => {
    const shop = open();
    const { qr_code: content } = await shop.precreate("T1", { timeout_express: "5m" });
    expect((await shop.scan(content, "0103")).status).toBe(200);
    expect(await shop.node("alipay.trade.query", { out_trade_no: "T1" })).toMatchObject({
      trade_status: "WAIT_BUYER_PAY",
    });
    await shop.clock.advance(300_000);
    const told = await shop.node("alipay.trade.query", { out_trade_no: "T1" });
    expect(told).toMatchObject({ trade_status: "TRADE_CLOSED" });
    expect(told).not.toHaveProperty("send_pay_date");
  });
});
