import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { createSandbox, type Sandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import type { SandboxAnswer } from "../../../src/gateway/sandbox/wire.ts";
import { rsaPrivateKey, signRsaSha256 } from "../../../src/gateway/signing/wechat.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { countingRandom, testKeys, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";

const merchantKey = rsaPrivateKey(testKeys.merchant.private_key_pem);
const codepayPath = "/v3/pay/transactions/codepay";

/** A merchant of these tests' own, so that the adapter and the sandbox are not judged by each other alone. */
function open(timeFactor = 1) {
  const clock = virtualClock(instant(Date.parse("2026-11-21T19:00:00+08:00")));
  const store = memoryStore();
  const make = () =>
    createSandbox({ clock, random: countingRandom(), store, timeFactor }, [wechatPayPlay(testSandboxKeys)]);
  return { clock, store, sandbox: make(), make };
}

type Signing = {
  method?: string;
  path?: string;
  ageSeconds?: number;
  serial?: string;
  mchid?: string;
  sentBody?: string;
  sentPath?: string;
  sentMethod?: string;
  nonce?: string;
};

function signed(at: number, body: string, over: Signing = {}) {
  const {
    method = "POST",
    path = codepayPath,
    ageSeconds = 0,
    serial = testKeys.merchant.serial_no,
    mchid = testKeys.mchid,
    nonce = "N0NCE",
  } = over;
  const timestamp = String(Math.floor(at / 1000) - ageSeconds);
  const signature = signRsaSha256(Buffer.from(`${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`), merchantKey);
  const authorization = `WECHATPAY2-SHA256-RSA2048 signature="${signature}",mchid="${mchid}",timestamp="${timestamp}",nonce_str="${nonce}",serial_no="${serial}"`;
  return {
    method: over.sentMethod ?? method,
    url: over.sentPath ?? path,
    headers: { authorization },
    body: Buffer.from(over.sentBody ?? body),
  };
}

const order = (over: object = {}) => ({
  appid: testKeys.appid,
  mchid: testKeys.mchid,
  description: "和平路便利",
  out_trade_no: "T20261121190000000001",
  payer: { auth_code: "130000000000000001" },
  amount: { total: 12_841, currency: "CNY" },
  scene_info: { store_info: { out_id: "S1" } },
  ...over,
});
const told = (answer: SandboxAnswer) =>
  answer.kind === "cut" ? null : { status: answer.status, ...JSON.parse(answer.body || "{}") };

describe("the sandbox refuses a request", () => {
  const body = JSON.stringify(order());
  it.each<[string, Signing]>([
    ["whose body was changed by a byte", { sentBody: body.replace("12841", "12842") }],
    ["whose path was changed", { path: `${codepayPath}?a=1`, sentPath: codepayPath }],
    ["whose method was changed", { method: "PUT", sentMethod: "POST" }],
    ["signed 301 s ago", { ageSeconds: 301 }],
    ["signed 301 s ahead", { ageSeconds: -301 }],
    ["of an unknown serial", { serial: "0".repeat(40) }],
    ["of an unknown merchant", { mchid: "1900000110" }],
    ["with a nonce of 33 characters", { nonce: "N".repeat(33) }],
  ])("%s with 401, and nothing is recorded", async (_what, over) => {
    const { clock, store, sandbox } = open();
    expect(told(await sandbox.handle(signed(clock.now(), body, over)))).toMatchObject({
      status: 401,
      code: "SIGN_ERROR",
    });
    expect(store.lines).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ["without Authorization", {}],
    ["with another scheme", { authorization: "Bearer x" }],
  ])("%s with 401", async (_what, headers) => {
    const answer = await open().sandbox.handle({
      method: "GET",
      url: "/v3/pay/transactions/out-trade-no/T12345?mchid=1",
      headers,
      body: Buffer.alloc(0),
    });
    expect(told(answer)).toMatchObject({ status: 401 });
  });

  it.each<[string, object, number, string]>([
    ["another appid", { appid: "wx0" }, 400, "APPID_MCHID_NOT_MATCH"],
    ["another mchid than the signer's", { mchid: "1900000110" }, 400, "PARAM_ERROR"],
    ["a fraction of a fen", { amount: { total: 1.5 } }, 400, "PARAM_ERROR"],
    ["yuan as text", { amount: { total: "128.41" } }, 400, "PARAM_ERROR"],
    ["nothing to pay", { amount: { total: 0 } }, 400, "PARAM_ERROR"],
    ["another currency", { amount: { total: 1, currency: "USD" } }, 400, "PARAM_ERROR"],
    ["a number of five characters", { out_trade_no: "T1234" }, 400, "PARAM_ERROR"],
    ["a number with a dot", { out_trade_no: "T12345.6" }, 400, "PARAM_ERROR"],
    ["an emoji in the description", { description: "店🍜" }, 400, "PARAM_ERROR"],
    ["no store", { scene_info: {} }, 400, "PARAM_ERROR"],
    ["an Alipay code", { payer: { auth_code: "280000000000000001" } }, 400, "INVALID_REQUEST"],
    ["a code of 17 digits", { payer: { auth_code: "13000000000000000" } }, 400, "INVALID_REQUEST"],
  ])("for %s, and no order is made", async (_what, over, status, code) => {
    const { clock, store, sandbox } = open();
    expect(told(await sandbox.handle(signed(clock.now(), JSON.stringify(order(over)))))).toMatchObject({
      status,
      code,
    });
    expect(readLedger(store.lines).orders.size).toBe(0);
  });
});

const pay = async (sandbox: Sandbox, now: number, over: object = {}) =>
  told(await sandbox.handle(signed(now, JSON.stringify(order(over)))));

const query = async (sandbox: Sandbox, now: number, no = order().out_trade_no, mchid = testKeys.mchid) =>
  told(
    await sandbox.handle(
      signed(now, "", { method: "GET", path: `/v3/pay/transactions/out-trade-no/${no}?mchid=${mchid}` }),
    ),
  );

const usual = (last: number) => ({
  out_trade_no: `T2026112119000000000${last}`,
  payer: { auth_code: `13900000000000000${last}` },
});

describe("the sandbox's orders", () => {
  it("a number used with another amount is refused as used, and the first order stands", async () => {
    const { clock, sandbox } = open();
    expect(await pay(sandbox, clock.now())).toMatchObject({ status: 200, trade_state: "SUCCESS" });
    expect(
      await pay(sandbox, clock.now(), { amount: { total: 1 }, payer: { auth_code: "130000000000000002" } }),
    ).toMatchObject({ status: 403, code: "OUT_TRADE_NO_USED" });
    expect(await query(sandbox, clock.now())).toMatchObject({ amount: { total: 12_841 } });
  });

  it("1000 yuan are paid at once, one fen more asks the password", async () => {
    const { clock, sandbox } = open();
    expect(await pay(sandbox, clock.now(), { ...usual(1), amount: { total: 100_000 } })).toMatchObject({ status: 200 });
    expect(await pay(sandbox, clock.now(), { ...usual(2), amount: { total: 100_001 } })).toMatchObject({
      status: 202,
      trade_state: "USERPAYING",
    });
  });

  it("a payer acts after 8 s times the factor, whether or not anybody looks", async () => {
    const { clock, sandbox, store } = open(0.1);
    await pay(sandbox, clock.now(), { payer: { auth_code: "130101000000000001" } });
    await clock.advance(799);
    expect(readLedger(store.lines).orders.get(order().out_trade_no)?.state).toBe("USERPAYING");
    await clock.advance(1);
    expect(readLedger(store.lines).orders.get(order().out_trade_no)?.state).toBe("SUCCESS");
  });

  it("a late answer comes after 40 s while the query already tells the payment", async () => {
    const { clock, sandbox } = open();
    let answered = false;
    const late = pay(sandbox, clock.now(), { payer: { auth_code: "130305000000000001" } }).then(
      (answer) => ((answered = true), answer),
    );
    await clock.advance(39_999);
    expect(answered).toBe(false);
    expect(await query(sandbox, clock.now())).toMatchObject({ trade_state: "SUCCESS" });
    await clock.advance(1);
    expect(await late).toMatchObject({ trade_state: "SUCCESS" });
  });

  it("a query for another merchant's number is refused", async () => {
    const { clock, sandbox } = open();
    await pay(sandbox, clock.now());
    expect(await query(sandbox, clock.now(), order().out_trade_no, "1900000110")).toMatchObject({ status: 400 });
  });

  it("a sandbox opened on the same store knows the orders, the used codes and the closed numbers", async () => {
    const { clock, sandbox, make } = open();
    await pay(sandbox, clock.now());
    await sandbox.handle(
      signed(clock.now(), JSON.stringify({ appid: testKeys.appid, mchid: testKeys.mchid }), {
        path: "/v3/pay/transactions/out-trade-no/T20261121190000000009/reverse",
      }),
    );
    const again = make();
    expect(await query(again, clock.now())).toMatchObject({ trade_state: "SUCCESS" });
    expect(await pay(again, clock.now(), { out_trade_no: "T20261121190000000002" })).toMatchObject({
      status: 400,
      message: expect.stringContaining("101"),
    });
    expect(
      await pay(again, clock.now(), {
        out_trade_no: "T20261121190000000009",
        payer: { auth_code: "130000000000000009" },
      }),
    ).toMatchObject({ code: "ORDER_CLOSED" });
  });
});

const call = async (sandbox: Sandbox, method: string, url: string, body: object = {}, type = "application/json") =>
  told(
    await sandbox.handle({
      method,
      url,
      headers: { "content-type": type },
      body: Buffer.from(method === "GET" ? "" : JSON.stringify(body)),
    }),
  );

describe("the wallet's calls", () => {
  const wallet = "/_sandbox/wallets/phone-01";

  async function asked(answer: string) {
    const { clock, sandbox, store } = open();
    const { code } = (await call(sandbox, "POST", `${wallet}/code`, { behaviour: "0100" })) as { code: string };
    const paid = told(await sandbox.handle(signed(clock.now(), JSON.stringify(order({ payer: { auth_code: code } })))));
    const shown = await call(sandbox, "GET", wallet);
    const said = await call(sandbox, "POST", `/_sandbox/orders/${order().out_trade_no}/answer`, { answer });
    return { clock, sandbox, paid, shown, said, order: readLedger(store.lines).orders.get(order().out_trade_no) };
  }

  it.each([
    ["confirm", "SUCCESS", null],
    ["notEnough", "PAYERROR", "notEnough"],
    ["cancel", "PAYERROR", "cancelled"],
    ["dontAnswer", "USERPAYING", null],
  ])("%s makes a prompted order %s", async (answer, state, failure) => {
    const { paid, shown, order: after } = await asked(answer);
    expect(paid).toMatchObject({ status: 202 });
    expect(shown).toMatchObject({ isCodeUsed: true, payment: { payee: "和平路便利", total: 12_841, isAsking: true } });
    expect(after).toMatchObject({ state, failure });
  });

  it("an order answered once takes no second answer", async () => {
    const { sandbox } = await asked("cancel");
    expect(
      await call(sandbox, "POST", `/_sandbox/orders/${order().out_trade_no}/answer`, { answer: "confirm" }),
    ).toMatchObject({ status: 409 });
  });

  it("a code is refused as stale 90 s after it was given", async () => {
    const { clock, sandbox } = open();
    const give = async () =>
      ((await call(sandbox, "POST", `${wallet}/code`, { behaviour: "usual" })) as { code: string }).code;
    const payFor = async (no: string, code: string) =>
      told(
        await sandbox.handle(
          signed(clock.now(), JSON.stringify(order({ out_trade_no: no, payer: { auth_code: code } }))),
        ),
      );
    const [first, second] = [await give(), await give()];
    await clock.advance(89_999);
    expect(await payFor("T20261121190000000001", first)).toMatchObject({ status: 200 });
    await clock.advance(1);
    expect(await payFor("T20261121190000000002", second)).toMatchObject({ status: 400, code: "INVALID_REQUEST" });
  });

  it("a form of another page cannot make a call: only application/json is taken", async () => {
    expect(await call(open().sandbox, "POST", `${wallet}/code`, { behaviour: "usual" }, "text/plain")).toMatchObject({
      status: 415,
    });
  });

  it("no code stands in the store, neither given nor used", async () => {
    const { clock, sandbox, store } = open();
    const { code } = (await call(sandbox, "POST", `${wallet}/code`, { behaviour: "usual" })) as { code: string };
    await sandbox.handle(signed(clock.now(), JSON.stringify(order({ payer: { auth_code: code } }))));
    expect(store.lines.join("\n")).not.toContain(code);
    expect(store.lines.length).toBe(2);
  });
});
