import { generateKeyPairSync } from "node:crypto";
import type { Random } from "../../domain/clock.ts";
import type { SampleAccount } from "./fill.ts";

const keyBits = 2048;
const serialBytes = 20;
/** Numbers in the providers' forms that belong to nobody. */
const mchid = "1900000001";
const appid = "wx0000000000000001";
const appId = "2021000000000001";
const sellerId = "2088000000000001";

/** One account with the sandbox, and what the sandbox must know of it. */
type Made = { readonly account: SampleAccount; readonly sandbox: unknown };

/** The sample shop's accounts with the sandbox at `baseUrl`, and the sandbox's own part of each; all from fresh key pairs. */
export function sandboxAccounts(
  random: Random,
  baseUrl: string,
): { readonly accounts: readonly SampleAccount[]; readonly sandboxKeys: Readonly<Record<string, unknown>> } {
  const wechatPay = wechatPayAccount(random, baseUrl);
  const alipay = alipayAccount(baseUrl);
  return {
    accounts: [wechatPay.account, alipay.account],
    sandboxKeys: { wechatPay: wechatPay.sandbox, alipay: alipay.sandbox },
  };
}

function wechatPayAccount(random: Random, baseUrl: string): Made {
  const merchant = rsaPair();
  const platform = rsaPair();
  const hex = (bytes: number): string => Buffer.from(random.bytes(bytes)).toString("hex").toUpperCase();
  const merchantSerial = hex(serialBytes);
  const publicKeyId = `PUB_KEY_ID_0${mchid}${hex(8)}`;
  const apiV3Key = hex(16);
  const credentials = {
    baseUrl,
    mchid,
    appid,
    merchantSerial,
    merchantPrivateKeyPem: merchant.privateKey,
    apiV3Key,
    platformKeys: [{ serial: publicKeyId, publicKeyPem: platform.publicKey }],
  };
  return {
    account: { id: "wechat-sandbox", provider: "wechat-pay", channel: "wechat", timings: {}, credentials },
    sandbox: {
      merchant: { mchid, appid, serial: merchantSerial, publicKeyPem: merchant.publicKey, apiV3Key },
      platform: { publicKeyId, privateKeyPem: platform.privateKey },
    },
  };
}

function alipayAccount(baseUrl: string): Made {
  const app = rsaPair();
  const alipay = rsaPair();
  const credentials = {
    mode: "publicKey",
    gatewayUrl: `${baseUrl}/gateway.do`,
    appId,
    sellerId,
    appPrivateKey: app.privateKey,
    alipayPublicKeys: [alipay.publicKey],
  };
  return {
    account: { id: "alipay-sandbox", provider: "alipay", channel: "alipay", timings: {}, credentials },
    sandbox: { appId, sellerId, appPublicKey: app.publicKey, alipayPrivateKey: alipay.privateKey },
  };
}

function rsaPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: keyBits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
