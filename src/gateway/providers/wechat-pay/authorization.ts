import type { KeyObject } from "node:crypto";
import type { Instant, Random } from "../../../domain/clock.ts";
import { signRsaSha256 } from "../../signing/wechat.ts";

/** What the merchant's signature covers, as it goes on the wire. */
export type SignedParts = {
  readonly method: string;
  /** Path and query exactly as sent: escapes stay, parameters are not sorted. */
  readonly pathAndQuery: string;
  /** Unix seconds, as digits. */
  readonly timestamp: string;
  readonly nonce: string;
  /** Exactly the text sent, empty for GET. */
  readonly body: string;
};

/** The five lines a merchant signs, each ended by LF. */
export function requestText(parts: SignedParts): string {
  return `${parts.method}\n${parts.pathAndQuery}\n${parts.timestamp}\n${parts.nonce}\n${parts.body}\n`;
}

/** The signature over `requestText`, base64. */
export function requestSignature(parts: SignedParts, key: KeyObject): string {
  return signRsaSha256(Buffer.from(requestText(parts), "utf8"), key);
}

/** The value of the `Authorization` header. */
export function authorizationHeader(
  parts: SignedParts,
  merchant: { readonly mchid: string; readonly merchantSerial: string; readonly merchantKey: KeyObject },
): string {
  const fields = [
    ["mchid", merchant.mchid],
    ["nonce_str", parts.nonce],
    ["signature", requestSignature(parts, merchant.merchantKey)],
    ["timestamp", parts.timestamp],
    ["serial_no", merchant.merchantSerial],
  ];
  return `WECHATPAY2-SHA256-RSA2048 ${fields.map(([name, value]) => `${name}="${value}"`).join(",")}`;
}

/** Whole Unix seconds at `now`, as the header carries them. */
export function unixSeconds(now: Instant): string {
  return String(Math.floor(now / 1000));
}

/** A fresh nonce: 32 hexadecimal digits. */
export function freshNonce(random: Random): string {
  return Buffer.from(random.bytes(16)).toString("hex").toUpperCase();
}
