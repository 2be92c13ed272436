import type { KeyObject } from "node:crypto";
import { certificateSerial, rootBundleSerial } from "../../signing/alipay-certificate.ts";
import { readRsaPrivateKey, readRsaPublicKey } from "../../signing/alipay.ts";
import { filled, member } from "../config-members.ts";

/** Whose requests are accepted, and what answers are signed with. Both modes are served when certificates are there. */
export type AlipayPlayKeys = {
  readonly appId: string;
  /** The shop's account, 2088…. */
  readonly sellerId: string;
  /** The application's public key. */
  readonly appKey: KeyObject;
  /** Alipay's own private key. */
  readonly alipayKey: KeyObject;
  /** The numbers certificate mode names; null: public-key mode only. */
  readonly certificates: {
    readonly appCertSn: string;
    readonly rootCertSn: string;
    readonly alipayCertSn: string;
  } | null;
};

/**
 * Alipay's part of the sandbox's configuration; throws with the member's name. `certificates` (application, Alipay, root
 * bundle, as PEM) adds certificate mode; they are the same keys' certificates.
 */
export function readAlipayKeys(source: unknown, name: string): AlipayPlayKeys {
  const keys = member(source, name);
  const text = (from: Readonly<Record<string, unknown>>, path: string, key: string): string =>
    filled(from[key], `${path}.${key}`);
  return {
    appId: text(keys, name, "appId"),
    sellerId: text(keys, name, "sellerId"),
    appKey: readRsaPublicKey(text(keys, name, "appPublicKey")),
    alipayKey: readRsaPrivateKey(text(keys, name, "alipayPrivateKey")),
    certificates: keys["certificates"] === undefined ? null : readCertificates(keys["certificates"], name, text),
  };
}

function readCertificates(
  source: unknown,
  name: string,
  text: (from: Readonly<Record<string, unknown>>, path: string, key: string) => string,
): AlipayPlayKeys["certificates"] {
  const path = `${name}.certificates`;
  const pems = member(source, path);
  return {
    appCertSn: certificateSerial(text(pems, path, "app")),
    rootCertSn: rootBundleSerial(text(pems, path, "root")),
    alipayCertSn: certificateSerial(text(pems, path, "alipay")),
  };
}
