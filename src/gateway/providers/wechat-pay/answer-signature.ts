import type { KeyObject } from "node:crypto";
import type { Instant } from "../../../domain/clock.ts";
import { verifyRsaSha256 } from "../../signing/wechat.ts";

/** |own clock − answer's time| must stay below this; the public libraries use exactly this figure. */
export const clockDistanceMsMax = 300_000;

/** What an answer's signature is worth. Everything but `valid` is to be treated as no answer. */
export type SignatureVerdict = "valid" | "unsigned" | "malformed" | "stale" | "unknownSerial" | "forged";

const lf = Buffer.from("\n");
const unixTime = /^\d{1,12}$/;

/**
 * Judges an answer by its raw bytes, before anybody parses them. The key is the one `Wechatpay-Serial` names; the
 * deliberately wrong signatures WeChat Pay sends to probe (`WECHATPAY/SIGNTEST/…`) are forged like any other.
 */
export function judgeSignature(
  headers: { get(name: string): string | null },
  body: Uint8Array,
  keys: ReadonlyMap<string, KeyObject>,
  now: Instant,
): SignatureVerdict {
  const timestamp = headers.get("Wechatpay-Timestamp");
  const nonce = headers.get("Wechatpay-Nonce");
  const serial = headers.get("Wechatpay-Serial");
  const signature = headers.get("Wechatpay-Signature");
  if (timestamp === null && nonce === null && signature === null) return "unsigned";
  if (timestamp === null || nonce === null || serial === null || signature === null) return "malformed";
  const type = headers.get("Wechatpay-Signature-Type");
  if (type !== null && type !== "WECHATPAY2-SHA256-RSA2048") return "malformed";
  if (!unixTime.test(timestamp)) return "malformed";
  const key = keys.get(serial);
  if (key === undefined) return "unknownSerial";
  if (Math.abs(now - Number(timestamp) * 1000) >= clockDistanceMsMax) return "stale";
  return verifyRsaSha256(answerBytes(timestamp, nonce, body), signature, key) ? "valid" : "forged";
}

/** The three lines WeChat Pay signs, each ended by LF; the body is the bytes as received, none for a 204. */
export function answerBytes(timestamp: string, nonce: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`, "utf8"), body, lf]);
}
