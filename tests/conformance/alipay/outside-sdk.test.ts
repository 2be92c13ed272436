import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AlipaySdk } from "alipay-sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNotification } from "../../../src/gateway/providers/alipay/notification.ts";
import { readAlipayLedger } from "../../../src/gateway/sandbox/alipay/ledger.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { createSandboxServer } from "../../../src/gateway/sandbox/http-server.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import {
  alipaySandboxKeys,
  alipayTestCredentials,
  alipayTestKeys as keys,
  type AlipayMode,
} from "../providers/alipay-stage.ts";

// the SDK writes the time of its process's zone where Alipay wants Beijing's
process.env["TZ"] = "Asia/Shanghai";

/** alipay-sdk as its readme shows it; only the gateway's URL and the keys are ours. */
function outsideSdk(mode: AlipayMode, gateway: string, privateKey: string = keys.app.private_key_pkcs1_pem): AlipaySdk {
  const trust =
    mode === "publicKey"
      ? { alipayPublicKey: keys.alipay.public_key_pem }
      : {
          appCertContent: keys.app.certificate_pem,
          alipayPublicCertContent: keys.alipay.certificate_pem,
          alipayRootCertContent: keys.root.bundle_pem,
        };
  return new AlipaySdk({ appId: keys.app_id, privateKey, gateway, ...trust });
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function ended(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function bodyOf(incoming: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

describe.each<AlipayMode>(["publicKey", "certificate"])("an SDK that is not ours, in %s mode", (mode) => {
  const store = memoryStore();
  const notified: string[] = [];
  const sandbox = createSandbox({ clock: systemClock, random: systemRandom, store, timeFactor: 0.01, fetch }, [
    alipayPlay(alipaySandboxKeys),
  ]);
  const server = createSandboxServer(sandbox, null);
  const shop = createServer(async (incoming, response) => {
    notified.push(await bodyOf(incoming));
    response.writeHead(200, { "Content-Type": "text/plain" }).end("success");
  });
  let gateway = "";
  let notifyUrl = "";
  let sdk: AlipaySdk;
  beforeAll(async () => {
    gateway = `${await listening(server)}/gateway.do`;
    notifyUrl = `${await listening(shop)}/notify`;
    sdk = outsideSdk(mode, gateway);
  });
  afterAll(async () => {
    await ended(server);
    await ended(shop);
    sandbox.stop();
  });

  const exec = (method: string, bizContent: object, common: object = {}, by = sdk) =>
    by.exec(method, { bizContent, ...common }, { validateSign: true });
  const order = (outTradeNo: string, authCode: string) => ({
    outTradeNo,
    authCode,
    scene: "bar_code",
    subject: '拿铁咖啡×2 100% "热" {大杯}',
    totalAmount: "56.00",
  });
  const trade = (outTradeNo: string) => readAlipayLedger(store.lines).orders.get(outTradeNo);

  it("pays, queries, refunds in part and asks about the refund, and takes every signature", async () => {
    const outTradeNo = "T20261121190000000031";
    const paid = await exec("alipay.trade.pay", order(outTradeNo, "280000000000000031"));
    expect(paid).toMatchObject({ code: "10000", outTradeNo, totalAmount: "56.00", receiptAmount: "56.00" });
    expect(await exec("alipay.trade.query", { outTradeNo })).toMatchObject({
      code: "10000",
      tradeStatus: "TRADE_SUCCESS",
    });
    const refund = {
      outTradeNo,
      refundAmount: "28.00",
      outRequestNo: "R20261121190000000031",
      refundReason: '50%+1 & "坏了"',
    };
    expect(await exec("alipay.trade.refund", refund)).toMatchObject({ fundChange: "Y", refundFee: "28.00" });
    expect(await exec("alipay.trade.refund", refund)).toMatchObject({ fundChange: "N", refundFee: "28.00" });
    expect(
      await exec("alipay.trade.fastpay.refund.query", { outTradeNo, outRequestNo: refund.outRequestNo }),
    ).toMatchObject({ refundStatus: "REFUND_SUCCESS", refundAmount: "28.00", totalAmount: "56.00" });
    expect(trade(outTradeNo)).toMatchObject({ total: 5_600, givenBack: 2_800 });
  });

  it("cancels a paid trade, closes an unpaid one, and reads the payer's password and refusals by code", async () => {
    await exec("alipay.trade.pay", order("T20261121190000000032", "280000000000000032"));
    expect(await exec("alipay.trade.cancel", { outTradeNo: "T20261121190000000032" })).toMatchObject({
      retryFlag: "N",
      action: "refund",
    });
    expect(await exec("alipay.trade.pay", order("T20261121190000000033", "280103000000000033"))).toMatchObject({
      code: "10003",
      msg: " order success pay inprocess",
    });
    expect(await exec("alipay.trade.close", { outTradeNo: "T20261121190000000033" })).toMatchObject({ code: "10000" });
    expect(await exec("alipay.trade.query", { outTradeNo: "T20261121190000000033" })).toMatchObject({
      tradeStatus: "TRADE_CLOSED",
    });
    expect(await exec("alipay.trade.pay", order("T20261121190000000034", "280201000000000034"))).toMatchObject({
      code: "40004",
      subCode: "ACQ.BUYER_BALANCE_NOT_ENOUGH",
    });
  });

  it("shows a code, and verifies the notifications of its payment and of its refund", async () => {
    const outTradeNo = "T20261121190000000035";
    const asked = { outTradeNo, subject: "Latte 1+1", totalAmount: "12.50", timeoutExpress: "5m" };
    const { qrCode } = await exec("alipay.trade.precreate", asked, { notifyUrl });
    expect(qrCode).toMatch(/^https:\/\/qr\.alipay\.com\/bax/u);
    await scan(String(qrCode));
    await exec("alipay.trade.refund", { outTradeNo, refundAmount: "2.50", outRequestNo: "R20261121190000000035" });
    await expect.poll(() => notified.length).toBe(2);
    const [payment = "", refund = ""] = notified;
    for (const body of [payment, refund]) {
      const told = Object.fromEntries(new URLSearchParams(body));
      expect(sdk.checkNotifySign(told, true)).toBe(true);
      expect(sdk.checkNotifySignV2({ ...told, total_amount: "1250.00" })).toBe(false);
    }
    const credentials = alipayTestCredentials(mode, gateway);
    const read = (body: string) =>
      readNotification({ headers: {}, body: Buffer.from(body) }, credentials, systemClock.now());
    expect(read(payment)).toMatchObject({ kind: "payment", id: outTradeNo, outcome: { kind: "captured" } });
    expect(read(refund)).toMatchObject({ kind: "refund", payment: outTradeNo, refund: "R20261121190000000035" });
  });

  it("refuses the sandbox's answer when one byte of it is changed", async () => {
    const altering = createServer(async (incoming, response) => {
      const answer = await fetch(gateway.replace("/gateway.do", incoming.url ?? ""), {
        method: "POST",
        headers: { "content-type": incoming.headers["content-type"] ?? "" },
        body: await bodyOf(incoming),
      });
      response.writeHead(answer.status).end((await answer.text()).replace("56.00", "56.01"));
    });
    const other = outsideSdk(mode, `${await listening(altering)}/gateway.do`);
    await expect(
      exec("alipay.trade.pay", order("T20261121190000000036", "280000000000000036"), {}, other),
    ).rejects.toThrow("验签失败");
    await ended(altering);
  });

  it("is refused when it signs with a key that is not the application's", async () => {
    const stranger = outsideSdk(mode, gateway, keys.alipay.private_key_pem);
    stranger.config.privateKey = keys.alipay.private_key_pem;
    expect(await exec("alipay.trade.query", { outTradeNo: "T20261121190000000031" }, {}, stranger)).toMatchObject({
      code: "40002",
      subCode: "isv.invalid-signature",
    });
  });

  /** The customer's phone scans what the shop shows. */
  async function scan(content: string): Promise<void> {
    const answer = await fetch(gateway.replace("/gateway.do", "/_sandbox/scan"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ provider: "alipay", wallet: "phone-01", content, behaviour: "usual" }),
    });
    expect(answer.status).toBe(200);
  }
});
