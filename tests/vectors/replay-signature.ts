import { createHash, type KeyObject } from "node:crypto";
import { instant, type Instant } from "../../src/domain/clock.ts";
import { answerBytes, judgeSignature } from "../../src/gateway/providers/wechat-pay/answer-signature.ts";
import {
  authorizationHeader,
  requestSignature,
  requestText,
} from "../../src/gateway/providers/wechat-pay/authorization.ts";
import type { SandboxKeys } from "../../src/gateway/sandbox/wechat-pay/keys.ts";
import { signerOf } from "../../src/gateway/sandbox/wechat-pay/wire.ts";
import { rsaPrivateKey, rsaPublicKey } from "../../src/gateway/signing/wechat.ts";
import type { VectorCase } from "./replay.ts";

/** The adapter makes the same text, signature and header; the sandbox takes the request as it stands and not one byte else. */
export function replayRequestSignature(vector: VectorCase, keys: VectorCase): string | null {
  const parts = {
    method: vector.method,
    pathAndQuery: vector.url,
    timestamp: String(vector.timestamp),
    nonce: vector.nonce_str,
    body: vector.body ?? "",
  };
  const merchantKey = rsaPrivateKey(keys.merchant.private_key_pem);
  const text = requestText(parts);
  if (vector.message !== undefined && text !== vector.message)
    return `the signed text differs: ${JSON.stringify(text)}`;
  const digest = createHash("sha256").update(text).digest("hex");
  if (vector.message_sha256 !== undefined && digest !== vector.message_sha256)
    return "the signed text's SHA-256 differs";
  if (requestSignature(parts, merchantKey) !== vector.signature) return "the signature differs";
  const given = fieldsOf(vector.authorization ?? "");
  const merchant = {
    mchid: given["mchid"] ?? keys.mchid,
    merchantSerial: given["serial_no"] ?? keys.merchant.serial_no,
    merchantKey,
  };
  const authorization = authorizationHeader(parts, merchant);
  if (vector.authorization !== undefined && JSON.stringify(fieldsOf(authorization)) !== JSON.stringify(given))
    return "the header's fields differ";
  return sandboxJudges(vector, keys, authorization);
}

function sandboxJudges(vector: VectorCase, keys: VectorCase, ownHeader: string): string | null {
  const publicKey = rsaPublicKey(keys.merchant.public_key_pem);
  const mchids = [keys.mchid, keys.sp_mchid].filter((mchid) => typeof mchid === "string");
  const known: SandboxKeys = {
    merchants: mchids.map((mchid) => ({ mchid, appid: keys.appid, serial: keys.merchant.serial_no, publicKey })),
    platformKeys: [],
  };
  const now = instant(Number(vector.timestamp) * 1000);
  const accepts = (authorization: string, body: string, at: Instant) => {
    const request = { method: vector.method, url: vector.url, headers: { authorization }, body: Buffer.from(body) };
    return typeof signerOf(request, known, at) !== "string";
  };
  const body = vector.body ?? "";
  if (!accepts(vector.authorization ?? ownHeader, body, now)) return "the sandbox refuses it";
  if (!accepts(ownHeader, body, now)) return "the sandbox refuses the adapter's own header";
  if (accepts(ownHeader, `${body} `, now)) return "the sandbox takes a changed body";
  if (accepts(ownHeader, body, instant(now + 301_000))) return "the sandbox takes a stale request";
  return null;
}

/** The adapter's verdict over the raw bytes, the clock standing at the answer's own time unless the case has a clock. */
export function replayResponseSignature(vector: VectorCase, keys: VectorCase): string | null {
  const headers = new Headers(vector.headers);
  const body =
    typeof vector.body_base64 === "string" ? Buffer.from(vector.body_base64, "base64") : Buffer.from(vector.body ?? "");
  const verdict = judgeSignature(headers, body, platformKeys(keys), clockOf(vector, headers));
  const isValid = verdict === "valid";
  if (isValid !== vector.expect_signature_valid)
    return `the signature is ${verdict}, expected ${vector.expect_signature_valid ? "valid" : "not valid"}`;
  const text = Buffer.from(
    answerBytes(headers.get("Wechatpay-Timestamp") ?? "", headers.get("Wechatpay-Nonce") ?? "", body),
  ).toString();
  return isValid && vector.message !== undefined && text !== vector.message ? "the signed text differs" : null;
}

function platformKeys(keys: VectorCase): ReadonlyMap<string, KeyObject> {
  const held = new Map<string, KeyObject>();
  const listed = [
    keys.platform_certificate,
    keys.platform_certificates,
    keys.wechatpay_public_key,
    keys.wechatpay_public_keys,
  ];
  for (const key of listed.flat()) {
    const serial = key?.serial_no ?? key?.id;
    if (typeof serial === "string") held.set(serial, rsaPublicKey(key.certificate_pem ?? key.public_key_pem));
  }
  return held;
}

/** Seconds, milliseconds or RFC 3339, under any of the names a file may use for the verifier's clock. */
function clockOf(vector: VectorCase, headers: Headers): Instant {
  const clock =
    vector.clock ?? vector.now ?? vector.own_clock ?? vector.verifier_clock ?? headers.get("Wechatpay-Timestamp");
  const offsetSeconds = Number(vector.clock_offset_s ?? vector.clock_offset_seconds ?? 0);
  const figure = Number(clock);
  if (Number.isNaN(figure)) return instant(Date.parse(String(clock)));
  return instant((figure > 100_000_000_000 ? figure : figure * 1000) + offsetSeconds * 1000);
}

/** The header's fields by name; their order is free. */
function fieldsOf(authorization: string): Readonly<Record<string, string>> {
  const fields = [...authorization.matchAll(/([a-z_]+)="([^"]*)"/gu)].map(([, name, value]) => [name, value] as const);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a! < b! ? -1 : 1)));
}
