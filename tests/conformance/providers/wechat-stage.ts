import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { instant, plusMs } from "../../../src/domain/clock.ts";
import type { PaymentId, RefundId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import {
  readWechatPayCredentials,
  type WrittenWechatPayCredentials,
} from "../../../src/gateway/providers/wechat-pay/credentials.ts";
import type { NotificationMessage } from "../../../src/gateway/provider.ts";
import { createWechatPay } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import type { PlatformKey, SandboxKeys } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { secret } from "../../../src/gateway/secret.ts";
import { rsaPrivateKey, rsaPublicKey } from "../../../src/gateway/signing/wechat.ts";
import type { Lie, Play, ProviderStage } from "./provider-stage.ts";
import { testCertificate } from "./test-certificate.ts";
import { virtualClock } from "./virtual-clock.ts";
import { forgedNotification, lied } from "./wechat-lies.ts";

/** The test keys of the vectors: they protect nothing. */
export const testKeys = JSON.parse(
  readFileSync(new URL("../../vectors/wechat-test-keys.json", import.meta.url), "utf8"),
);
const platformKey = rsaPrivateKey(testKeys.wechatpay_public_key.private_key_pem);

export const testSandboxKeys: SandboxKeys = {
  merchants: [
    {
      mchid: testKeys.mchid,
      appid: testKeys.appid,
      serial: testKeys.merchant.serial_no,
      publicKey: rsaPublicKey(testKeys.merchant.public_key_pem),
      apiV3Key: secret(testKeys.api_v3_key),
    },
  ],
  platformKeys: [{ serial: testKeys.wechatpay_public_key.id, privateKey: platformKey }],
};

/** The merchant's side of the same keys, which an account's row holds. */
export function writtenCredentials(
  baseUrl: string,
  over: Partial<WrittenWechatPayCredentials> = {},
): WrittenWechatPayCredentials {
  return {
    baseUrl,
    mchid: testKeys.mchid,
    appid: testKeys.appid,
    merchantSerial: testKeys.merchant.serial_no,
    merchantPrivateKeyPem: testKeys.merchant.private_key_pem,
    apiV3Key: testKeys.api_v3_key,
    platformKeys: [
      { serial: testKeys.wechatpay_public_key.id, publicKeyPem: testKeys.wechatpay_public_key.public_key_pem },
    ],
    ...over,
  };
}

/** The same, read. */
export function testCredentials(baseUrl: string) {
  return readWechatPayCredentials(writtenCredentials(baseUrl));
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
  couponOfOthers: "0601",
  couponOfShop: "0602",
};

/** A random source that repeats itself from run to run. */
export function countingRandom() {
  let seed = 1;
  return {
    bytes: (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 48_271) % 2_147_483_647) & 255),
  };
}

const certificate = testKeys.platform_certificate;
export type KeyMode = "publicKey" | "certificates";

/** What WeChat Pay signs with before a change. */
const before: Readonly<Record<KeyMode, PlatformKey>> = {
  publicKey: { serial: testKeys.wechatpay_public_key.id, privateKey: platformKey },
  certificates: {
    serial: certificate.serial_no,
    privateKey: rsaPrivateKey(certificate.private_key_pem),
    certificatePem: certificate.certificate_pem,
  },
};

/** What it signs with afterwards; made when a stage first wants it, for keys take a while to make. */
const after = { publicKey: once(nextPublicKey), certificates: once(nextCertificate) } as const;

function once<Made>(make: () => Made): () => Made {
  let made: { readonly it: Made } | null = null;
  return () => (made ??= { it: make() }).it;
}

function nextCertificate(): PlatformKey {
  return testCertificate("2026-11-01T00:00:00Z", "2031-11-01T00:00:00Z");
}

function nextPublicKey(): PlatformKey & { readonly publicKeyPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKeyPem = String(publicKey.export({ type: "spki", format: "pem" }));
  return { serial: "PUB_KEY_ID_0119000001092026112100000000000002", privateKey, publicKeyPem };
}

function credentialsIn(mode: KeyMode, over: Partial<WrittenWechatPayCredentials> = {}) {
  const next = after.publicKey();
  const keys: Partial<WrittenWechatPayCredentials> =
    mode === "certificates"
      ? { answersSignedWith: "certificates", platformKeys: [] }
      : {
          platformKeys: [
            ...(writtenCredentials("").platformKeys ?? []),
            { serial: next.serial, publicKeyPem: next.publicKeyPem },
          ],
        };
  return readWechatPayCredentials(writtenCredentials("https://wechat.invalid", { ...keys, ...over }));
}

