import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { instant } from "../../../src/domain/clock.ts";
import type { PaymentId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import { readWechatPayCredentials } from "../../../src/gateway/providers/wechat-pay/credentials.ts";
import { createWechatPay } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import type { SandboxKeys } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { secret } from "../../../src/gateway/secret.ts";
import { rsaPrivateKey, rsaPublicKey, signRsaSha256 } from "../../../src/gateway/signing/wechat.ts";
import type { Lie, Play, ProviderStage } from "./provider-stage.ts";
import { virtualClock } from "./virtual-clock.ts";

/** The test keys of the vectors: they protect nothing. */
export const testKeys = JSON.parse(
  readFileSync(new URL("../../vectors/wechat-test-keys.json", import.meta.url), "utf8"),
);
const strangerKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const platformKey = rsaPrivateKey(testKeys.wechatpay_public_key.private_key_pem);

export const testSandboxKeys: SandboxKeys = {
  merchants: [
    {
      mchid: testKeys.mchid,
      appid: testKeys.appid,
      serial: testKeys.merchant.serial_no,
      publicKey: rsaPublicKey(testKeys.merchant.public_key_pem),
    },
  ],
  platformKeys: [{ serial: testKeys.wechatpay_public_key.id, privateKey: platformKey }],
};

/** The merchant's side of the same keys. */
export function testCredentials(baseUrl: string) {
  return readWechatPayCredentials({
    baseUrl,
    mchid: testKeys.mchid,
    appid: testKeys.appid,
    merchantSerial: testKeys.merchant.serial_no,
    merchantPrivateKeyPem: testKeys.merchant.private_key_pem,
    platformKeys: [
      { serial: testKeys.wechatpay_public_key.id, publicKeyPem: testKeys.wechatpay_public_key.public_key_pem },
    ],
  });
}

/** Digits 3 to 6 of the code. */
export const wechatSwitch: Readonly<Record<Play, string>> = {
  paysAtOnce: "0000",
  paysAfterPassword: "0101",
  cancels: "0102",
  neverAnswers: "0103",
  cannotPay: "0201",
  codeRefused: "0202",
  systemErrorPaid: "0301",
  systemErrorUnpaid: "0302",
  cutPaid: "0303",
  cutUnpaid: "0304",
  answersLate: "0305",
  wronglySigned: "0401",
  reverseFailsTwice: "0501",
  paysAtReverse: "0502",
  typingAtReverse: "0503",
};

/** A random source that repeats itself from run to run. */
export function countingRandom() {
  let seed = 1;
  return {
    bytes: (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 48_271) % 2_147_483_647) & 255),
  };
}

/** WeChat Pay's adapter in front of its sandbox, in one process and under one virtual clock. */
export function wechatStage(): ProviderStage {
  const clock = virtualClock(instant(Date.parse("2026-11-21T19:00:00+08:00")));
  const random = countingRandom();
  const store = memoryStore();
  const sandbox = createSandbox({ clock, random, store, timeFactor: 1 }, [wechatPayPlay(testSandboxKeys)]);
  const credentials = testCredentials("https://wechat.invalid");
  let next: Lie | null = null;
  let requests = 0;
  let made = 0;
  const fetch: Fetch = async (url, init) => {
    const lie = next;
    next = null;
    if (lie === "hangs") return new Promise(() => undefined);
    if (lie === "requestLost") throw new TypeError("fetch failed");
    requests += 1;
    const response = await sandboxFetch(sandbox)(url, init);
    return lie === null ? response : lied(lie, response, clock.now());
  };
  return {
    provider: createWechatPay({ credentials: () => credentials, fetch, clock, random }),
    clock,
    charge(play, over = {}) {
      made += 1;
      const code = `13${wechatSwitch[play]}${String(made).padStart(12, "0")}`;
      const id = `01JD7Z0000AAAA${String(made).padStart(12, "0")}` as PaymentId;
      return {
        id,
        accountId: "wechat",
        amount: money(12_841, "CNY"),
        withinMs: 10_000,
        code: secret(code),
        description: "和平路便利",
        storeOutId: "S1",
        tillLabel: "A1",
        ...over,
      };
    },
    lie: (lie) => void (next = lie),
    truth({ id }) {
      const order = readLedger(store.lines).orders.get(id);
      return order === undefined
        ? null
        : { moved: order.paidAt === null ? 0 : order.total, givenBack: order.givenBack };
    },
    requests: () => requests,
  };
}

const told: Readonly<Partial<Record<Lie, (body: any) => unknown>>> = {
  otherAmount: (body) => ({ ...body, amount: { ...body.amount, total: body.amount.total + 1 } }),
  otherCurrency: (body) => ({ ...body, amount: { ...body.amount, currency: "USD" } }),
  otherNumber: (body) => ({ ...body, out_trade_no: "01JD7Z0000AAAA999999999999" }),
  otherMerchant: (body) => ({ ...body, mchid: "1900000110" }),
  unknownState: (body) => ({ ...body, trade_state: "SETTLED" }),
};

/** The answer with one thing wrong; what is told in the body is signed with the provider's own key. */
async function lied(lie: Lie, response: Response, now: number): Promise<Response> {
  const body = await response.text();
  const headers = new Headers(response.headers);
  const seconds = (offset: number) => String(Math.floor(now / 1000) + offset);
  const signed = (text: string, timestamp = seconds(0), key = platformKey) => {
    headers.set("Wechatpay-Timestamp", timestamp);
    headers.set(
      "Wechatpay-Signature",
      signRsaSha256(Buffer.from(`${timestamp}\n${headers.get("Wechatpay-Nonce")}\n${text}\n`), key),
    );
    return new Response(text, { status: response.status, headers });
  };
  const change = told[lie];
  if (change !== undefined) return signed(JSON.stringify(change(JSON.parse(body))));
  switch (lie) {
    case "byteChanged":
      return new Response(body.replace("19", "91"), { status: response.status, headers });
    case "unsigned":
      return new Response(body, { status: response.status });
    case "unknownKey":
      headers.set("Wechatpay-Serial", "PUB_KEY_ID_0199");
      return signed(body, seconds(0), strangerKey);
    case "stale":
      return signed(body, seconds(-300));
    case "gateHtml":
      return new Response("<html><body>502 Bad Gateway</body></html>", { status: 502 });
    case "huge":
      return signed(`${body}${" ".repeat(4 * 1024 * 1024)}`);
    case "noJson":
      return signed(body.slice(0, -1));
    default:
      throw new TypeError("fetch failed");
  }
}
