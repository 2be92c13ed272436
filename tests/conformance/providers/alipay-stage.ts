import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { instant, plusMs } from "../../../src/domain/clock.ts";
import type { PaymentId, RefundId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import type { NotificationMessage } from "../../../src/gateway/provider.ts";
import { createAlipay } from "../../../src/gateway/providers/alipay/alipay.ts";
import { readAlipayCredentials } from "../../../src/gateway/providers/alipay/credentials.ts";
import { readAlipayKeys, type AlipayPlayKeys } from "../../../src/gateway/sandbox/alipay/keys.ts";
import { readAlipayLedger } from "../../../src/gateway/sandbox/alipay/ledger.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { secret } from "../../../src/gateway/secret.ts";
import { certificateSerial } from "../../../src/gateway/signing/alipay-certificate.ts";
import { forgedNotification, lied, type AlipaySigner } from "./alipay-lies.ts";
import type { Lie, Play, ProviderStage } from "./provider-stage.ts";
import { testCertificate } from "./test-certificate.ts";
import { virtualClock } from "./virtual-clock.ts";
import { countingRandom } from "./wechat-stage.ts";

export type AlipayMode = "publicKey" | "certificate";

/** The test keys of the vectors: they protect nothing. */
export const alipayTestKeys = JSON.parse(
  readFileSync(new URL("../../vectors/alipay-test-keys.json", import.meta.url), "utf8"),
);

/** Alipay's side, both modes. */
export const alipaySandboxKeys: AlipayPlayKeys = readAlipayKeys(
  {
    appId: alipayTestKeys.app_id,
    sellerId: alipayTestKeys.seller_id,
    appPublicKey: alipayTestKeys.app.public_key_pem,
    alipayPrivateKey: alipayTestKeys.alipay.private_key_pem,
    certificates: {
      app: alipayTestKeys.app.certificate_pem,
      alipay: alipayTestKeys.alipay.certificate_pem,
      root: alipayTestKeys.root.bundle_pem,
    },
  },
  "alipay",
);

/** What Alipay signs with after a change of keys; keys take a while to make. */
const nextCertificate = testCertificate("2026-11-01T00:00:00Z", "2031-11-01T00:00:00Z");
const nextKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const nextPublicKeyPem = String(nextKeys.publicKey.export({ type: "spki", format: "pem" }));

const next: Readonly<Record<AlipayMode, AlipaySigner>> = {
  publicKey: { key: nextKeys.privateKey, certSn: null },
  certificate: { key: nextCertificate.privateKey, certSn: certificateSerial(nextCertificate.certificatePem) },
};

/** The shop's side of the same keys; it holds the next ones too. */
export function alipayTestCredentials(mode: AlipayMode, gatewayUrl: string, over: object = {}) {
  return readAlipayCredentials({
    gatewayUrl,
    appId: alipayTestKeys.app_id,
    sellerId: alipayTestKeys.seller_id,
    appPrivateKey: alipayTestKeys.app.private_key_pkcs1_pem,
    mode,
    alipayPublicKeys: [alipayTestKeys.alipay.public_key_pem, nextPublicKeyPem],
    appCertificate: alipayTestKeys.app.certificate_pem,
    alipayCertificates: [alipayTestKeys.alipay.certificate_pem, nextCertificate.certificatePem],
    alipayRootCertificates: alipayTestKeys.root.bundle_pem,
    ...over,
  });
}

/** Digits 3 to 6 of the code. */
export const alipaySwitch: Readonly<Record<Play, string>> = {
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

/** Alipay's adapter in front of its sandbox, in one process and under one virtual clock. */
export function alipayStage(mode: AlipayMode): ProviderStage {
  const clock = virtualClock(instant(Date.parse("2026-11-21T19:00:00+08:00")));
  const store = memoryStore();
  const { certificates } = alipaySandboxKeys;
  let signer: AlipaySigner = {
    key: alipaySandboxKeys.alipayKey,
    certSn: mode === "certificate" ? (certificates?.alipayCertSn ?? "") : null,
  };
  let verdict: "taken" | "refused" | "later" = "taken";
  let lie: Lie | null = null;
  let skew = 0;
  let requests = 0;
  let made = 0;
  const inbox: NotificationMessage[] = [];
  const keys: AlipayPlayKeys = {
    ...alipaySandboxKeys,
    get alipayKey() {
      return signer.key;
    },
    get certificates() {
      return certificates === null ? null : { ...certificates, alipayCertSn: signer.certSn ?? "" };
    },
  };
  const notified: Fetch = async (_url, init) => {
    inbox.push({ headers: Object.fromEntries(new Headers(init.headers)), body: Buffer.from(String(init.body)) });
    const { status, body } = provider.notificationAnswer(verdict);
    return new Response(body, { status });
  };
  const sandbox = createSandbox({ clock, random: countingRandom(), store, timeFactor: 1, fetch: notified }, [
    alipayPlay(keys),
  ]);
  const own = alipayTestCredentials(mode, "https://alipay.invalid/gateway.do");
  const other = alipayTestCredentials(mode, "https://alipay.invalid/gateway.do", { sellerId: "2088000000000999" });
  const provider = createAlipay({
    credentials: (id) => (id === "other" ? other : own),
    async fetch(url, init) {
      const done = lie;
      lie = null;
      if (done === "hangs") return new Promise(() => undefined);
      if (done === "requestLost") throw new TypeError("fetch failed");
      requests += 1;
      const response = await sandboxFetch(sandbox)(url, init);
      return done === null ? response : lied(done, response, signer);
    },
    clock: { now: () => plusMs(clock.now(), skew), after: (ms, task) => clock.after(ms, task) },
  });
  const control = async (path: string, body: object): Promise<number> => {
    const answer = await sandbox.handle({
      method: "POST",
      url: `/_sandbox/${path}`,
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ provider: "alipay", ...body })),
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
  const notifyUrl = "https://shop.invalid/notify/alipay/S1/account";
  return {
    provider,
    clock,
    charge(play, over = {}) {
      const request = attempt();
      return { ...request, code: secret(`28${alipaySwitch[play]}${request.id.slice(-12)}`), ...over };
    },
    prompt: (over = {}) => ({ ...attempt(), notifyUrl, expiresAt: plusMs(clock.now(), 300_000), ...over }),
    refund: (of, capture, minor, over = {}) => ({
      id: number() as RefundId,
      payment: of.id,
      providerTransactionId: capture.providerTransactionId,
      accountId: of.accountId,
      total: of.amount,
      amount: money(minor, "CNY"),
      reason: "退货",
      // Alipay is asked no sooner than ten seconds after the refund
      submittedAt: plusMs(clock.now(), -10_000),
      notifyUrl,
      withinMs: 10_000,
      ...over,
    }),
    scan: async (content, play) =>
      (await control("scan", { wallet: "phone-01", content, behaviour: alipaySwitch[play] })) === 200,
    playRefund: async (play) => void (await control("refunds", { next: play })),
    lie: (told) => void (lie = told),
    truth({ id }) {
      const trade = readAlipayLedger(store.lines).orders.get(id);
      if (trade === undefined) return null;
      return { moved: trade.paidAt === null ? 0 : trade.total, givenBack: trade.givenBack };
    },
    requests: () => requests,
    notifications: () => inbox,
    answerNotifications: (answer) => void (verdict = answer),
    forged: (message, forgery) => forgedNotification(message, forgery),
    otherAccount: "other",
    skewShopClock: (ms) => void (skew = ms),
    rotateKeys: () => void (signer = next[mode]),
  };
}
