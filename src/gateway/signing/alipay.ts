import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from "node:crypto";
import { signRsaSha256, verifyRsaSha256 } from "./wechat.ts";

/** RSA2, Alipay's name for RSASSA-PKCS1-v1_5 with SHA-256, and its forms of keys. Who signs builds the text. */

const pemMark = "-----BEGIN ";

/** base64 of the RSA2 signature over the UTF-8 of `text`. Deterministic. */
export function signRsa2(text: string, key: KeyObject): string {
  return signRsaSha256(Buffer.from(text, "utf8"), key);
}

/** True when `signature` is the key's over exactly the UTF-8 of `text`; anything else is false, never an error. */
export function verifyRsa2(text: string, signature: string, key: KeyObject): boolean {
  return verifyRsaSha256(Buffer.from(text, "utf8"), signature, key);
}

/**
 * The private key in `text`: PKCS#1 or PKCS#8, as PEM or as the one line without header that Alipay's key tools give.
 * Throws for anything but RSA.
 */
export function readRsaPrivateKey(text: string): KeyObject {
  const written = text.trim();
  if (written.startsWith(pemMark)) return onlyRsa(createPrivateKey(written));
  const der = derOf(written);
  const type = startsWithVersionAndSequence(der) ? "pkcs8" : "pkcs1";
  return onlyRsa(createPrivateKey({ key: der, format: "der", type }));
}

/** The public key in `text`: PEM, a certificate whose key is taken, or one line of base64. Throws for anything but RSA. */
export function readRsaPublicKey(text: string): KeyObject {
  const written = text.trim();
  if (written.startsWith(`${pemMark}CERTIFICATE`)) return onlyRsa(new X509Certificate(written).publicKey);
  if (written.startsWith(pemMark)) return onlyRsa(createPublicKey(written));
  return onlyRsa(createPublicKey({ key: derOf(written), format: "der", type: "spki" }));
}

function derOf(text: string): Buffer {
  const oneLine = text.replaceAll(/\s/gu, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(oneLine)) throw new TypeError("a key is PEM or one line of base64");
  return Buffer.from(oneLine, "base64");
}

/** PKCS#8 is SEQUENCE { INTEGER 0, SEQUENCE …; PKCS#1 has an INTEGER, the modulus, after the version. */
function startsWithVersionAndSequence(der: Buffer): boolean {
  const lengthBytes = (der[1] ?? 0) < 0x80 ? 0 : (der[1] ?? 0) & 0x7f;
  return der[2 + lengthBytes + 3] === 0x30;
}

function onlyRsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "rsa")
    throw new TypeError(`an RSA key is wanted, not ${key.asymmetricKeyType ?? "a secret"}`);
  return key;
}
