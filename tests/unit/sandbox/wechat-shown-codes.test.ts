import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import { judgeSignature } from "../../../src/gateway/providers/wechat-pay/answer-signature.ts";
import { createSandbox, type Sandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { rsaPrivateKey, rsaPublicKey, signRsaSha256 } from "../../../src/gateway/signing/wechat.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { countingRandom, testKeys, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";

const merchantKey = rsaPrivateKey(testKeys.merchant.private_key_pem);
const no = "T20261121190000000001";
const { wechatpay_public_key: platform, appid, mchid } = testKeys;

/** A merchant of these tests' own, and a shop whose server answers notifications as it is told. */
function open(answers: readonly number[] = [], timeFactor = 1) {
  const clock = virtualClock(instant(Date.parse("2026-11-21T19:00:00+08:00")));
  const store = memoryStore();
  const came: { at: number; id: string; valid: boolean }[] = [];
  const fetch: Fetch = async (_url, init) => {
    const body = String(init.body);
    const keys = new Map([[platform.id as string, rsaPublicKey(platform.public_key_pem)]]);
    const verdict = judgeSignature(new Headers(init.headers), Buffer.from(body), keys, clock.now());
    came.push({ at: clock.now() - start, id: JSON.parse(body).id, valid: verdict === "valid" });
    return new Response(null, { status: verdict === "valid" ? (answers[came.length - 1] ?? 204) : 400 });
  };
  const start = clock.now();
  const make = () =>
    createSandbox({ clock, random: countingRandom(), store, timeFactor, fetch }, [wechatPayPlay(testSandboxKeys)]);
  return { clock, store, came, sandbox: make(), make };
}

type Stage = ReturnType<typeof open>;

async function call(sandbox: Sandbox, now: number, method: string, path: string, json?: object) {
  const body = json === undefined ? "" : JSON.stringify(json);
  const timestamp = String(Math.floor(now / 1000));
  const signature = signRsaSha256(Buffer.from(`${method}\n${path}\n${timestamp}\nN0NCE\n${body}\n`), merchantKey);
  const authorization = `WECHATPAY2-SHA256-RSA2048 signature="${signature}",mchid="${mchid}",timestamp="${timestamp}",nonce_str="N0NCE",serial_no="${testKeys.merchant.serial_no}"`;
  const answer = await sandbox.handle({ method, url: path, headers: { authorization }, body: Buffer.from(body) });
  return answer.kind === "cut" ? null : { status: answer.status, ...JSON.parse(answer.body || "{}") };
}

async function control(sandbox: Sandbox, path: string, json: object) {
  const headers = { "content-type": "application/json" };
  const body = Buffer.from(JSON.stringify(json));
  const answer = await sandbox.handle({ method: "POST", url: `/_sandbox/${path}`, headers, body });
  return answer.kind === "cut" ? null : { status: answer.status, ...JSON.parse(answer.body) };
}

const native = ({ sandbox, clock }: Stage, over: object = {}) =>
  call(sandbox, clock.now(), "POST", "/v3/pay/transactions/native", {
    appid,
    mchid,
    description: "和平路便利",
    out_trade_no: no,
    notify_url: "https://shop.invalid/notify",
    amount: { total: 12_841 },
    ...over,
  });
const refund = ({ sandbox, clock }: Stage, over: object = {}) =>
  call(sandbox, clock.now(), "POST", "/v3/refund/domestic/refunds", {
    out_trade_no: no,
    out_refund_no: "R1",
    amount: { refund: 100, total: 12_841, currency: "CNY" },
    ...over,
  });
const scan = (stage: Stage, content: string, behaviour = "usual") =>
  control(stage.sandbox, "scan", { wallet: "phone-01", content, behaviour });
const state = (stage: Stage) => readLedger(stage.store.lines).orders.get(no)?.state;

/** A code paid at once. */
async function paid(stage: Stage) {
  const { code_url: content } = await native(stage);
  expect(await scan(stage, content)).toMatchObject({ status: 200, state: "SUCCESS" });
}

describe("the sandbox refuses a code to show", () => {
  it.each<[string, object, string]>([
    ["without notify_url", { notify_url: undefined }, "PARAM_ERROR"],
    ["with a query in notify_url", { notify_url: "https://shop.invalid/n?a=1" }, "PARAM_ERROR"],
    ["with plain http to another machine", { notify_url: "http://shop.invalid/n" }, "PARAM_ERROR"],
    ["with a time_expire without a zone", { time_expire: "2026-11-21T19:05:00" }, "PARAM_ERROR"],
    ["for a fraction of a fen", { amount: { total: 1.5 } }, "PARAM_ERROR"],
    ["with a scene without the payer's address", { scene_info: { device_id: "A1" } }, "PARAM_ERROR"],
    ["of another appid", { appid: "wx0" }, "APPID_MCHID_NOT_MATCH"],
  ])("%s", async (_what, over, code) => {
    const stage = open();
    expect(await native(stage, over)).toMatchObject({ status: 400, code });
    expect(readLedger(stage.store.lines).orders.size).toBe(0);
  });
});

describe("a shown code", () => {
  it("of more than 1000 yuan asks the password, and the wallet's answer pays it", async () => {
    const stage = open();
    const { code_url: content } = await native(stage, { amount: { total: 100_001 } });
    expect(await scan(stage, content)).toMatchObject({ status: 200, state: "NOTPAY" });
    const asking = await stage.sandbox.handle({
      method: "GET",
      url: "/_sandbox/wallets/phone-01",
      headers: {},
      body: Buffer.alloc(0),
    });
    expect(asking.kind === "answer" && JSON.parse(asking.body)).toMatchObject({
      payment: { isAsking: true, total: 100_001 },
    });
    expect(await control(stage.sandbox, `orders/${no}/answer`, { answer: "confirm" })).toMatchObject({
      state: "SUCCESS",
    });
  });

  it("is not scanned by a second phone while the first is asked for the password", async () => {
    const stage = open();
    const { code_url: content } = await native(stage);
    await scan(stage, content, "0100");
    expect(await scan(stage, content)).toMatchObject({ status: 409 });
  });

  it("is stale after two hours, and a fresh one of the same order is not", async () => {
    const stage = open();
    const { code_url: first } = await native(stage);
    await stage.clock.advance(2 * 3_600_000);
    const { code_url: second } = await native(stage);
    expect(await scan(stage, first)).toMatchObject({ status: 409 });
    expect(await scan(stage, second)).toMatchObject({ status: 200 });
  });

  it("lasts a minute at least, whatever time_expire says, and ends closed", async () => {
    const stage = open();
    await native(stage, { time_expire: "2026-11-21T19:00:01+08:00" });
    await stage.clock.advance(59_999);
    expect(state(stage)).toBe("NOTPAY");
    await stage.clock.advance(1);
    expect(state(stage)).toBe("CLOSED");
  });

  it("cannot be reversed, and a code payment cannot be closed", async () => {
    const stage = open();
    await native(stage);
    const path = `/v3/pay/transactions/out-trade-no/${no}`;
    expect(await call(stage.sandbox, stage.clock.now(), "POST", `${path}/reverse`, { appid, mchid })).toMatchObject({
      status: 400,
    });
    expect(state(stage)).toBe("NOTPAY");
  });

  it("text that no provider's sandbox made is unknown to the wallet", async () => {
    const stage = open();
    expect(await scan(stage, "https://qr.alipay.com/bax0")).toMatchObject({ status: 404 });
    expect(await scan(stage, "weixin://wxpay/bizpayurl?pr=nobody")).toMatchObject({ status: 404 });
  });
});

describe("refunds", () => {
  it("fifty parts are given, the next is refused", async () => {
    const stage = open();
    await paid(stage);
    const part = (each: number) =>
      refund(stage, { out_refund_no: `R${each}`, amount: { refund: 1, total: 12_841, currency: "CNY" } });
    for (let each = 1; each <= 50; each++) expect(await part(each)).toMatchObject({ status: "PROCESSING" });
    expect(await part(51)).toMatchObject({ status: 400, code: "INVALID_REQUEST" });
  });

  it("after a year it is too late", async () => {
    const stage = open();
    await paid(stage);
    await stage.clock.advance(365 * 86_400_000 + 1);
    expect(await refund(stage)).toMatchObject({ status: 400, message: expect.stringContaining("期限") });
  });

  it.each<[string, object]>([
    ["another total than the order's", { amount: { refund: 100, total: 12_840, currency: "CNY" } }],
    ["no currency", { amount: { refund: 100, total: 12_841 } }],
    ["a reason of 81 bytes", { reason: "退".repeat(27) }],
  ])("%s is refused", async (_what, over) => {
    const stage = open();
    await paid(stage);
    expect(await refund(stage, over)).toMatchObject({ status: 400 });
    expect(readLedger(stage.store.lines).orders.get(no)?.refunds).toEqual([]);
  });

  it("a refund under way ends although the sandbox was started anew in between", async () => {
    const stage = open();
    await paid(stage);
    expect(await refund(stage)).toMatchObject({
      status: "PROCESSING",
      refund_id: expect.stringMatching(/^5030\d{25}$/u),
    });
    stage.sandbox.stop();
    stage.make();
    await stage.clock.advance(3_000);
    expect(readLedger(stage.store.lines).orders.get(no)).toMatchObject({ givenBack: 100, state: "REFUND" });
  });

  it("a coupon's parts over three refunds are the coupon, to the fen", async () => {
    const stage = open();
    const { code_url: content } = await native(stage);
    await scan(stage, content, "0602");
    for (const [each, amount] of [1, 4_280, 8_560].entries()) {
      await refund(stage, { out_refund_no: `R${each}`, amount: { refund: amount, total: 12_841, currency: "CNY" } });
    }
    const order = readLedger(stage.store.lines).orders.get(no);
    expect(order?.refunds.reduce((all, { couponPart }) => all + couponPart, 0)).toBe(order?.coupon?.amount);
  });
});

describe("notifications", () => {
  const seconds = (stage: Stage) => stage.came.map(({ at }) => at / 1000);

  it("one that is taken comes once, a second after the payment", async () => {
    const stage = open();
    await paid(stage);
    await stage.clock.advance(2 * 86_400_000);
    expect(seconds(stage)).toEqual([1]);
  });

  it("one that is never taken comes sixteen times in 24 h 4 min, under one id, each one rightly signed", async () => {
    const stage = open(Array.from({ length: 20 }, () => 500));
    await paid(stage);
    await stage.clock.advance(3 * 86_400_000);
    expect(seconds(stage)).toHaveLength(16);
    expect(seconds(stage).slice(0, 5)).toEqual([1, 16, 31, 61, 241]);
    expect(seconds(stage).at(-1)).toBe(1 + 24 * 3600 + 4 * 60);
    expect(new Set(stage.came.map(({ id, valid }) => `${id} ${valid}`)).size).toBe(1);
    expect(stage.came[0]?.valid).toBe(true);
  });

  it.each<[string, number[], boolean[]]>([
    ["true", [1], [true]],
    ["lost", [], []],
    ["duplicate", [1, 16], [true, true]],
    ["late", [60], [true]],
    ["forged", [1, 16], [false, true]],
  ])("played %s it comes after %j s, valid %j", async (next, at, valid) => {
    const stage = open();
    expect(await control(stage.sandbox, "notifications", { next })).toMatchObject({ status: 200 });
    await paid(stage);
    await stage.clock.advance(2 * 86_400_000);
    expect([seconds(stage), stage.came.map((each) => each.valid)]).toEqual([at, valid]);
  });

  it("one invented for a code nobody paid leaves at once, wrongly signed, once, and moves nothing", async () => {
    const stage = open();
    await native(stage);
    await control(stage.sandbox, "notifications", { next: "forged", order: no });
    await stage.clock.advance(86_400_000);
    expect([seconds(stage), stage.came.map((each) => each.valid)]).toEqual([[0], [false]]);
    expect(readLedger(stage.store.lines).orders.get(no)).toMatchObject({ state: "NOTPAY", paidAt: null });
  });

  it("a play for one order leaves the others alone", async () => {
    const stage = open();
    await control(stage.sandbox, "notifications", { next: "lost", order: "T20261121190000000999" });
    await paid(stage);
    await stage.clock.advance(10_000);
    expect(seconds(stage)).toEqual([1]);
  });

  it("delays follow the time factor", async () => {
    const stage = open([500, 500], 0.1);
    await paid(stage);
    await stage.clock.advance(10_000);
    expect(seconds(stage)).toEqual([0.1, 1.6, 3.1]);
  });

  it("one not yet taken is sent again by a sandbox that was started anew", async () => {
    const stage = open([500]);
    await paid(stage);
    await stage.clock.advance(2_000);
    stage.sandbox.stop();
    stage.make();
    await stage.clock.advance(86_400_000);
    expect(seconds(stage)).toEqual([1, 16]);
  });

  it("neither the APIv3 key nor the sealed text is in the store", async () => {
    const stage = open();
    await paid(stage);
    await stage.clock.advance(5_000);
    expect(stage.store.lines.join("\n")).not.toContain(testKeys.api_v3_key);
  });
});
