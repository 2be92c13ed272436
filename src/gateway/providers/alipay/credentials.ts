import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { certificateSerial, rootBundleSerial } from "../../signing/alipay-certificate.ts";
import { readRsaPrivateKey, readRsaPublicKey } from "../../signing/alipay.ts";

/** What one Alipay account needs to speak and to judge answers. Key objects never print their bytes. */
export type AlipayCredentials = {
  /** With its path, e.g. `https://openapi.alipay.com/gateway.do`; the sandbox differs in nothing else. */
  readonly gatewayUrl: string;
  readonly appId: string;
  /** The shop's own account, 2088…: money goes there, and notifications must speak of it. */
  readonly sellerId: string;
  readonly appKey: KeyObject;
  readonly trust: AlipayTrust;
};

/** How Alipay's signatures are judged. */
export type AlipayTrust =
  /** Public-key mode: answers name no key; the old and the new one of a rotation may stand side by side. */
  | { readonly kind: "publicKey"; readonly keys: readonly KeyObject[] }
  /** Certificate mode: each answer names the certificate by its number. */
  | {
      readonly kind: "certificate";
      readonly appCertSn: string;
      readonly rootCertSn: string;
      readonly keys: ReadonlyMap<string, KeyObject>;
    };

/** Where an adapter gets keys from, and the only place. */
export type AlipayCredentialsPort = (accountId: string) => AlipayCredentials | Promise<AlipayCredentials>;

const account = {
  /** Without a query: the charset is added. */
  gatewayUrl: z.url().regex(/^[^?#]+$/u),
  appId: z.string().regex(/^\d{16}$/u),
  sellerId: z.string().regex(/^2088\d{12}$/u),
  appPrivateKey: z.string().min(1),
};
/** Two in a rotation; more is a mistake. */
const alipayKeysMax = 4;
const written = z.discriminatedUnion("mode", [
  z.object({
    ...account,
    mode: z.literal("publicKey"),
    alipayPublicKeys: z.array(z.string().min(1)).min(1).max(alipayKeysMax),
  }),
  z.object({
    ...account,
    mode: z.literal("certificate"),
    appCertificate: z.string().min(1),
    alipayCertificates: z.array(z.string().min(1)).min(1).max(alipayKeysMax),
    alipayRootCertificates: z.string().min(1),
  }),
]);

/** An account's keys as they stand in the key file: PEM, or Alipay's one line of base64. */
export type WrittenAlipayCredentials = z.infer<typeof written>;

/**
 * Reads keys once, so that every exchange finds them parsed. Throws when a member is missing, a key is no RSA key or the
 * application's certificate is not its private key's: configuration is checked at the start, never at a charge.
 */
export function readAlipayCredentials(source: unknown): AlipayCredentials {
  const read = written.parse(source);
  const appKey = readRsaPrivateKey(read.appPrivateKey);
  return {
    gatewayUrl: read.gatewayUrl,
    appId: read.appId,
    sellerId: read.sellerId,
    appKey,
    trust: readTrust(read, appKey),
  };
}

function readTrust(read: WrittenAlipayCredentials, appKey: KeyObject): AlipayTrust {
  if (read.mode === "publicKey") return { kind: "publicKey", keys: read.alipayPublicKeys.map(readRsaPublicKey) };
  if (!readRsaPublicKey(read.appCertificate).equals(createPublicKey(appKey)))
    throw new TypeError("the application's certificate does not belong to its private key");
  return {
    kind: "certificate",
    appCertSn: certificateSerial(read.appCertificate),
    rootCertSn: rootBundleSerial(read.alipayRootCertificates),
    keys: new Map(read.alipayCertificates.map((pem) => [certificateSerial(pem), readRsaPublicKey(pem)])),
  };
}