/** WeChat Pay's adapter in front of its sandbox, in one process and under one virtual clock. */
export function wechatStage(mode: KeyMode = "publicKey"): ProviderStage {
  const clock = virtualClock(instant(Date.parse("2026-11-21T19:00:00+08:00")));
  const random = countingRandom();
  const store = memoryStore();
  let signing: readonly PlatformKey[] = [before[mode]];
  let verdict: "taken" | "refused" | "later" = "taken";
  let next: Lie | null = null;
  let skew = 0;
  let requests = 0;
  let made = 0;
  const inbox: NotificationMessage[] = [];
  const keys: SandboxKeys = {
    merchants: testSandboxKeys.merchants,
    get platformKeys() {
      return signing;
    },
  };
  const notified: Fetch = async (_url, init) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    inbox.push({ headers, body: Buffer.from(String(init.body)) });
    const { status, body } = provider.notificationAnswer(verdict);
    return new Response(body, { status });
  };
  const sandbox = createSandbox({ clock, random, store, timeFactor: 1, fetch: notified }, [wechatPayPlay(keys)]);
  const own = credentialsIn(mode);
  const other = credentialsIn(mode, { mchid: "1900000110", merchantSerial: "0".repeat(40) });
  const fetch: Fetch = async (url, init) => {
    if (url.endsWith("/v3/certificates")) return sandboxFetch(sandbox)(url, init);
    const lie = next;
    next = null;
    if (lie === "hangs") return new Promise(() => undefined);
    if (lie === "requestLost") throw new TypeError("fetch failed");
    requests += 1;
    const response = await sandboxFetch(sandbox)(url, init);
    return lie === null ? response : lied(lie, response, clock.now(), signing[0] ?? before[mode]);
  };
  const provider = createWechatPay({
    credentials: (id) => (id === "other" ? other : own),
    fetch,
    clock: { now: () => plusMs(clock.now(), skew), after: (ms, task) => clock.after(ms, task) },
    random,
  });
  const control = async (path: string, body: object): Promise<number> => {
    const answer = await sandbox.handle({
      method: "POST",
      url: `/_sandbox/${path}`,
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify(body)),
    });
    return answer.kind === "cut" ? 0 : answer.status;
  };
  const number = () => `01JD7Z0000AAAA${String((made += 1)).padStart(12, "0")}`;
  const attempt = () => ({
    id: number() as PaymentId,
    accountId: "account",
    amount: money(12_841, "CNY"),
    withinMs: 10_000,
    description: "和平路便利",
    storeOutId: "S1",
    tillLabel: "A1",
  });
  return {
    provider,
    clock,
    charge(play, over = {}) {
      const request = attempt();
      return { ...request, code: secret(`13${wechatSwitch[play]}${request.id.slice(-12)}`), ...over };
    },
    prompt: (over = {}) => ({
      ...attempt(),
      notifyUrl: "https://shop.invalid/notify/wechat-pay/S1/account",
      expiresAt: plusMs(clock.now(), 300_000),
      ...over,
    }),
    refund: (of, capture, minor, over = {}) => ({
      id: number() as RefundId,
      payment: of.id,
      providerTransactionId: capture.providerTransactionId,
      accountId: of.accountId,
      total: of.amount,
      amount: money(minor, "CNY"),
      reason: "退货",
      submittedAt: clock.now(),
      notifyUrl: "https://shop.invalid/notify/wechat-pay/S1/account",
      withinMs: 10_000,
      ...over,
    }),
    scan: async (content, play) =>
      (await control("scan", { wallet: "phone-01", content, behaviour: wechatSwitch[play] })) === 200,
    playRefund: async (play) => void (await control("refunds", { next: play })),
    lie: (lie) => void (next = lie),
    truth({ id }) {
      const order = readLedger(store.lines).orders.get(id);
      return order === undefined
        ? null
        : { moved: order.paidAt === null ? 0 : order.total, givenBack: order.givenBack };
    },
    requests: () => requests,
    notifications: () => inbox,
    answerNotifications: (answer) => void (verdict = answer),
    forged: (message, forgery) => forgedNotification(message, forgery, clock.now(), signing[0] ?? before[mode]),
    otherAccount: "other",
    skewShopClock: (ms) => void (skew = ms),
    rotateKeys() {
      signing = mode === "certificates" ? [after.certificates(), before.certificates] : [after.publicKey()];
    },
  };
}
