import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { secret, type Secret } from "../../secret.ts";
import { rsaPrivateKey, rsaPublicKey } from "../../signing/wechat.ts";

/** What one WeChat Pay account needs to speak and to judge answers. Key objects never print their bytes. */
export type WechatPayCredentials = {
  /** Without a path, e.g. `https://api.mch.weixin.qq.com`; the sandbox differs in nothing else. */
  readonly baseUrl: string;
  readonly mchid: string;
  readonly appid: string;
  /** The merchant certificate's serial: 40 hexadecimal digits. */
  readonly merchantSerial: string;
  readonly merchantKey: KeyObject;
  /** Opens notifications and certificates; null for an account that has neither. */
  readonly apiV3Key: Secret | null;
  /** Keys of WeChat Pay's that are told beforehand, by `Wechatpay-Serial`: public keys by id, certificates' by serial. */
  readonly platformKeys: ReadonlyMap<string, KeyObject>;
  /** The one of `platformKeys` that answers are to be signed with; null leaves it to WeChat Pay: a platform certificate. */
  readonly answerSerial: string | null;
  /** Whether platform certificates are fetched and believed beside `platformKeys`. */
  readonly fetchesCertificates: boolean;
};

/** Where an adapter gets keys from, and the only place. */
export type WechatPayCredentialsPort = (accountId: string) => WechatPayCredentials | Promise<WechatPayCredentials>;

const written = z
  .object({
    baseUrl: z.url(),
    mchid: z.string().regex(/^\d{8,32}$/u),
    appid: z.string().min(1).max(32),
    merchantSerial: z.string().regex(/^[0-9A-F]{40}$/u),
    merchantPrivateKeyPem: z.string(),
    /** 32 characters of one byte, set in WeChat Pay's console. */
    apiV3Key: z
      .string()
      .regex(/^[\x21-\x7e]{32}$/u)
      .optional(),
    /** Public key: the first of `platformKeys` is asked for. Certificates: fetched, and believed beside `platformKeys`. */
    answersSignedWith: z.enum(["publicKey", "certificates"]).default("publicKey"),
    platformKeys: z
      .array(z.object({ serial: z.string().min(1), publicKeyPem: z.string() }))
      .max(8)
      .default([]),
  })
  .refine((keys) => keys.answersSignedWith === "certificates" || keys.platformKeys.length > 0, {
    error: "platformKeys is empty: WeChat Pay's public key is missing",
  })
  .refine((keys) => keys.answersSignedWith === "publicKey" || keys.apiV3Key !== undefined, {
    error: "apiV3Key is missing: certificates cannot be opened without it",
  });

/** An account's keys as they stand in the key file. */
export type WrittenWechatPayCredentials = z.input<typeof written>;

/**
 * Reads keys once, so that every exchange finds them parsed. Throws when a member is missing or a key is no RSA key:
 * configuration is checked at the start, never at a charge.
 */
export function readWechatPayCredentials(source: unknown): WechatPayCredentials {
  const keys = written.parse(source);
  const fetchesCertificates = keys.answersSignedWith === "certificates";
  return {
    baseUrl: keys.baseUrl.replace(/\/+$/u, ""),
    mchid: keys.mchid,
    appid: keys.appid,
    merchantSerial: keys.merchantSerial,
    merchantKey: rsaPrivateKey(keys.merchantPrivateKeyPem),
    apiV3Key: keys.apiV3Key === undefined ? null : secret(keys.apiV3Key),
    platformKeys: new Map(keys.platformKeys.map((key) => [key.serial, rsaPublicKey(key.publicKeyPem)])),
    answerSerial: fetchesCertificates ? null : (keys.platformKeys[0]?.serial ?? null),
    fetchesCertificates,
  };
}
