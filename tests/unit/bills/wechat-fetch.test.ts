import { createPublicKey, createVerify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import type { BillRequest } from "../../../src/gateway/provider-bills.ts";
import { ownPath } from "../../../src/gateway/providers/wechat-pay/bills.ts";
import { createWechatPay } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { rsaPrivateKey, signRsaSha256 } from "../../../src/gateway/signing/wechat.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { countingRandom, testCredentials, testKeys } from "../../conformance/providers/wechat-stage.ts";

const now = instant(Date.parse("2026-11-21T10:00:00+08:00"));
const base = "https://api.mch.weixin.qq.com";
const key = rsaPrivateKey(testKeys.wechatpay_public_key.private_key_pem);
const { signal } = new AbortController();
const hash = "609069D946de1254fc7fdaf08f8c70b815f16b96";
const address = { hash_type: "SHA1", hash_value: hash, download_url: `${base}/v3/billdownload/file?token=a%2Fb%3D` };
const request: BillRequest = {
  accountId: "a",
  kind: "trade",
  day: "2026-11-20",
  withinMs: 10_000,
  downloadWithinMs: 300_000,
};

function signed(json: unknown, status = 200): Response {
  const body = JSON.stringify(json);
  const time = String(now / 1000);
  const signature = signRsaSha256(Buffer.from(`${time}\nn\n${body}\n`), key);
  return new Response(body, {
    status,
    headers: {
      "Wechatpay-Timestamp": time,
      "Wechatpay-Nonce": "n",
      "Wechatpay-Serial": testKeys.wechatpay_public_key.id,
      "Wechatpay-Signature": signature,
    },
  });
}

/** The adapter before answers given one after the other, and what it sent. */
function before(...answers: readonly (Response | Error)[]) {
  const sent: { readonly url: string; readonly headers: Headers }[] = [];
  const fetch: Fetch = (url, init) => {
    const answer = answers[sent.length];
    sent.push({ url, headers: new Headers(init.headers) });
    if (answer === undefined) throw new Error(`nobody answers ${url}`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const clock = virtualClock(now);
  const provider = createWechatPay({
    credentials: () => testCredentials(base),
    fetch,
    clock,
    random: countingRandom(),
  });
  return { provider, sent, clock };
}

const fault = (code: string, status: number) => new Response(JSON.stringify({ code, message: "m" }), { status });

function isSigned(sent: { readonly url: string; readonly headers: Headers }): boolean {
  const fields = new Map(
    [...(sent.headers.get("authorization") ?? "").matchAll(/(\w+)="([^"]*)"/gu)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const text = `GET\n${sent.url.slice(base.length)}\n${fields.get("timestamp")}\n${fields.get("nonce_str")}\n\n`;
  const publicKey = createPublicKey(testKeys.merchant.public_key_pem);
  return createVerify("RSA-SHA256")
    .update(text)
    .verify(publicKey, fields.get("signature") ?? "", "base64");
}

describe("a bill of WeChat Pay", () => {
  it.each([
    ["trade", "/v3/bill/tradebill?bill_date=2026-11-20&bill_type=ALL&tar_type=GZIP"],
    ["balanceRefunds", "/v3/bill/tradebill?bill_date=2026-11-20&bill_type=RECHARGE_REFUND&tar_type=GZIP"],
    ["fundFlow", "/v3/bill/fundflowbill?bill_date=2026-11-20&account_type=BASIC&tar_type=GZIP"],
  ] as const)("%s: asked for with a signature, fetched at once from the address as it was told", async (kind, path) => {
    const { provider, sent } = before(signed(address), new Response("bytes"));
    const outcome = await provider.fetchBill({ ...request, kind }, signal);
    if (outcome.kind !== "file") throw new Error(outcome.kind);
    expect(outcome.announced).toEqual({ type: "SHA1", value: hash });
    expect(outcome.name).toMatch(/^1900000109-2026-11-20-[a-z-]+\.csv\.gz$/u);
    const pieces: Uint8Array[] = [];
    for await (const piece of outcome.bytes) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe("bytes");
    expect(sent.map(({ url }) => url)).toEqual([base + path, address.download_url]);
    expect(sent.map(isSigned)).toEqual([true, true]);
  });

  it.each([
    ["nothing for that day", fault("NO_STATEMENT_EXIST", 400), { kind: "none" }],
    ["the same, spelt otherwise", fault("NOSTATEMENTEXIST", 404), { kind: "none" }],
    ["being made", fault("STATEMENT_CREATING", 400), { kind: "notReady" }],
    ["a type that is not known", fault("PARAM_ERROR", 400), { kind: "refused" }],
    ["a request that is not allowed", fault("NO_AUTH", 403), { kind: "refused" }],
    ["a wrong signature of ours", fault("SIGN_ERROR", 401), { kind: "refused" }],
    ["asked too often", fault("FREQUENCY_LIMITED", 429), { kind: "silence", why: "busy" }],
    ["its own failure", fault("SYSTEM_ERROR", 500), { kind: "silence", why: "server" }],
    ["a gate's failure", new Response("<html>", { status: 502 }), { kind: "silence", why: "server" }],
    ["a code that is in no table", fault("SOMETHING_NEW", 400), { kind: "silence", why: "unlisted" }],
    ["a name of every object", fault("constructor", 400), { kind: "silence", why: "unlisted" }],
    ["an address without a signature", new Response(JSON.stringify(address)), { kind: "silence", why: "signature" }],
    ["an answer of another form", signed({ ...address, hash_type: "MD5" }), { kind: "silence", why: "body" }],
    ["a hash that is none", signed({ ...address, hash_value: "abc" }), { kind: "silence", why: "body" }],
    ["a broken connection", new TypeError("fetch failed"), { kind: "silence", why: "network" }],
  ])("the answer is %s", async (_what, answer, expected) => {
    const { provider, sent } = before(answer);
    expect(await provider.fetchBill(request, signal)).toMatchObject(expected);
    expect(sent).toHaveLength(1);
  });

  it.each([
    "https://evil.test/v3/billdownload/file?token=a",
    "http://api.mch.weixin.qq.com/v3/billdownload/file?token=a",
    "https://api.mch.weixin.qq.com:8443/v3/billdownload/file?token=a",
    "https://api.mch.weixin.qq.com.evil.test/a",
    "https://api.mch.weixin.qq.com@evil.test/a",
    "https://a:b@api.mch.weixin.qq.com/a",
    "//evil.test/a",
    "/v3/billdownload/file?token=a",
    "file:///etc/passwd",
  ])("no signature of ours goes to another host: %s", async (download_url) => {
    const { provider, sent } = before(signed({ ...address, download_url }), new Response("bytes"));
    expect(await provider.fetchBill(request, signal)).toMatchObject({
      kind: "refused",
      word: { code: "DOWNLOAD_ELSEWHERE" },
    });
    expect(sent).toHaveLength(1);
  });

  it("path and query of an address stay as they are", () => {
    expect(ownPath(`${base}/v3/billdownload/file?token=a%2Fb%3D&x=%E4%B8%AD+1`, base)).toBe(
      "/v3/billdownload/file?token=a%2Fb%3D&x=%E4%B8%AD+1",
    );
    expect(ownPath("http://127.0.0.1:9/f?t=1", "http://127.0.0.1:9")).toBe("/f?t=1");
  });

  it.each([
    ["over", fault("INVALID_REQUEST", 400), { kind: "silence", why: "unlisted" }],
    [
      "moved",
      new Response("", { status: 302, headers: { location: "https://evil.test/" } }),
      { kind: "silence", why: "unlisted" },
    ],
    ["failing", new Response("", { status: 503 }), { kind: "silence", why: "server" }],
    ["gone", new TypeError("fetch failed"), { kind: "silence", why: "network" }],
  ])("the address is %s", async (_what, answer, expected) => {
    const { provider, sent } = before(signed(address), answer);
    expect(await provider.fetchBill(request, signal)).toMatchObject(expected);
    expect(sent).toHaveLength(2);
  });

  it("may take longer to come than to be asked for, but not for ever", async () => {
    const hanging = new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }));
    const { provider, clock } = before(signed(address), hanging);
    const outcome = await provider.fetchBill(request, signal);
    if (outcome.kind !== "file") throw new Error(outcome.kind);
    const reading = (async () => {
      for await (const _ of outcome.bytes);
    })().catch((trouble: unknown) => trouble);
    await clock.advance(request.downloadWithinMs);
    expect(await reading).toMatchObject({ why: "timeout" });
  });

  it("names its owner as the provider numbers him", async () => {
    expect(await before().provider.billAccount("a")).toBe("1900000109");
  });
});
