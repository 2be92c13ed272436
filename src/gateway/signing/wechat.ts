import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";

/** RSA signatures of WeChat Pay API v3, and nothing else: who signs builds the text, so that two builders judge each other. */

/** The private key in `pem`; throws for anything but RSA. */
export function rsaPrivateKey(pem: string): KeyObject {
  return onlyRsa(createPrivateKey(pem));
}

/** The public key in `pem`: a key, or a certificate whose key is taken; throws for anything but RSA. */
export function rsaPublicKey(pem: string): KeyObject {
  return onlyRsa(createPublicKey(pem));
}

/** base64 of RSASSA-PKCS1-v1_5 with SHA-256 over `message`. Deterministic. */
export function signRsaSha256(message: Uint8Array, key: KeyObject): string {
  return sign("RSA-SHA256", message, key).toString("base64");
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const signatureCharactersMax = 1024; // RSA 4096 needs 684

/** True when `signature` (strict base64) is the key's over exactly these bytes; anything else is false, never an error. */
export function verifyRsaSha256(message: Uint8Array, signature: string, key: KeyObject): boolean {
  if (signature === "" || signature.length > signatureCharactersMax || !base64.test(signature)) return false;
  return verify("RSA-SHA256", message, key, Buffer.from(signature, "base64"));
}

function onlyRsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "rsa")
    throw new TypeError(`an RSA key is wanted, not ${key.asymmetricKeyType ?? "a secret"}`);
  return key;
}
