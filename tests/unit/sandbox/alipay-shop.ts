import { instant } from "../../../src/domain/clock.ts";
import { beijingTime } from "../../../src/gateway/providers/alipay/beijing-time.ts";
import { readAlipayLedger } from "../../../src/gateway/sandbox/alipay/ledger.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { readRsaPrivateKey, signRsa2 } from "../../../src/gateway/signing/alipay.ts";
import { alipaySandboxKeys, alipayTestKeys as keys } from "../../conformance/providers/alipay-stage.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { countingRandom } from "../../conformance/providers/wechat-stage.ts";

const appKey = readRsaPrivateKey(keys.app.private_key_pkcs8_pem);
const notifyUrl = "https://shop.invalid/notify";

/** A shop of these tests' own, so that the adapter and the sandbox are not judged by each other alone. */
export function openShop(answer: () => string = () => "success") {
  const clock = virtualClock(instant(Date.parse("2026-11-21T19:00:00+08:00")));
  const store = memoryStore();
  const inbox: { readonly at: number; readonly form: URLSearchParams }[] = [];
  const start = () =>
    createSandbox(
      {
        clock,
        random: countingRandom(),
        store,
        timeFactor: 1,
        fetch: async (_url, init) => {
          inbox.push({ at: clock.now(), form: new URLSearchParams(String(init.body)) });
          return new Response(answer());
        },
      },
      [alipayPlay(alipaySandboxKeys)],
    );
  let sandbox = start();

  const send = async (parameters: Record<string, string>, how: { method?: string; kept?: boolean } = {}) => {
    const names = Object.keys(parameters)
      .filter((name) => how.kept === true || parameters[name] !== "")
      .toSorted();
    const sign = signRsa2(names.map((name) => `${name}=${parameters[name]}`).join("&"), appKey);
    const form = new URLSearchParams({ ...parameters, sign }).toString();
    const isGet = how.method === "GET";
    const told = await sandbox.handle({
      method: how.method ?? "POST",
      url: isGet ? `/gateway.do?${form}` : "/gateway.do?charset=utf-8",
      headers: {},
      body: Buffer.from(isGet ? "" : form),
    });
    return told.kind === "cut" ? "cut" : told.body;
  };
  const common = (method: string, members: unknown) => ({
    app_id: keys.app_id,
    method,
    charset: "utf-8",
    sign_type: "RSA2",
    version: "1.0",
    timestamp: beijingTime(clock.now()),
    biz_content: typeof members === "string" ? members : JSON.stringify(members),
  });
  const node = async (method: string, members: unknown, over: Record<string, string> = {}) =>
    nodeIn(await send({ ...common(method, members), ...over }));
  const control = async (path: string, body: object) => {
    const told = await sandbox.handle({
      method: "POST",
      url: `/_sandbox/${path}`,
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ provider: "alipay", ...body })),
    });
    return told.kind === "cut" ? { status: 0 } : { status: told.status, json: JSON.parse(told.body) };
  };
  return {
    clock,
    store,
    inbox,
    send,
    common,
    node,
    control,
    pay: (outTradeNo: string, code = "280000", over: object = {}) =>
      node("alipay.trade.pay", {
        out_trade_no: outTradeNo,
        auth_code: code.length === 6 ? `${code}${outTradeNo.slice(1).padStart(12, "0")}` : code,
        scene: "bar_code",
        subject: "Latte",
        total_amount: "10.00",
        ...over,
      }),
    precreate: (outTradeNo: string, over: object = {}) =>
      node(
        "alipay.trade.precreate",
        { out_trade_no: outTradeNo, subject: "Latte", total_amount: "10.00", ...over },
        {
          notify_url: notifyUrl,
        },
      ),
    scan: (content: string, behaviour = "0000") => control("scan", { wallet: "phone-01", content, behaviour }),
    refund: (outTradeNo: string, amount: string, no: string) =>
      node("alipay.trade.refund", { out_trade_no: outTradeNo, refund_amount: amount, out_request_no: no }),
    order: (outTradeNo: string) => readAlipayLedger(store.lines).orders.get(outTradeNo),
    restart() {
      sandbox.stop();
      sandbox = start();
    },
  };
}

/** The node of an answer. */
export function nodeIn(body: string): Record<string, any> {
  const [, node] = Object.entries(JSON.parse(body))[0] ?? [];
  return node as Record<string, any>;
}
