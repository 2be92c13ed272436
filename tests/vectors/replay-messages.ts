import { instant, type Instant } from "../../src/domain/clock.ts";
import { certificatesIn } from "../../src/gateway/providers/wechat-pay/platform-keys.ts";
import { judgeSignature } from "../../src/gateway/providers/wechat-pay/answer-signature.ts";
import { createWechatPay } from "../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import type { SandboxKeys } from "../../src/gateway/sandbox/wechat-pay/keys.ts";
import { wechatPayPlay } from "../../src/gateway/sandbox/wechat-pay/play.ts";
import { signedHeaders } from "../../src/gateway/sandbox/wechat-pay/wire.ts";
import { createSandbox } from "../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../src/gateway/sandbox/store.ts";
import { secret } from "../../src/gateway/secret.ts";
import { openAesGcm, sealAesGcm } from "../../src/gateway/signing/aes-gcm.ts";
import { rsaPrivateKey, rsaPublicKey } from "../../src/gateway/signing/wechat.ts";
import type { VectorCase } from "./replay.ts";

const random = { bytes: (count: number) => new Uint8Array(count).fill(7) };
const clockAt = (now: Instant) => ({ now: () => now, after: () => () => undefined });

/** The adapter opens it or refuses it; the sandbox, with the same nonce, makes the same bytes. */
export function replaySealed(vector: VectorCase, keys: VectorCase): string | null {
  const key = secret(keys.api_v3_key);
  const { ciphertext, nonce } = vector;
  const associatedData = vector.associated_data ?? "";
  const text = openAesGcm({ ciphertext, nonce, associatedData }, key);
  if (!vector.expect_ok) return text === null ? null : "it is opened";
  if (text === null) return "it is not opened";
  if (text !== vector.plaintext) return "the text differs";
  return sealAesGcm(text, nonce, associatedData, key).ciphertext === ciphertext ? null : "sealed anew it differs";
}

/** The adapter believes the callback and reads it; the sandbox signs and seals the same resource as it was. */
export async function replayNotification(vector: VectorCase, keys: VectorCase): Promise<string | null> {
  const { headers, body } = vector.request;
  const now = instant(Number(headers["Wechatpay-Timestamp"]) * 1000);
  const reading = await adapter(keys, now).readNotification("a", {
    headers: lowerCase(headers),
    body: Buffer.from(body),
  });
  const { resource, signature_valid: isValid } = vector.expect;
  if (reading.kind === "refused") return isValid ? `refused: ${reading.why}` : null;
  if (!isValid) return "a wrong signature is believed";
  if (reading.kind === "payment") {
    if (reading.id !== resource.out_trade_no) return `speaks of ${reading.id}`;
    if (reading.outcome.kind !== "captured") return `said ${reading.outcome.kind}`;
    if (reading.outcome.amounts.order !== resource.amount.total) return "the amount differs";
  } else if (reading.kind === "refund") {
    if (reading.refund !== resource.out_refund_no || reading.payment !== resource.out_trade_no) return "numbers differ";
    if (reading.outcome.kind !== "succeeded" || reading.outcome.asked !== resource.amount.refund)
      return "the refund differs";
  } else return `ignored: ${reading.why}`;
  return sandboxSays(vector, keys, now);
}

function sandboxSays(vector: VectorCase, keys: VectorCase, now: Instant): string | null {
  const { headers, body } = vector.request;
  const { ciphertext, nonce, associated_data: associatedData } = JSON.parse(body).resource;
  const sealed = sealAesGcm(JSON.stringify(vector.expect.resource), nonce, associatedData, secret(keys.api_v3_key));
  if (sealed.ciphertext !== ciphertext) return "the sandbox seals it otherwise";
  const own = signedHeaders(body, headers["Wechatpay-Serial"], { keys: sandboxKeys(keys), now, random });
  if (own["Wechatpay-Serial"] !== headers["Wechatpay-Serial"]) return "the sandbox does not hold the key";
  const verdict = judgeSignature(new Headers(own), Buffer.from(body), held(keys), now);
  return verdict === "valid" ? null : `the sandbox's own signature is ${verdict}`;
}

