import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { amountMax, minorUnits } from "../../../src/domain/money.ts";
import { beijingTime, instantOfBeijing } from "../../../src/gateway/providers/alipay/beijing-time.ts";
import { readAlipayCredentials } from "../../../src/gateway/providers/alipay/credentials.ts";
import { requestParameters, requestText } from "../../../src/gateway/providers/alipay/request-form.ts";
import { fenOf, yuanText } from "../../../src/gateway/providers/alipay/yuan.ts";
import { rootBundleSerial } from "../../../src/gateway/signing/alipay-certificate.ts";
import { readRsaPrivateKey, readRsaPublicKey } from "../../../src/gateway/signing/alipay.ts";
import { alipayTestCredentials, alipayTestKeys as keys } from "../../conformance/providers/alipay-stage.ts";

const oneLine = (pem: string) =>
  pem
    .split("\n")
    .filter((line) => !line.startsWith("-----"))
    .join("");

describe("yuan", () => {
  it("written and read again is the same fen, for every amount", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: amountMax }), (fen) => {
        expect(yuanText(minorUnits(fen))).toMatch(/^\d+\.\d\d$/u);
        expect(fenOf(yuanText(minorUnits(fen)))).toBe(fen);
        expect(fenOf(Number(yuanText(minorUnits(fen))))).toBe(fen);
      }),
    );
  });

  it.each([
    ["10000000000.00", amountMax],
    ["10000000000.01", null],
    ["0.01", 1],
    ["1.1", 110],
    ["28", 2800],
    ["100000000.00", 10_000_000_000],
    [0.29, 29],
    [1.1, 110],
  ])("%s yuan is %s fen", (yuan, fen) => expect(fenOf(yuan)).toBe(fen));

  it.each([
    "",
    "-1.00",
    "1.001",
    "1e2",
    "01.00",
    " 1.00",
    "1.",
    ".50",
    "1,000.00",
    "12345678901.00",
    Number.NaN,
    1e21,
    0.001,
  ])("%s is no amount", (yuan) => expect(fenOf(yuan)).toBeNull());
});

describe("Beijing time", () => {
  it("is eight hours ahead of UTC, and read back is the same second", () => {
    expect(beijingTime(instant(Date.parse("2026-11-21T16:00:00Z")))).toBe("2026-11-22 00:00:00");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (second) => {
        expect(instantOfBeijing(beijingTime(instant(second * 1000)))).toBe(second * 1000);
      }),
    );
  });

  it.each([
    ["2026-11-21 19:40:00.123", Date.parse("2026-11-21T19:40:00.123+08:00")],
    ["2026-11-21T19:40:00", null],
    ["2026-13-21 19:40:00", null],
    ["", null],
    [null, null],
  ])("%s is read as %s", (text, at) => expect(instantOfBeijing(text)).toBe(at));
});

describe("keys", () => {
  const publicKey = readRsaPublicKey(keys.app.public_key_pem);

  it.each([
    ["PKCS#8", keys.app.private_key_pkcs8_pem],
    ["PKCS#1", keys.app.private_key_pkcs1_pem],
    ["PKCS#8 in one line", oneLine(keys.app.private_key_pkcs8_pem)],
    ["PKCS#1 in one line", oneLine(keys.app.private_key_pkcs1_pem)],
    ["PKCS#1 with spaces around", `\n ${keys.app.private_key_pkcs1_pem}\r\n`],
  ])("the private key is read from %s", (_form, text) => {
    const same = readRsaPrivateKey(keys.app.private_key_pkcs8_pem);
    expect(readRsaPrivateKey(text).equals(same)).toBe(true);
  });

  it.each([
    ["a certificate", keys.app.certificate_pem],
    ["one line", oneLine(keys.app.public_key_pem)],
  ])("the public key is read from %s", (_form, text) => {
    expect(readRsaPublicKey(text).equals(publicKey)).toBe(true);
  });

  it.each(["", "not a key", "AAAA"])("%j is no key", (text) => {
    expect(() => readRsaPrivateKey(text)).toThrow();
    expect(() => readRsaPublicKey(text)).toThrow();
  });

  it("a root bundle's number leaves elliptic curves out, and does not mind line ends or text in between", () => {
    const bundle: string = keys.root.bundle_pem;
    const count = bundle.match(/BEGIN CERTIFICATE/gu)?.length;
    expect(count).toBe(3);
    expect(rootBundleSerial(bundle).split("_")).toHaveLength(2);
    const loose = `Alipay's roots\r\n${bundle.replaceAll("\n", "\r\n").replaceAll("-----BEGIN", "# next\r\n-----BEGIN")}`;
    expect(rootBundleSerial(loose)).toBe(keys.root.alipay_root_cert_sn);
  });
});

describe("an account's keys", () => {
  const written = {
    gatewayUrl: "https://openapi.alipay.com/gateway.do",
    appId: keys.app_id,
    sellerId: keys.seller_id,
    appPrivateKey: keys.app.private_key_pkcs1_pem,
    mode: "certificate",
    appCertificate: keys.app.certificate_pem,
    alipayCertificates: [keys.alipay.certificate_pem],
    alipayRootCertificates: keys.root.bundle_pem,
  };

  it("in certificate mode give the three numbers", () => {
    expect(readAlipayCredentials(written).trust).toMatchObject({
      appCertSn: keys.app.app_cert_sn,
      rootCertSn: keys.root.alipay_root_cert_sn,
      keys: new Map([[keys.alipay.alipay_cert_sn, expect.anything()]]),
    });
  });

  it.each([
    ["another application's certificate", { appCertificate: keys.alipay.certificate_pem }],
    ["no seller", { sellerId: "" }],
    ["a gateway with a query", { gatewayUrl: "https://openapi.alipay.com/gateway.do?charset=gbk" }],
    ["no certificate of Alipay", { alipayCertificates: [] }],
    ["a mode that is none", { mode: "both" }],
    ["public-key mode without a key", { mode: "publicKey" }],
  ])("with %s are refused at the start", (_what, over) => {
    expect(() => readAlipayCredentials({ ...written, ...over })).toThrow();
  });

  it("never show the private key when printed", () => {
    const printed = JSON.stringify(readAlipayCredentials(written));
    expect(printed).not.toContain(oneLine(keys.app.private_key_pkcs1_pem).slice(40, 80));
  });
});

describe("a request", () => {
  const call = { method: "alipay.trade.query", bizContent: '{"a":"b&c=d"}', notifyUrl: null };
  const now = instant(Date.parse("2026-11-21T19:00:00+08:00"));

  it("has no empty parameter, and certificate numbers in certificate mode only", () => {
    const plain = requestParameters(call, alipayTestCredentials("publicKey", "https://a.invalid"), now);
    const certified = requestParameters(call, alipayTestCredentials("certificate", "https://a.invalid"), now);
    expect(Object.values(plain)).not.toContain("");
    expect(Object.keys(certified).filter((name) => !(name in plain))).toEqual(["app_cert_sn", "alipay_root_cert_sn"]);
    expect(plain["timestamp"]).toBe("2026-11-21 19:00:00");
  });

  it("signs values as they are, sorted by the bytes of their names", () => {
    expect(requestText({ b: "1 +%/", a: "拿铁", sign: "x", C: "", B: "2" })).toBe("B=2&a=拿铁&b=1 +%/");
  });
});
