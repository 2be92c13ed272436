import type { KeyObject } from "node:crypto";
import { z } from "zod";
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
  /** WeChat Pay's keys by `Wechatpay-Serial`: public keys by id, platform certificates' keys by serial. */
  readonly platformKeys: ReadonlyMap<string, KeyObject>;
  /** The one of `platformKeys` that answers are to be signed with. */
  readonly answerSerial: string;
};

/** Where an adapter gets keys from, and the only place. */
export type WechatPayCredentialsPort = (accountId: string) => WechatPayCredentials | Promise<WechatPayCredentials>;

const written = z.object({
  baseUrl: z.url(),
  mchid: z.string().regex(/^\d{8,32}$/u),
  appid: z.string().min(1).max(32),
  merchantSerial: z.string().regex(/^[0-9A-F]{40}$/u),
  merchantPrivateKeyPem: z.string(),
  platformKeys: z
    .array(z.object({ serial: z.string().min(1), publicKeyPem: z.string() }))
    .min(1)
    .max(8),
});

/** An account's keys as they stand in the key file. */
export type WrittenWechatPayCredentials = z.infer<typeof written>;

/**
 * Reads keys once, so that every exchange finds them parsed. The first platform key is asked for. Throws when a member is
 * missing or a key is no RSA key: configuration is checked at the start, never at a charge.
 */
export function readWechatPayCredentials(source: unknown): WechatPayCredentials {
  const { baseUrl, mchid, appid, merchantSerial, merchantPrivateKeyPem, platformKeys } = written.parse(source);
  return {
    baseUrl: baseUrl.replace(/\/+$/u, ""),
    mchid,
    appid,
    merchantSerial,
    merchantKey: rsaPrivateKey(merchantPrivateKeyPem),
    platformKeys: new Map(platformKeys.map((key) => [key.serial, rsaPublicKey(key.publicKeyPem)])),
    answerSerial: platformKeys[0]?.serial ?? "",
  };
}