/** The certificates in an answer, each under its own serial. */
export function replayCertificates(vector: VectorCase, keys: VectorCase): string | null {
  const told = certificatesIn({ body: Buffer.from(vector.body) }, { apiV3Key: secret(keys.api_v3_key) });
  const serials = told.map(({ serial }) => serial).join(", ");
  if (serials !== vector.expect_serial) return `held ${serials === "" ? "none" : serials}`;
  const none = certificatesIn({ body: Buffer.from(vector.body) }, { apiV3Key: secret("0".repeat(32)) });
  return none.length === 0 ? null : "another key opens it";
}

/** The sandbox takes the request when its clock stands at the signed time; the adapter takes the answer that was given. */
export async function replayExchange(vector: VectorCase, keys: VectorCase): Promise<string | null> {
  if (!String(vector.name).startsWith("wechat")) return `unknown provider in ${vector.name}`;
  const { request, response } = vector;
  const now = instant(Number(/timestamp="(\d+)"/u.exec(request.headers.Authorization)?.[1]) * 1000);
  const sandbox = createSandbox({ clock: clockAt(now), random, store: memoryStore(), timeFactor: 1 }, [
    wechatPayPlay(sandboxKeys(keys)),
  ]);
  const answer = await sandbox.handle({
    method: request.method,
    url: request.url,
    headers: lowerCase(request.headers),
    body: Buffer.from(request.body ?? ""),
  });
  if (answer.kind === "cut") return "the sandbox cut the connection";
  // numbers of earlier exchanges are not known to a fresh sandbox; all else is taken
  if (answer.status === 401 || (answer.status >= 400 && answer.status !== 404))
    return `the sandbox answers ${answer.status} ${answer.body}`;
  const isError = response.http_status >= 400;
  const headers = new Headers(response.headers);
  const verdict = judgeSignature(headers, Buffer.from(response.body ?? ""), held(keys), now);
  const wanted = isError && headers.get("Wechatpay-Signature") === null ? "unsigned" : "valid";
  return verdict === wanted ? null : `the answer's signature is ${verdict}`;
}

function held(keys: VectorCase) {
  const { platform_certificate: certificate, wechatpay_public_key: publicKey } = keys;
  return new Map([
    [certificate.serial_no, rsaPublicKey(certificate.certificate_pem)],
    [publicKey.id, rsaPublicKey(publicKey.public_key_pem)],
  ]);
}

function sandboxKeys(keys: VectorCase): SandboxKeys {
  const { platform_certificate: certificate, wechatpay_public_key: publicKey } = keys;
  return {
    merchants: [
      {
        mchid: keys.mchid,
        appid: keys.appid,
        serial: keys.merchant.serial_no,
        publicKey: rsaPublicKey(keys.merchant.public_key_pem),
        apiV3Key: secret(keys.api_v3_key),
      },
    ],
    platformKeys: [
      { serial: publicKey.id, privateKey: rsaPrivateKey(publicKey.private_key_pem) },
      {
        serial: certificate.serial_no,
        privateKey: rsaPrivateKey(certificate.private_key_pem),
        certificatePem: certificate.certificate_pem,
      },
    ],
  };
}

function adapter(keys: VectorCase, now: Instant) {
  return createWechatPay({
    credentials: () => ({
      baseUrl: "https://wechat.invalid",
      mchid: keys.mchid,
      appid: keys.appid,
      merchantSerial: keys.merchant.serial_no,
      merchantKey: rsaPrivateKey(keys.merchant.private_key_pem),
      apiV3Key: secret(keys.api_v3_key),
      platformKeys: held(keys),
      answerSerial: null,
      fetchesCertificates: false,
    }),
    fetch: () => Promise.reject(new TypeError("no network")),
    clock: clockAt(now),
    random,
  });
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
