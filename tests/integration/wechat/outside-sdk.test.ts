import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Wechatpay } from "wechatpay-axios-plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { countingRandom, testKeys, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { listeningSandbox } from "./sandbox-server.ts";

type Asked = { status: number; data: any };
type Chained = { [name: string]: Chained } & {
  post(data: unknown, config?: unknown): Promise<Asked>;
  get(config?: unknown): Promise<Asked>;
};

/** wechatpay-axios-plugin as its readme shows it; only the base URL and the keys are ours. */
function outsideSdk(baseURL: string): Chained {
  return new Wechatpay({
    mchid: testKeys.mchid,
    serial: testKeys.merchant.serial_no,
    privateKey: testKeys.merchant.private_key_pem,
    certs: { [testKeys.wechatpay_public_key.id]: testKeys.wechatpay_public_key.public_key_pem },
    baseURL,
  } as never) as unknown as Chained;
}

const order = (outTradeNo: string, authCode: string) => ({
  appid: testKeys.appid,
  mchid: testKeys.mchid,
  description: "拿铁咖啡×2",
  out_trade_no: outTradeNo,
  payer: { auth_code: authCode },
  amount: { total: 5600, currency: "CNY" },
  scene_info: { store_info: { out_id: "S0001" } },
});
const query = (sdk: Chained, no: string) =>
  sdk["v3"]!["pay"]!["transactions"]!["outTradeNo"]!["{out_trade_no}"]!.get({
    params: { mchid: testKeys.mchid },
    out_trade_no: no,
  });
const reverse = (sdk: Chained, no: string) =>
  sdk["v3"]!["pay"]!["transactions"]!["outTradeNo"]!["{out_trade_no}"]!["reverse"]!.post(
    { appid: testKeys.appid, mchid: testKeys.mchid },
    { out_trade_no: no },
  );
const codepay = (sdk: Chained, no: string, code: string) =>
  sdk["v3"]!["pay"]!["transactions"]!["codepay"]!.post(order(no, code));

describe("an SDK that is not ours", () => {
  let sandbox: Awaited<ReturnType<typeof listeningSandbox>>;
  beforeAll(async () => void (sandbox = await listeningSandbox()));
  afterAll(() => sandbox.stop());

  it("pays, queries and reverses against the sandbox, and takes its signatures", async () => {
    const sdk = outsideSdk(sandbox.url);
    expect((await codepay(sdk, "T20261121190000000011", "130000098828009406")).data).toMatchObject({
      trade_state: "SUCCESS",
      amount: { total: 5600 },
    });
    expect((await query(sdk, "T20261121190000000011")).data).toMatchObject({
      trade_state: "SUCCESS",
      trade_type: "MICROPAY",
    });
    expect((await reverse(sdk, "T20261121190000000011")).data).toEqual({
      appid: testKeys.appid,
      mchid: testKeys.mchid,
      out_trade_no: "T20261121190000000011",
    });
    expect((await query(sdk, "T20261121190000000011")).data).toMatchObject({ trade_state: "REVOKED" });
    expect(readLedger(sandbox.store.lines).orders.get("T20261121190000000011")).toMatchObject({
      total: 5600,
      givenBack: 5600,
    });
  });

  it("reads the payer's password as 202 and the sandbox's refusals by status and code", async () => {
    const sdk = outsideSdk(sandbox.url);
    expect(await codepay(sdk, "T20261121190000000012", "130103098828009406")).toMatchObject({
      status: 202,
      data: { trade_state: "USERPAYING" },
    });
    await expect(codepay(sdk, "T20261121190000000013", "130201098828009406")).rejects.toMatchObject({
      response: { status: 403, data: { code: "NOT_ENOUGH" } },
    });
    await expect(codepay(sdk, "T20261121190000000014", "not a code")).rejects.toMatchObject({
      response: { status: 400, data: { code: "INVALID_REQUEST" } },
    });
  });

  it("refuses the sandbox's answer when one byte of it is changed", async () => {
    const altering = createServer(async (incoming, response) => {
      const body: Buffer[] = [];
      for await (const chunk of incoming) body.push(chunk as Buffer);
      const { authorization, "content-type": type } = incoming.headers;
      const answer = await fetch(sandbox.url + incoming.url!, {
        method: incoming.method!,
        headers: { authorization: authorization!, "content-type": type! },
        body: Buffer.concat(body),
      });
      const altered = (await answer.text()).replace("5600", "5601");
      response
        .writeHead(
          answer.status,
          Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith("wechatpay"))),
        )
        .end(altered);
    });
    await new Promise<void>((resolve) => altering.listen(0, "127.0.0.1", resolve));
    const sdk = outsideSdk(`http://127.0.0.1:${(altering.address() as AddressInfo).port}`);
    await expect(codepay(sdk, "T20261121190000000015", "130000098828009415")).rejects.toMatchObject({
      code: "EV3_RES_HEADER_SIGNATURE_DIGEST",
    });
    altering.closeAllConnections();
    await new Promise((resolve) => altering.close(resolve));
  });

  it("is refused with 401 when it signs with another merchant's serial", async () => {
    const sdk = new Wechatpay({
      mchid: testKeys.mchid,
      serial: "0".repeat(40),
      privateKey: testKeys.merchant.private_key_pem,
      certs: { [testKeys.wechatpay_public_key.id]: testKeys.wechatpay_public_key.public_key_pem },
      baseURL: sandbox.url,
    } as never) as unknown as Chained;
    await expect(codepay(sdk, "T20261121190000000016", "130000098828009416")).rejects.toMatchObject({
      response: { status: 401, data: { code: "SIGN_ERROR" } },
    });
  });
});

const signedAt = (exchange: any) =>
  instant(Number(/timestamp="(\d+)"/u.exec(exchange.request.headers.Authorization)?.[1]) * 1000);

describe("exchanges captured from public SDKs", () => {
  const captured = JSON.parse(
    readFileSync(new URL("../../vectors/wechat-captured-exchanges.json", import.meta.url), "utf8"),
  ) as { cases: any[] };
  /** A fresh sandbox knows no number of an earlier exchange. */
  const known = ["wechat-codepay", "wechat-native", "wechat-reverse"];

  it.each(captured.cases.map((exchange) => [exchange.name as string, exchange]))(
    "%s: the sandbox takes the request's signature when its clock stands at the signed time",
    async (_name, exchange) => {
      const sandbox = createSandbox(
        {
          clock: virtualClock(signedAt(exchange)),
          random: countingRandom(),
          store: memoryStore(),
          timeFactor: 1,
        },
        [wechatPayPlay(testSandboxKeys)],
      );
      const { method, url, headers, body } = exchange.request;
      const answer = await sandbox.handle({
        method,
        url,
        headers: { authorization: headers.Authorization },
        body: Buffer.from(body),
      });
      expect(answer).toMatchObject({ kind: "answer", status: known.includes(exchange.name) ? 200 : 404 });
    },
  );
});
