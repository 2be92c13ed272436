import { createCipheriv, createDecipheriv } from "node:crypto";
import { reveal, type Secret } from "../secret.ts";

/** AEAD_AES_256_GCM as WeChat Pay API v3 uses it: the key's 32 characters as bytes, base64 of text and 16-byte tag. */

const algorithm = "aes-256-gcm";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What travels: the ciphertext with its tag, the nonce, and the text the tag covers beside it. */
export type Sealed = { readonly ciphertext: string; readonly nonce: string; readonly associatedData: string };

/** True for a key of the right length: 32 bytes of UTF-8. */
export function isAesKey(key: Secret): boolean {
  return Buffer.byteLength(reveal(key), "utf8") === keyBytes;
}

/** Encrypts `text`; `nonce` is 12 characters, never used twice with one key. */
export function sealAesGcm(text: string, nonce: string, associatedData: string, key: Secret): Sealed {
  const cipher = createCipheriv(algorithm, Buffer.from(reveal(key)), Buffer.from(nonce), { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(associatedData));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext: body.toString("base64"), nonce, associatedData };
}

/** The text, or null when the tag does not agree with key, nonce, associated data and ciphertext. */
export function openAesGcm(sealed: Sealed, key: Secret): string | null {
  if (!isAesKey(key) || !base64.test(sealed.ciphertext) || Buffer.byteLength(sealed.nonce) !== nonceBytes) return null;
  const bytes = Buffer.from(sealed.ciphertext, "base64");
  if (bytes.length < tagBytes) return null;
  const decipher = createDecipheriv(algorithm, Buffer.from(reveal(key)), Buffer.from(sealed.nonce), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(sealed.associatedData));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const text = decipher.update(bytes.subarray(0, -tagBytes));
  return isAuthentic(decipher) ? text.toString("utf8") : null;
}

function isAuthentic(decipher: ReturnType<typeof createDecipheriv>): boolean {
  try {
    decipher.final();
    return true;
  } catch {
    // node:crypto says "not authentic" by throwing: the caller refuses the message
    return false;
  }
}
