import { X509Certificate } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Aes, Formatter, Rsa, Wechatpay } from "wechatpay-axios-plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import type { PlatformKey } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { rsaPrivateKey } from "../../../src/gateway/signing/wechat.ts";
import { testKeys, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";
import { listeningSandbox } from "./sandbox-server.ts";

const { platform_certificate: certificate, wechatpay_public_key: publicKey } = testKeys;

/** What WeChat Pay signs with, and the text that the SDK is given to verify it. */
const modes: readonly (readonly [string, PlatformKey, string])[] = [
  [
    "by public key",
    { serial: publicKey.id, privateKey: rsaPrivateKey(publicKey.private_key_pem) },
    publicKey.public_key_pem,
  ],
  [
    "by platform certificate",
    {
      serial: certificate.serial_no,
      privateKey: rsaPrivateKey(certificate.private_key_pem),
      certificatePem: certificate.certificate_pem,
    },
    certificate.certificate_pem,
  ],
];

type Callback = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A shop's server that takes every notification. */
async function listeningShop() {
  const callbacks: Callback[] = [];
  const server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    callbacks.push({ headers: request.headers, body: Buffer.concat(body).toString("utf8") });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify/wechat-pay`,
    async next(): Promise<Callback> {
      for (let turn = 0; turn < 100 && callbacks.length === 0; turn++) await sleep(20);
      const callback = callbacks.shift();
      if (callback === undefined) throw new Error("no notification came");
      return callback;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

describe.each(modes)("an SDK that is not ours, %s", (_mode, signing, verifyingPem) => {
  let sandbox: Awaited<ReturnType<typeof listeningSandbox>>;
  let shop: Awaited<ReturnType<typeof listeningShop>>;
  let sdk: any;
  beforeAll(async () => {
    sandbox = await listeningSandbox({ ...testSandboxKeys, platformKeys: [signing] });
    shop = await listeningShop();
    sdk = new Wechatpay({
      mchid: testKeys.mchid,
      serial: testKeys.merchant.serial_no,
      privateKey: testKeys.merchant.private_key_pem,
      certs: { [signing.serial]: verifyingPem },
      baseURL: sandbox.url,
    } as never);
  });
  afterAll(async () => {
    await sandbox.stop();
    await shop.stop();
  });

  const { appid, mchid } = testKeys;
  const native = (no: string) =>
    sdk.v3.pay.transactions.native.post({
      appid,
      mchid,
      description: "和平路便利",
      out_trade_no: no,
      notify_url: shop.url,
      amount: { total: 12_841, currency: "CNY" },
    });
  const orderOf = (no: string) =>
    sdk.v3.pay.transactions.outTradeNo["{out_trade_no}"].get({ params: { mchid }, out_trade_no: no });
  const control = (path: string, body: object) =>
    fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  /** The callback's resource, verified and opened by the SDK's own functions. */
  function opened({ headers, body }: Callback): any {
    const text = Formatter.response(String(headers["wechatpay-timestamp"]), String(headers["wechatpay-nonce"]), body);
    expect(headers["wechatpay-serial"]).toBe(signing.serial);
    expect(Rsa.verify(text, String(headers["wechatpay-signature"]), verifyingPem)).toBe(true);
    const { resource, event_type } = JSON.parse(body);
    const { ciphertext, nonce, associated_data: beside } = resource;
    const told = JSON.parse(Aes.AesGcm.decrypt(ciphertext, testKeys.api_v3_key, nonce, beside));
    return { event_type, ...told };
  }

  it("charges a payment code and reverses it", async () => {
    const no = "T20261121190000000020";
    const charged = await sdk.v3.pay.transactions.codepay.post({
      appid,
      mchid,
      description: "和平路便利",
      out_trade_no: no,
      payer: { auth_code: "130601098828009420" },
      amount: { total: 1_000, currency: "CNY" },
      scene_info: { store_info: { out_id: "S0001" } },
    });
    expect(charged.data).toMatchObject({
      trade_state: "SUCCESS",
      amount: { total: 1_000, payer_total: 900 },
      promotion_detail: [{ type: "CASH", amount: 100 }],
    });
    await sdk.v3.pay.transactions.outTradeNo["{out_trade_no}"].reverse.post({ appid, mchid }, { out_trade_no: no });
    expect((await orderOf(no)).data).toMatchObject({ trade_state: "REVOKED" });
  });

  it("shows a code, is told of the payment, and gives a part of it back", async () => {
    const { code_url: content } = (await native("T20261121190000000021")).data;
    expect((await orderOf("T20261121190000000021")).data).toMatchObject({ trade_state: "NOTPAY" });
    expect((await control("scan", { wallet: "phone-01", content })).status).toBe(200);
    expect((await orderOf("T20261121190000000021")).data).toMatchObject({
      trade_state: "SUCCESS",
      trade_type: "NATIVE",
    });
    expect(opened(await shop.next())).toMatchObject({
      event_type: "TRANSACTION.SUCCESS",
      mchid,
      out_trade_no: "T20261121190000000021",
      amount: { total: 12_841 },
    });
    const asked = await sdk.v3.refund.domestic.refunds.post({
      out_trade_no: "T20261121190000000021",
      out_refund_no: "R20261121190000000021",
      reason: "退货",
      notify_url: shop.url,
      amount: { refund: 2_841, total: 12_841, currency: "CNY" },
    });
    expect(asked.data).toMatchObject({ status: "PROCESSING", amount: { refund: 2_841, settlement_refund: 2_841 } });
    expect(opened(await shop.next())).toMatchObject({
      event_type: "REFUND.SUCCESS",
      out_refund_no: "R20261121190000000021",
      refund_status: "SUCCESS",
      amount: { refund: 2_841 },
    });
    expect(
      (await sdk.v3.refund.domestic.refunds["{out_refund_no}"].get({ out_refund_no: "R20261121190000000021" })).data,
    ).toMatchObject({ status: "SUCCESS" });
    expect(readLedger(sandbox.store.lines).orders.get("T20261121190000000021")).toMatchObject({ givenBack: 2_841 });
  });

  it("closes an unpaid code with a 204 whose empty body is rightly signed, and cannot close a paid one", async () => {
    const { code_url: content } = (await native("T20261121190000000022")).data;
    const close = (no: string) =>
      sdk.v3.pay.transactions.outTradeNo["{out_trade_no}"].close.post({ mchid }, { out_trade_no: no });
    expect((await close("T20261121190000000022")).status).toBe(204);
    expect((await control("scan", { wallet: "phone-01", content })).status).toBe(409);
    const paid = (await native("T20261121190000000023")).data.code_url;
    await control("scan", { wallet: "phone-01", content: paid });
    await expect(close("T20261121190000000023")).rejects.toMatchObject({ response: { data: { code: "ORDERPAID" } } });
    await shop.next();
  });

  it("is refused a refund above what is left, and one the shop's balance does not cover", async () => {
    const { code_url: content } = (await native("T20261121190000000024")).data;
    await control("scan", { wallet: "phone-01", content });
    await shop.next();
    const ask = (refund: number) =>
      sdk.v3.refund.domestic.refunds.post({
        out_trade_no: "T20261121190000000024",
        out_refund_no: `R2026112119000000${refund}`,
        amount: { refund, total: 12_841, currency: "CNY" },
      });
    await expect(ask(12_842)).rejects.toMatchObject({ response: { status: 400, data: { code: "INVALID_REQUEST" } } });
    await control("refunds", { next: "shopBalance" });
    await expect(ask(100)).rejects.toMatchObject({ response: { status: 403, data: { code: "NOT_ENOUGH" } } });
    expect((await ask(100)).data).toMatchObject({ status: "PROCESSING" });
  });

  it("finds the platform certificates where there are any, each under its own serial", async () => {
    const listing = sdk.v3.certificates.get();
    if (signing.certificatePem === undefined) {
      await expect(listing).rejects.toMatchObject({ response: { status: 404 } });
      return;
    }
    const [{ serial_no, encrypt_certificate: sealed }] = (await listing).data.data;
    const pem = Aes.AesGcm.decrypt(sealed.ciphertext, testKeys.api_v3_key, sealed.nonce, sealed.associated_data);
    expect(new X509Certificate(pem).serialNumber).toBe(serial_no);
    expect(serial_no).toBe(signing.serial);
  });
});
