import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Lower-case hexadecimal SHA-256 of UTF-8 text, synchronous, so that it runs inside a storage transaction. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** base64 of the SHA-256 of bytes, for `Content-Digest`. */
export function sha256Base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...sha256(bytes)));
}
