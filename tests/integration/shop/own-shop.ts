import type { AlipayAccountBody, StoreBody, WechatPayAccountBody } from "../../../src/contract/shop-setup.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import type { Configuration } from "../../../src/gateway/config.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { alipaySandboxKeys, alipayTestKeys } from "../../conformance/providers/alipay-stage.ts";
import { testKeys, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";

/** A shop of one's own on this machine, with nothing in it. */
export const ownConfiguration: Configuration = {
  v: 1,
  gateway: { listen: "127.0.0.1", port: 8400, tillHost: "127.0.0.1", officeHost: "localhost" },
  sandbox: { on: false },
  shop: { kind: "own", name: "岭上便利", currency: "CNY", timeZone: "Asia/Shanghai" },
  rules: { tips: [500] },
};

/** The providers at their own addresses, played by the sandbox: no setting of the product leads there. */
export function providersAtHand(): Fetch {
  const sandbox = createSandbox({ clock: systemClock, random: systemRandom, store: memoryStore(), timeFactor: 0.1 }, [
    wechatPayPlay(testSandboxKeys),
    alipayPlay(alipaySandboxKeys),
  ]);
  const play = sandboxFetch(sandbox) as Fetch;
  return (url, init) => {
    const { origin } = new URL(url);
    if (origin !== "https://api.mch.weixin.qq.com" && origin !== "https://openapi.alipay.com")
      throw new Error(`nobody is asked at ${origin}`);
    return play(url, init);
  };
}

export const firstStore: StoreBody = {
  v: 1,
  name: "岭上便利 和平路店",
  address: "和平路 18 号",
  phone: "555-0118",
  zone: "Asia/Shanghai",
  cutMinute: 240,
  taxMode: "included",
  displayLanguage: "zh-CN",
};

/** The form as the merchant's papers fill it. */
export function wechatPayForm(stores: readonly StoreId[]): WechatPayAccountBody {
  const { merchant, wechatpay_public_key: publicKey } = testKeys;
  return {
    v: 1,
    provider: "wechat-pay",
    stores: [...stores],
    mchid: testKeys.mchid,
    appid: testKeys.appid,
    apiV3Key: testKeys.api_v3_key,
    privateKey: merchant.private_key_pem,
    certificate: merchant.certificate_pem,
    publicKeyId: publicKey.id,
    publicKey: publicKey.public_key_pem,
  };
}

export function alipayForm(stores: readonly StoreId[]): AlipayAccountBody {
  return {
    v: 1,
    provider: "alipay",
    stores: [...stores],
    appId: alipayTestKeys.app_id,
    sellerId: alipayTestKeys.seller_id,
    privateKey: alipayTestKeys.app.private_key_pkcs8_pem,
    publicKey: alipayTestKeys.alipay.public_key_pem,
    appCertificate: "",
    alipayCertificate: "",
    rootCertificate: "",
  };
}
