import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import type { BillRequest } from "../../../src/gateway/provider-bills.ts";
import { createAlipay } from "../../../src/gateway/providers/alipay/alipay.ts";
import { downloadAddress } from "../../../src/gateway/providers/alipay/bills.ts";
import { readRsaPrivateKey, signRsa2 } from "../../../src/gateway/signing/alipay.ts";
import { alipayTestCredentials, alipayTestKeys } from "../../conformance/providers/alipay-stage.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";

const now = instant(Date.parse("2026-11-21T10:00:00+08:00"));
const gatewayUrl = "https://openapi.alipay.com/gateway.do";
const { signal } = new AbortController();
const file = "https://dwbillcenter.alipay.com/downloadBillFile.resource?bizType=trade&fileId=a%2Fb";
const request: BillRequest = {
  accountId: "a",
  kind: "trade",
  day: "2026-11-20",
  withinMs: 10_000,
  downloadWithinMs: 300_000,
};
const alipayKey = readRsaPrivateKey(alipayTestKeys.alipay.private_key_pem);

function answered(members: object, isSigned = true): Response {
  const node = JSON.stringify(members);
  const sign = isSigned ? `,"sign":"${signRsa2(node, alipayKey)}"` : "";
  return new Response(`{"alipay_data_dataservice_bill_downloadurl_query_response":${node}${sign}}`);
}

const address = (over: object = {}) => answered({ code: "10000", msg: "Success", bill_download_url: file, ...over });
const failed = (sub_code: string, code = "40004") => answered({ code, msg: "Business Failed", sub_code, sub_msg: "m" });

