import { createCipheriv, createDecipheriv, createHmac, sign } from "node:crypto";
import type { Random } from "../../domain/clock.ts";
import { publicKeyOf, signingKeyOf } from "./ed25519.ts";

export const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

/** What each hash is of, so that two uses of one text never have one hash. */
export type HashPurpose =
  | "activationCode"
  | "paymentCode"
  | "officeSession"
  | "officeInvitation"
  | "passkeyChallenge"
  | "apiKey"
  | "accountKeys";

/** The gateway's own keys, from one file outside the database; nobody sees their bytes. */
export type GatewayKeys = {
  /** AES-256-GCM; `context` names row and column, and opening under another context throws. */
  seal(plain: Uint8Array, context: string): Uint8Array;
  open(sealed: Uint8Array, context: string): Uint8Array;
  /** HMAC-SHA-256: a code can be found again, not read back. */
  hash(purpose: HashPurpose, text: string): Uint8Array;
  /** Ed25519 over UTF-8 text, 64 bytes. */
  sign(text: string): Uint8Array;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
};

/** Keys over three secrets of 32 bytes each; `random` gives the initial values of sealing. */
export function gatewayKeys(
  secrets: { readonly sealing: Uint8Array; readonly hashing: Uint8Array; readonly signing: Uint8Array },
  random: Random,
): GatewayKeys {
  const signingKey = signingKeyOf(secrets.signing);
  return {
    seal(plain, context) {
      const iv = random.bytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", secrets.sealing, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), body]));
    },
    open(sealed, context) {
      const decipher = createDecipheriv("aes-256-gcm", secrets.sealing, sealed.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]));
    },
    hash: (purpose, text) =>
      new Uint8Array(createHmac("sha256", secrets.hashing).update(`${purpose}\n${text}`).digest()),
    sign: (text) => new Uint8Array(sign(null, Buffer.from(text), signingKey)),
    publicKey: publicKeyOf(signingKey),
  };
}
