import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { exchange, type Fetch } from "../../../src/gateway/exchange.ts";
import { captureOf, ownOrder } from "../../../src/gateway/providers/wechat-pay/answer-body.ts";
import { judgeSignature } from "../../../src/gateway/providers/wechat-pay/answer-signature.ts";
import { askError, chargeError, errorTable } from "../../../src/gateway/providers/wechat-pay/status-table.ts";
import { createWechatPay } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { reveal, secret } from "../../../src/gateway/secret.ts";
import { rsaPrivateKey, rsaPublicKey, signRsaSha256 } from "../../../src/gateway/signing/wechat.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { countingRandom, testCredentials, testKeys, wechatStage } from "../../conformance/providers/wechat-stage.ts";

const at = instant(Date.parse("2026-11-21T19:00:00+08:00"));
const signal = new AbortController().signal;

describe("a signature is valid", () => {
  const key = rsaPrivateKey(testKeys.wechatpay_public_key.private_key_pem);
  const serial = testKeys.wechatpay_public_key.id as string;
  const keys = new Map([[serial, rsaPublicKey(testKeys.wechatpay_public_key.public_key_pem)]]);
  const seconds = Math.floor(at / 1000);
  const answer = (over: Record<string, string> = {}, timestamp = String(seconds)) => {
    const headers = new Headers({
      "Wechatpay-Timestamp": timestamp,
      "Wechatpay-Nonce": "n",
      "Wechatpay-Serial": serial,
      "Wechatpay-Signature": signRsaSha256(Buffer.from(`${timestamp}\nn\n{}\n`), key),
    });
    for (const [name, value] of Object.entries(over)) {
      if (value === "") headers.delete(name);
      else headers.set(name, value);
    }
    return judgeSignature(headers, Buffer.from("{}"), keys, at);
  };
  it.each<[string, ReturnType<typeof answer>, string]>([
    ["as it came", answer(), "valid"],
    ["299 s old", answer({}, String(seconds - 299)), "valid"],
    ["299 s ahead", answer({}, String(seconds + 299)), "valid"],
    ["300 s old", answer({}, String(seconds - 300)), "stale"],
    ["300 s ahead", answer({}, String(seconds + 300)), "stale"],
    ["with an unknown serial", answer({ "Wechatpay-Serial": "PUB_KEY_ID_0" }), "unknownSerial"],
    ["without a serial", answer({ "Wechatpay-Serial": "" }), "malformed"],
    ["without a nonce", answer({ "Wechatpay-Nonce": "" }), "malformed"],
    ["with another nonce", answer({ "Wechatpay-Nonce": "m" }), "forged"],
    ["of another type", answer({ "Wechatpay-Signature-Type": "WECHATPAY2-SM2-WITH-SM3" }), "malformed"],
    [
      "that probes",
      answer({ "Wechatpay-Signature": `WECHATPAY/SIGNTEST/${signRsaSha256(Buffer.from("x"), key)}` }),
      "forged",
    ],
    ["that is no base64", answer({ "Wechatpay-Signature": "%%%" }), "forged"],
    ["without a signature but with the rest", answer({ "Wechatpay-Signature": "" }), "malformed"],
  ])("only unaltered and in time: %s", (_what, verdict, expected) => {
    expect(verdict).toBe(expected);
  });
});

const paid = (over: object) =>
  ownOrder(
    {
      mchid: "1",
      out_trade_no: "N",
      trade_state: "SUCCESS",
      transaction_id: "4200",
      success_time: "2026-11-21T19:00:13+08:00",
      amount: { total: 1000, payer_total: 700, currency: "CNY" },
      ...over,
    },
    "1",
    { id: "N" as never, accountId: "a", amount: { amount: 1000 as never, currency: "CNY" }, withinMs: 1 },
  )!;

describe("a capture's amounts", () => {
  it("a coupon the shop pays lowers what it receives, one that others pay does not", () => {
    const promotion_detail = [
      { coupon_id: "1", name: "满减", type: "NOCASH", amount: 100 },
      { coupon_id: "2", name: "微信立减", type: "CASH", amount: 200 },
    ];
    expect(captureOf(paid({ promotion_detail }), at)).toEqual({
      amounts: {
        order: 1000,
        receivable: 900,
        paid: 700,
        discounts: [
          { name: "满减", amount: 100, fundedBy: "shop" },
          { name: "微信立减", amount: 200, fundedBy: "others" },
        ],
      },
      providerTransactionId: "4200",
      at: Date.parse("2026-11-21T19:00:13+08:00"),
    });
  });

  it.each<[string, object]>([
    ["no amount", { amount: undefined }],
    ["no currency", { amount: { total: 1000 } }],
    ["no transaction number", { transaction_id: undefined }],
    ["a coupon of an unknown kind", { promotion_detail: [{ type: "GIFT", amount: 1 }] }],
    ["coupons above the order", { promotion_detail: [{ type: "NOCASH", amount: 1001 }] }],
  ])("an order with %s is no certain yes", (_what, over) => {
    expect(captureOf(paid(over), at)).toBeNull();
  });
});

