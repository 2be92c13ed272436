import { createPrivateKey, createPublicKey, verify, type KeyObject } from "node:crypto";

/** DER in front of a raw key (RFC 8410): PKCS #8 for the private one, SubjectPublicKeyInfo for the public one. */
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");
const rawBytes = 32;

/** The private key with this 32-byte seed. */
export function signingKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
}

/** The raw 32 bytes of the public key that belongs to `signingKey`. */
export function publicKeyOf(signingKey: KeyObject): Uint8Array {
  return new Uint8Array(
    createPublicKey(signingKey).export({ format: "der", type: "spki" }).subarray(publicPrefix.length),
  );
}

/** Whether `signature` is of `text` (UTF-8) by the raw public key; false too for a key of the wrong length. */
export function isSignedBy(publicKey: Uint8Array, text: string, signature: Uint8Array): boolean {
  if (publicKey.length !== rawBytes) return false;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: "der", type: "spki" });
  return verify(null, Buffer.from(text), key, signature);
}
