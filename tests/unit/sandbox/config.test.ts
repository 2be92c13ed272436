import { describe, expect, it } from "vitest";
import { readSandboxConfig } from "../../../src/gateway/sandbox/config.ts";
import { readTerms } from "../../../src/gateway/sandbox/settlement/terms.ts";
import { readWechatPayKeys } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { testKeys } from "../../conformance/providers/wechat-stage.ts";

const { merchant, platform_certificate: certificate, wechatpay_public_key: platform } = testKeys;
const wechatPay = {
  merchant: {
    mchid: testKeys.mchid,
    appid: testKeys.appid,
    serial: merchant.serial_no,
    publicKeyPem: merchant.public_key_pem,
    apiV3Key: testKeys.api_v3_key,
  },
  platform: { publicKeyId: platform.id, privateKeyPem: platform.private_key_pem },
};
const rest = { port: 0, storeFile: "/tmp/store.jsonl" };
const read = (over: object) => readSandboxConfig(JSON.stringify({ ...rest, ...over }));
const providers = (over: object) => read(over).plays.map(({ provider }) => provider);

describe("the sandbox's configuration", () => {
  it("WeChat Pay is read from its member, and from the name that it had while it was here alone", () => {
    expect(providers({ wechatPay })).toEqual(["wechat"]);
    const { apiV3Key: _none, ...older } = wechatPay.merchant;
    expect(providers({ keys: { ...wechatPay, merchant: older } })).toEqual(["wechat"]);
  });

  it.each<[string, object, RegExp]>([
    ["no provider", {}, /no provider/u],
    ["no port", { port: undefined, wechatPay }, /port/u],
    ["a time factor of 11", { timeFactor: 11, wechatPay }, /timeFactor/u],
    ["no merchant", { wechatPay: { ...wechatPay, merchant: undefined } }, /wechatPay\.merchant/u],
    [
      "an APIv3 key of 31 characters",
      { wechatPay: { ...wechatPay, merchant: { ...wechatPay.merchant, apiV3Key: "x".repeat(31) } } },
      /apiV3Key/u,
    ],
    ["no key to sign with", { wechatPay: { merchant: wechatPay.merchant } }, /platform/u],
    ["a rate that is none", { wechatPay: { ...wechatPay, account: { rate: "0.6" } } }, /wechatPay\.account\.rate/u],
    [
      "an opening below zero",
      { wechatPay: { ...wechatPay, account: { opening: -1 } } },
      /wechatPay\.account\.opening/u,
    ],
    ["a key that is no key", { wechatPay: { ...wechatPay, platform: { publicKeyId: "P", privateKeyPem: "x" } } }, /./u],
  ])("%s is refused by name", (_what, over, sentence) => {
    expect(() => read(over)).toThrow(sentence);
  });

  it("what the shop agreed with a provider is usual where nothing is said", () => {
    expect(readTerms(undefined, "account")).toEqual({ opening: 100_000, ratePpm: 6_000, withdrawalRatePpm: 1_000 });
    const told = { opening: 5_000, rate: "0.38%", withdrawalRate: "0%" };
    expect(readTerms(told, "account")).toEqual({ opening: 5_000, ratePpm: 3_800, withdrawalRatePpm: 0 });
  });

  it("a certificate signs under its own serial, after the public key", () => {
    const certificates = [{ certificatePem: certificate.certificate_pem, privateKeyPem: certificate.private_key_pem }];
    const { platformKeys } = readWechatPayKeys({ ...wechatPay, certificates }, "wechatPay");
    expect(platformKeys.map(({ serial }) => serial)).toEqual([platform.id, certificate.serial_no]);
    const { platform: _none, ...alone } = wechatPay;
    expect(readWechatPayKeys({ ...alone, certificates }, "wechatPay").platformKeys).toHaveLength(1);
  });
});