const word = (code: string, httpStatus: number, message = "") => ({ code, message, httpStatus });

describe("an error answer", () => {
  it.each<[string, number, object]>([
    ["NOT_ENOUGH", 403, { kind: "declined", reason: "notEnough" }],
    ["NOTENOUGH", 403, { kind: "declined", reason: "notEnough" }],
    ["RULE_LIMIT", 403, { kind: "declined", reason: "limit" }],
    ["ACCOUNTERROR", 403, { kind: "declined", reason: "accountBlocked" }],
    ["PARAM_ERROR", 400, { kind: "declined", reason: "shopRefused" }],
    ["SIGN_ERROR", 401, { kind: "declined", reason: "shopRefused" }],
    ["ORDER_CLOSED", 400, { kind: "closed" }],
    ["OUT_TRADE_NO_USED", 403, { kind: "silence", why: "numberUsed" }],
    ["TRADE_ERROR", 403, { kind: "silence" }],
    ["ORDER_NOT_EXIST", 404, { kind: "silence", why: "notFound" }],
    ["RATELIMIT_EXCEEDED", 429, { kind: "silence", why: "busy" }],
    ["SYSTEM_ERROR", 500, { kind: "silence", why: "server" }],
    ["BANKERROR", 500, { kind: "silence", why: "server" }],
    ["NOT_ENOUGH", 500, { kind: "silence", why: "server" }],
    ["AUTHCODEEXPIRE", 400, { kind: "silence", why: "unlisted" }],
    ["toString", 400, { kind: "silence", why: "unlisted" }],
  ])("%s with %i means for a charge: %o", (code, status, meaning) => {
    expect(chargeError(word(code, status), status)).toMatchObject(meaning);
  });

  it("the provider's sentence about the code is told apart from other bad requests", () => {
    expect(chargeError(word("INVALID_REQUEST", 400, "101 付款码已使用，请刷新"), 400)).toMatchObject({
      reason: "codeInvalid",
    });
    expect(chargeError(word("INVALID_REQUEST", 400, "参数错误"), 400)).toMatchObject({ reason: "shopRefused" });
  });

  it("no error ever ends a query or a reversal", () => {
    for (const [code, row] of Object.entries(errorTable)) {
      for (const status of row.httpStatus) expect(askError(word(code, status), status).kind).toBe("silence");
    }
  });
});

const answering =
  (text: string): Fetch =>
  () =>
    Promise.resolve(new Response(text));

const hangingBody: Fetch = () =>
  Promise.resolve(new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) })));

describe("the exchange", () => {
  const request = {
    method: "GET",
    url: "https://x.invalid/",
    headers: {},
    body: "",
    withinMs: 1_000,
    bytesMax: 4,
  } as const;

  it("ends by its deadline even when fetch never settles, and aborts it", async () => {
    const clock = virtualClock(at);
    let stopped = false;
    const fetch: Fetch = (_url, init) =>
      new Promise(() => init.signal?.addEventListener("abort", () => (stopped = true)));
    const answer = exchange({ fetch, clock }, request, signal);
    await clock.advance(1_000);
    expect(await answer).toEqual({ kind: "silence", why: "timeout" });
    expect(stopped).toBe(true);
  });

  it("ends by its deadline when the head came and the body hangs", async () => {
    const clock = virtualClock(at);
    const answer = exchange({ fetch: hangingBody, clock }, request, signal);
    await clock.advance(1_000);
    expect(await answer).toEqual({ kind: "silence", why: "timeout" });
  });

  it("reads up to its limit and not a byte more", async () => {
    expect(await exchange({ fetch: answering("1234"), clock: virtualClock(at) }, request, signal)).toMatchObject({
      kind: "answer",
      status: 200,
    });
    expect(await exchange({ fetch: answering("12345"), clock: virtualClock(at) }, request, signal)).toEqual({
      kind: "silence",
      why: "tooLarge",
    });
  });
});

describe("what the adapter sends", () => {
  it("the description loses what WeChat Pay refuses and stays within 127 characters", async () => {
    const bodies: string[] = [];
    const fetch: Fetch = (_url, init) => (
      bodies.push(String(init.body)),
      Promise.resolve(new Response("{}", { status: 500 }))
    );
    const provider = createWechatPay({
      credentials: () => testCredentials("https://x.invalid/"),
      fetch,
      clock: virtualClock(at),
      random: countingRandom(),
    });
    await provider.charge(wechatStage().charge("paysAtOnce", { description: `店🍜${"啊".repeat(200)}` }), signal);
    expect(JSON.parse(bodies[0]!).description).toBe(`店${"啊".repeat(126)}`);
  });

  it("a secret prints as [secret] however it is printed", () => {
    const code = secret("130000000000000001");
    expect([String(code), `${JSON.stringify({ code })}`, inspect({ code })].join(" ")).not.toContain("1300");
    expect(reveal(code)).toBe("130000000000000001");
  });
});
