import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { Formatter, Wechatpay } from "wechatpay-axios-plugin";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listeningSandbox } from "../../integration/wechat/sandbox-server.ts";
import { testKeys } from "../providers/wechat-stage.ts";

type Chained = { [name: string]: Chained } & {
  post(data: unknown, config?: unknown): Promise<{ status: number; data: any }>;
  get(config?: unknown): Promise<{ status: number; data: any }>;
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

let sandbox: Awaited<ReturnType<typeof listeningSandbox>>;
let sdk: Chained;
beforeAll(async () => {
  sandbox = await listeningSandbox();
  sdk = outsideSdk(sandbox.url);
  await control("bills", { ready: "atOnce" });
  for (const [turn, total] of [5600, 2000].entries())
    await sdk["v3"]!["pay"]!["transactions"]!["codepay"]!.post({
      appid: testKeys.appid,
      mchid: testKeys.mchid,
      description: "拿铁咖啡×2, 大杯",
      out_trade_no: `T2026112119000000001${turn}`,
      payer: { auth_code: `13000000000000000${turn}` },
      amount: { total, currency: "CNY" },
      scene_info: { store_info: { out_id: "S0001" } },
    });
});
afterAll(() => sandbox.stop());

async function control(path: string, body: object): Promise<void> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

/** Today in Beijing when this began: the sandbox's process has the system's clock. */
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Asks for a bill and fetches it, each signed by the SDK. */
async function fetched(kind: "tradebill" | "fundflowbill", more: object = {}): Promise<{ hash: string; file: Buffer }> {
  const { data } = await sdk["v3"]!["bill"]![kind]!.get({ params: { bill_date: today, ...more } });
  const url = new URL(data.download_url);
  expect([data.hash_type, url.origin]).toEqual(["SHA1", sandbox.url]);
  const token = url.searchParams.get("token");
  const config = { params: { token }, responseType: "arraybuffer", transformResponse: (bytes: unknown) => bytes };
  const got = await sdk["v3"]!["billdownload"]!["file"]!.get(config);
  return { hash: data.hash_value, file: Buffer.from(got.data) };
}

it("an SDK that is not ours asks for the trade bill, fetches it, and reads rows and totals", async () => {
  const { hash, file } = await fetched("tradebill", { bill_type: "ALL" });
  expect(createHash("sha1").update(file).digest("hex")).toBe(hash);
  const { rows, summary } = (Formatter as any).castCsvBill(file);
  expect(rows.map((row: any) => [row["商户订单号"], row["商品名称"], row["订单金额"], row["手续费"]])).toEqual([
    ["T20261121190000000010", "拿铁咖啡×2, 大杯", "56.00", "0.34000"],
    ["T20261121190000000011", "拿铁咖啡×2, 大杯", "20.00", "0.12000"],
  ]);
  expect(summary).toMatchObject({ 总交易单数: "2", 订单总金额: "76.00", 手续费总金额: "0.46000" });
});

it("it fetches the fund flow packed, whose hash is of what is inside", async () => {
  const { hash, file } = await fetched("fundflowbill", { tar_type: "GZIP" });
  const inside = gunzipSync(file);
  expect(createHash("sha1").update(inside).digest("hex")).toBe(hash);
  expect((Formatter as any).castCsvBill(inside).summary).toMatchObject({ 资金流水总笔数: "4", 收入金额: "76.00" });
});

it("it is told by the provider's code that a day has no bill", async () => {
  const asked = sdk["v3"]!["bill"]!["tradebill"]!.get({ params: { bill_date: dayBefore(today) } });
  await expect(asked).rejects.toMatchObject({ response: { status: 400, data: { code: "NO_STATEMENT_EXIST" } } });
});

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