function before(...answers: readonly (Response | Error)[]) {
  const sent: { readonly url: string; readonly init: RequestInit }[] = [];
  const fetch: Fetch = (url, init) => {
    const answer = answers[sent.length];
    sent.push({ url, init });
    if (answer === undefined) throw new Error(`nobody answers ${url}`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const provider = createAlipay({
    credentials: () => alipayTestCredentials("publicKey", gatewayUrl),
    fetch,
    clock: virtualClock(now),
  });
  return { provider, sent };
}

describe("a bill of Alipay", () => {
  it.each([
    ["trade", "trade"],
    ["fundFlow", "signcustomer"],
  ] as const)("%s: asked for with a signature, fetched at once without one", async (kind, type) => {
    const { provider, sent } = before(address(), new Response("bytes"));
    const outcome = await provider.fetchBill({ ...request, kind }, signal);
    if (outcome.kind !== "file") throw new Error(outcome.kind);
    expect(outcome).toMatchObject({ announced: null, name: `2088000000000156-2026-11-20-${type}.csv.zip` });
    const pieces: Uint8Array[] = [];
    for await (const piece of outcome.bytes) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe("bytes");
    const form = new URLSearchParams(String(sent[0]?.init.body));
    expect(form.get("method")).toBe("alipay.data.dataservice.bill.downloadurl.query");
    expect(JSON.parse(form.get("biz_content") ?? "")).toEqual({ bill_type: type, bill_date: "2026-11-20" });
    expect(sent[1]).toMatchObject({ url: file, init: { method: "GET", redirect: "manual" } });
    expect(sent[1]?.init.body).toBeUndefined();
    expect(new Headers(sent[1]?.init.headers).has("authorization")).toBe(false);
  });

  it("a file that is announced to be empty is fetched like any other", async () => {
    const { provider } = before(address({ bill_file_code: "EMPTY_DATA_WITH_BILL_FILE" }), new Response("bytes"));
    expect(await provider.fetchBill(request, signal)).toMatchObject({ kind: "file" });
  });

  it("there is no file of refunds from the balance, and nobody is asked for one", async () => {
    const { provider, sent } = before();
    expect(await provider.fetchBill({ ...request, kind: "balanceRefunds" }, signal)).toMatchObject({ kind: "refused" });
    expect(sent).toHaveLength(0);
    expect(provider.bills.kinds).not.toContain("balanceRefunds");
  });

  it.each([
    ["nothing for that day", failed("NO_BILL_DATA"), { kind: "none" }],
    ["no bill", failed("BILL_NOT_EXIST"), { kind: "none" }],
    ["the same, spelt otherwise", failed("isp.bill_not_exist"), { kind: "none" }],
    ["a day that is none", failed("INVAILID_ARGUMENTS"), { kind: "refused" }],
    ["a day before the account", failed("BILL_DATE_BEFORE_REGISTRATION"), { kind: "refused" }],
    ["a type that is not known", failed("TYPE_NOT_SUPPORTED"), { kind: "refused" }],
    ["no right to it", failed("isv.insufficient-isv-permissions", "40006"), { kind: "refused" }],
    ["its own failure", failed("UNKNOWN_ERROR"), { kind: "silence", why: "server" }],
    ["not available", failed("isp.unknow-error", "20000"), { kind: "silence", why: "server" }],
    ["asked too often", failed("isp.call-limited"), { kind: "silence", why: "busy" }],
    ["a code that is in no table", failed("SOMETHING_NEW"), { kind: "silence", why: "unlisted" }],
    ["a name of every object", failed("constructor"), { kind: "silence", why: "unlisted" }],
    [
      "an address without a signature",
      answered({ code: "10000", bill_download_url: file }, false),
      { kind: "silence", why: "signature" },
    ],
    ["no address", answered({ code: "10000" }), { kind: "silence", why: "body" }],
    ["a gate's failure", new Response("", { status: 502 }), { kind: "silence", why: "server" }],
    ["a broken connection", new TypeError("fetch failed"), { kind: "silence", why: "network" }],
  ])("the answer is %s", async (_what, answer, expected) => {
    const { provider, sent } = before(answer);
    expect(await provider.fetchBill(request, signal)).toMatchObject(expected);
    expect(sent).toHaveLength(1);
  });

  it.each([
    [file, file],
    ["http://dwbillcenter.alipay.com/a?b=%2F", "https://dwbillcenter.alipay.com/a?b=%2F"],
    [`${new URL(gatewayUrl).origin}/file?x=1`, `${new URL(gatewayUrl).origin}/file?x=1`],
    ["https://127.0.0.1/a", null],
    ["https://2130706433/a", null],
    ["https://0x7f.1/a", null],
    ["https://10.0.0.1/a", null],
    ["https://192.168.1.1/a", null],
    ["https://169.254.169.254/latest", null],
    ["https://[::1]/a", null],
    ["https://[fd00::1]/a", null],
    ["https://8.8.8.8/a", null],
    ["https://localhost/a", null],
    ["https://printer.local/a", null],
    ["https://db.internal/a", null],
    ["https://intranet/a", null],
    ["https://a.localhost/a", null],
    ["https://dwbillcenter.alipay.com:8443/a", null],
    ["http://dwbillcenter.alipay.com:8080/a", null],
    ["https://u:p@dwbillcenter.alipay.com/a", null],
    ["ftp://dwbillcenter.alipay.com/a", null],
    ["file:///etc/passwd", null],
    ["javascript:alert(1)", null],
    ["/downloadBillFile.resource", null],
    ["", null],
  ])("the address %s is asked at %s", async (told, asked) => {
    expect(downloadAddress(told, gatewayUrl)).toBe(asked);
    if (asked !== null) return;
    const { provider, sent } = before(address({ bill_download_url: told }), new Response("bytes"));
    expect(await provider.fetchBill(request, signal)).toMatchObject({
      kind: "refused",
      word: { code: "DOWNLOAD_ELSEWHERE" },
    });
    expect(sent).toHaveLength(1);
  });

  it("the sandbox's own address is asked as it stands", () => {
    expect(downloadAddress("http://127.0.0.1:8701/f?fileId=1", "http://127.0.0.1:8701/gateway.do")).toBe(
      "http://127.0.0.1:8701/f?fileId=1",
    );
    expect(downloadAddress("http://127.0.0.1:8702/f", "http://127.0.0.1:8701/gateway.do")).toBeNull();
  });

  it.each([
    [302, "unlisted"],
    [404, "unlisted"],
    [503, "server"],
  ])("a file answered with status %i is silence", async (status, why) => {
    const { provider } = before(address(), new Response("", { status, headers: { location: "https://evil.test/" } }));
    expect(await provider.fetchBill(request, signal)).toMatchObject({ kind: "silence", why });
  });

  it("names its owner as the provider numbers him", async () => {
    expect(await before().provider.billAccount("a")).toBe("2088000000000156");
  });
});
