import { createHash } from "node:crypto";
import { instant } from "../../../src/domain/clock.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import type { AccountTerms } from "../../../src/gateway/sandbox/settlement/terms.ts";
import { usualTerms } from "../../../src/gateway/sandbox/settlement/terms.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import type { SandboxKeys } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import type { SandboxAnswer } from "../../../src/gateway/sandbox/wire.ts";
import { readRsaPrivateKey, signRsa2 } from "../../../src/gateway/signing/alipay.ts";
import { rsaPrivateKey, signRsaSha256 } from "../../../src/gateway/signing/wechat.ts";
import { alipaySandboxKeys, alipayTestKeys } from "../../conformance/providers/alipay-stage.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { countingRandom, testKeys, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";

const merchantKey = rsaPrivateKey(testKeys.merchant.private_key_pem);
const appKey = readRsaPrivateKey(alipayTestKeys.app.private_key_pkcs8_pem);
const origin = "http://127.0.0.1:4799";

/** A shop with both providers at a standing clock; every request is signed as a shop's own. */
export function billStage(
  start = "2026-11-20T09:01:02+08:00",
  terms: AccountTerms = usualTerms,
  { timeFactor = 1, keys = testSandboxKeys }: { timeFactor?: number; keys?: SandboxKeys } = {},
) {
  const clock = virtualClock(instant(Date.parse(start)));
  const store = memoryStore();
  const open = () =>
    createSandbox({ clock, random: countingRandom(), store, timeFactor }, [
      wechatPayPlay(keys, terms),
      alipayPlay(alipaySandboxKeys, terms),
    ]);
  let sandbox = open();
  let codes = 0;

  const wechat = async (method: "GET" | "POST", path: string, members?: object, mchid = testKeys.mchid) => {
    const body = members === undefined ? "" : JSON.stringify(members);
    const timestamp = String(Math.floor(clock.now() / 1000));
    const signature = signRsaSha256(Buffer.from(`${method}\n${path}\n${timestamp}\nN0NCE\n${body}\n`), merchantKey);
    const authorization = `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="N0NCE",timestamp="${timestamp}",serial_no="${testKeys.merchant.serial_no}",signature="${signature}"`;
    return sandbox.handle({ method, url: path, headers: { authorization }, body: Buffer.from(body), origin });
  };
  const alipay = async (method: string, members: object) => {
    const parameters: Record<string, string> = {
      app_id: alipayTestKeys.app_id,
      method,
      charset: "utf-8",
      sign_type: "RSA2",
      version: "1.0",
      timestamp: new Date(clock.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " "),
      biz_content: JSON.stringify(members),
    };
    const names = Object.keys(parameters).toSorted();
    const sign = signRsa2(names.map((name) => `${name}=${parameters[name]}`).join("&"), appKey);
    const body = Buffer.from(new URLSearchParams({ ...parameters, sign }).toString());
    const told = jsonOf(await sandbox.handle({ method: "POST", url: "/gateway.do", headers: {}, body, origin }));
    return told.json[`${method.replaceAll(".", "_")}_response`] as Record<string, string>;
  };
  const get = async (path: string) =>
    sandbox.handle({ method: "GET", url: path, headers: {}, body: Buffer.alloc(0), origin });
  const control = async (path: string, body?: object) =>
    jsonOf(
      body === undefined
        ? await get(`/_sandbox/${path}`)
        : await sandbox.handle({
            method: "POST",
            url: `/_sandbox/${path}`,
            headers: { "content-type": "application/json" },
            body: Buffer.from(JSON.stringify(body)),
          }),
    );
  const fetched = async (path: string) => {
    const asked = jsonOf(await wechat("GET", path));
    if (asked.status !== 200) return { code: asked.json.code as string, status: asked.status };
    const url = new URL(asked.json.download_url);
    const file = await wechat("GET", url.pathname + url.search);
    const bytes = bytesOf(file);
    return { ...asked.json, bytes, text: bytes.toString("utf8"), sha1: sha1(bytes) } as Record<string, any>;
  };
  return {
    clock,
    store,
    origin,
    wechat,
    alipay,
    get,
    control,
    /** `at` in Beijing, as `2026-11-20 09:00:00`; time only goes forward. */
    until: (at: string) => clock.advance(Date.parse(`${at.replace(" ", "T")}+08:00`) - clock.now()),
    pay: async (outTradeNo: string, total: number, how: { digits?: string; name?: string } = {}) =>
      jsonOf(
        await wechat("POST", "/v3/pay/transactions/codepay", {
          appid: testKeys.appid,
          mchid: testKeys.mchid,
          description: how.name ?? "拿铁咖啡×2",
          out_trade_no: outTradeNo,
          attach: "till=03",
          payer: { auth_code: `13${how.digits ?? "9999"}${String(++codes).padStart(12, "0")}` },
          amount: { total, currency: "CNY" },
          scene_info: { store_info: { out_id: "S0001" }, device_id: "POS-03" },
        }),
      ),
    refund: async (outTradeNo: string, outRefundNo: string, refund: number, total: number, over: object = {}) =>
      jsonOf(
        await wechat("POST", "/v3/refund/domestic/refunds", {
          out_trade_no: outTradeNo,
          out_refund_no: outRefundNo,
          amount: { refund, total, currency: "CNY" },
          ...over,
        }),
      ),
    reverse: async (outTradeNo: string) =>
      jsonOf(
        await wechat("POST", `/v3/pay/transactions/out-trade-no/${outTradeNo}/reverse`, {
          appid: testKeys.appid,
          mchid: testKeys.mchid,
        }),
      ),
    tradeBill: (day: string, more = "") => fetched(`/v3/bill/tradebill?bill_date=${day}${more}`),
    fundFlow: (day: string, more = "") => fetched(`/v3/bill/fundflowbill?bill_date=${day}${more}`),
    alipayPay: (outTradeNo: string, total: string, digits = "9999") =>
      alipay("alipay.trade.pay", {
        out_trade_no: outTradeNo,
        auth_code: `28${digits}${String(++codes).padStart(12, "0")}`,
        scene: "bar_code",
        subject: "拿铁咖啡x2",
        total_amount: total,
        store_id: "S0001",
        terminal_id: "POS-03",
      }),
    alipayBill: async (day: string, type = "trade") => {
      const asked = await alipay("alipay.data.dataservice.bill.downloadurl.query", { bill_type: type, bill_date: day });
      const address = asked["bill_download_url"];
      if (address === undefined) return { code: asked["sub_code"], bytes: Buffer.alloc(0), url: "" };
      const url = new URL(address);
      return { code: "", url: address, bytes: bytesOf(await get(url.pathname + url.search)) };
    },
    restart() {
      sandbox.stop();
      sandbox = open();
    },
  };
}

/** Status and body of an answer that was not cut. */
export function jsonOf(answer: SandboxAnswer): { readonly status: number; readonly json: any } {
  if (answer.kind === "cut") throw new Error("the connection was cut");
  return { status: answer.status, json: answer.bytes === undefined ? JSON.parse(answer.body || "{}") : null };
}

export function bytesOf(answer: SandboxAnswer): Buffer {
  if (answer.kind === "cut" || answer.bytes === undefined) throw new Error("there is no file in this answer");
  return Buffer.from(answer.bytes);
}

export function sha1(bytes: Uint8Array): string {
  return createHash("sha1").update(bytes).digest("hex");
}
