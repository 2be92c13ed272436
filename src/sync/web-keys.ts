import type { KeyMaker } from "./activate.ts";
import type { Signer } from "./gateway-client.ts";

/** The till's keys on the browser's WebCrypto (Ed25519: Chromium 137 or newer). Private halves cannot be read out. */
export function webKeyMaker(subtle: SubtleCrypto): KeyMaker {
  return {
    makeSigningKey: async () => {
      const pair = (await subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
      const raw = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
      return {
        publicKey: base64Url(raw),
        signingKey: pair.privateKey,
        sign: (text) => signText(subtle, pair.privateKey, text),
      };
    },
    importPepper: (pepper) =>
      subtle.importKey("raw", fromBase64Url(pepper), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
  };
}

/** Signs for the till `keyId` with its stored key. */
export function webSigner(subtle: SubtleCrypto, keyId: string, key: CryptoKey): Signer {
  return { keyId, sign: (text) => signText(subtle, key, text) };
}

/** base64url of HMAC-SHA-256(pepper, stretched PIN): what the gateway's list holds as verifier. */
export async function pepperedVerifier(
  subtle: SubtleCrypto,
  pepper: CryptoKey,
  stretched: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return base64Url(new Uint8Array(await subtle.sign("HMAC", pepper, stretched)));
}

/** Bytes of base64 or base64url, padded or not. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/gu, "+").replace(/_/gu, "/")), (character) => character.charCodeAt(0));
}

async function signText(subtle: SubtleCrypto, key: CryptoKey, text: string): Promise<string> {
  const signature = await subtle.sign("Ed25519", key, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/gu, "-")
    .replace(/\//gu, "_")
    .replace(/=+$/u, "");
}
