import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawMembers } from "../../../src/gateway/providers/alipay/answer-members.ts";
import { judgeAnswer, plainSubCode } from "../../../src/gateway/providers/alipay/answer-node.ts";
import { signRsa2 } from "../../../src/gateway/signing/alipay.ts";
import { alipaySandboxKeys, alipayTestCredentials } from "../../conformance/providers/alipay-stage.ts";

const { trust } = alipayTestCredentials("publicKey", "https://alipay.invalid/gateway.do");
const byCertificate = alipayTestCredentials("certificate", "https://alipay.invalid/gateway.do").trust;
const sign = (text: string) => signRsa2(text, alipaySandboxKeys.alipayKey);
const judge = (body: string, under = trust) => judgeAnswer(Buffer.from(body), "alipay.trade.query", under);
const name = "alipay_trade_query_response";

describe("the node cutter", () => {
  it.each([
    ['{"a":{"x":"}"},"sign":"s"}', { a: '{"x":"}"}', sign: '"s"' }],
    ['{"a":{"x":"\\"}{"},"sign":"s"}', { a: '{"x":"\\"}{"}', sign: '"s"' }],
    ['{"a":{"x":"\\\\"},"sign":"s"}', { a: '{"x":"\\\\"}', sign: '"s"' }],
    ['{"a":{"sign":"inner","a":{"a":[{},"]"]}},"sign":"s"}', { a: '{"sign":"inner","a":{"a":[{},"]"]}}', sign: '"s"' }],
    ['{"a":{"u":"https:\\/\\/qr.alipay.com\\/x"}}', { a: '{"u":"https:\\/\\/qr.alipay.com\\/x"}' }],
    [' { "a" : { "x" : 1 } ,\n "n" : -1.5e3 , "t":true }\n', { a: '{ "x" : 1 }', n: "-1.5e3", t: "true" }],
    ["{}", {}],
  ])("%s is cut into its members as they were sent", (text, members) => {
    expect(Object.fromEntries(rawMembers(text) ?? [["none", ""]])).toEqual(members);
  });

  it.each([
    "",
    "null",
    "[]",
    '"{}"',
    "{",
    '{"a":1',
    '{"a":{"x":1}',
    '{"a":"x}',
    '{"a":1}{"a":1}',
    '{"a":1} x',
    "{a:1}",
    '{"a" 1}',
    '{"a":}',
    '{"a":1,}',
    '{"a":1,"a":2}',
    '{"a":{"x":1},"b":2,"a":{"x":2}}',
  ])("%s is nothing to cut", (text) => {
    expect(rawMembers(text)).toBeNull();
  });

  it("cuts exactly the text that was put in, whatever the values hold", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.boolean(), (value, sn, escapes) => {
        const plain = JSON.stringify({ value });
        const node = escapes ? plain.replaceAll("/", "\\/") : plain;
        const members = rawMembers(`{"node":${node},"alipay_cert_sn":${JSON.stringify(sn)},"sign":"c2ln"}`);
        expect(members?.get("node")).toBe(node);
        expect(members?.get("alipay_cert_sn")).toBe(JSON.stringify(sn));
      }),
    );
  });
});

describe("an answer", () => {
  const node = '{"code":"10000","msg":"Success","trade_status":"TRADE_SUCCESS"}';

  it("is believed with Alipay's signature over the node's own text, escaped slashes and all", () => {
    const escaped = '{"code":"10000","qr_code":"https:\\/\\/qr.alipay.com\\/x"}';
    expect(judge(`{"${name}":${escaped},"sign":"${sign(escaped)}"}`)).toMatchObject({
      kind: "node",
      node: { members: { qr_code: "https://qr.alipay.com/x" } },
    });
    const plain = escaped.replaceAll("\\/", "/");
    expect(judge(`{"${name}":${plain},"sign":"${sign(escaped)}"}`)).toEqual({ kind: "doubt", why: "signature" });
  });

  it("that names its node twice is doubted, in either order, though one of them is signed", () => {
    const forged = node.replace("TRADE_SUCCESS", "TRADE_CLOSED");
    for (const [first, second] of [
      [node, forged],
      [forged, node],
    ])
      expect(judge(`{"${name}":${first},"${name}":${second},"sign":"${sign(node)}"}`).kind).toBe("doubt");
  });

  it("of another method, signed as it may be, is doubted", () => {
    expect(judge(`{"alipay_trade_pay_response":${node},"sign":"${sign(node)}"}`).kind).toBe("doubt");
  });

  it("in certificate mode must name a certificate that we hold; in public-key mode none is asked for", () => {
    const sn = alipaySandboxKeys.certificates?.alipayCertSn;
    const body = (named: string) => `{"${name}":${node},${named}"sign":"${sign(node)}"}`;
    expect(judge(body(`"alipay_cert_sn":"${sn}",`), byCertificate).kind).toBe("node");
    expect(judge(body(`"alipay_cert_sn":"${"0".repeat(32)}",`), byCertificate).kind).toBe("doubt");
    expect(judge(body(""), byCertificate).kind).toBe("doubt");
    expect(judge(body(""), trust).kind).toBe("node");
  });

  it.each([
    ["20000", "node"],
    ["20001", "node"],
    ["40001", "node"],
    ["40002", "node"],
    ["40006", "node"],
    ["40004", "doubt"],
    ["10000", "doubt"],
  ])("unsigned in error_response with code %s is a %s", (code, kind) => {
    expect(judge(`{"error_response":{"code":"${code}","msg":"x"}}`).kind).toBe(kind);
  });

  it("unsigned in the method's own node is doubted, even a gate's fault; wrongly signed, error_response is too", () => {
    expect(judge(`{"${name}":{"code":"40002","msg":"x"}}`).kind).toBe("doubt");
    expect(judge('{"error_response":{"code":"40002","msg":"x"},"sign":"AAAA"}').kind).toBe("doubt");
  });

  it("that is no UTF-8 is doubted", () => {
    const bytes = Buffer.concat([
      Buffer.from(`{"${name}":{"code":"10000","msg":"`),
      Buffer.from([0xff]),
      Buffer.from('"}}'),
    ]);
    expect(judgeAnswer(bytes, "alipay.trade.query", trust)).toEqual({ kind: "doubt", why: "body" });
  });

  it.each([
    ["ACQ.SYSTEM_ERROR", "ACQ.SYSTEM_ERROR"],
    ["AQC.SYSTEM_ERROR", "ACQ.SYSTEM_ERROR"],
    ["aop.ACQ.SYSTEM_ERROR", "ACQ.SYSTEM_ERROR"],
    ["aop.unknow-error", "aop.unknow-error"],
    ["isv.invalid-signature", "isv.invalid-signature"],
  ])("the code %s is read as %s", (told, plain) => {
    expect(plainSubCode(told)).toBe(plain);
  });
});
