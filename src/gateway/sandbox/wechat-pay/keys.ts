import { X509Certificate, type KeyObject } from "node:crypto";
import { secret, type Secret } from "../../secret.ts";
import { isAesKey } from "../../signing/aes-gcm.ts";
import { rsaPrivateKey, rsaPublicKey } from "../../signing/wechat.ts";
import { filled, listed, member } from "../config-members.ts";

/** Whose requests are accepted, and what answers are signed with. The first platform key is the default. */
export type SandboxKeys = {
  readonly merchants: readonly {
    readonly mchid: string;
    readonly appid: string;
    readonly serial: string;
    readonly publicKey: KeyObject;
    /** Encrypts notifications and certificates; without it none are sent. */
    readonly apiV3Key?: Secret;
  }[];
  readonly platformKeys: readonly PlatformKey[];
};

/** A public-key id with its key, or a certificate with its own serial: only these are listed by `/v3/certificates`. */
export type PlatformKey = {
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly certificatePem?: string;
};

/** WeChat Pay's part of the sandbox's configuration; throws with the member's name. */
export function readWechatPayKeys(source: unknown, name: string): SandboxKeys {
  const keys = member(source, name);
  const merchant = member(keys["merchant"], `${name}.merchant`);
  return {
    merchants: [
      {
        mchid: filled(merchant["mchid"], `${name}.merchant.mchid`),
        appid: filled(merchant["appid"], `${name}.merchant.appid`),
        serial: filled(merchant["serial"], `${name}.merchant.serial`),
        publicKey: rsaPublicKey(filled(merchant["publicKeyPem"], `${name}.merchant.publicKeyPem`)),
        ...readApiV3Key(merchant["apiV3Key"], `${name}.merchant.apiV3Key`),
      },
    ],
    platformKeys: readPlatformKeys(keys, name),
  };
}

function readApiV3Key(value: unknown, name: string): { readonly apiV3Key?: Secret } {
  if (value === undefined) return {};
  const apiV3Key = secret(filled(value, name));
  if (!isAesKey(apiV3Key)) throw new TypeError(`the sandbox's configuration: ${name} must have 32 characters`);
  return { apiV3Key };
}

function readPlatformKeys(keys: Readonly<Record<string, unknown>>, name: string): readonly PlatformKey[] {
  const platform = keys["platform"] === undefined ? null : member(keys["platform"], `${name}.platform`);
  const publicKeys = platform === null ? [] : [readPublicKey(platform, `${name}.platform`)];
  const certificates = listed(keys["certificates"], `${name}.certificates`).map((each, index) =>
    readCertificate(member(each, `${name}.certificates[${index}]`), `${name}.certificates[${index}]`),
  );
  const all = [...publicKeys, ...certificates];
  if (all.length === 0)
    throw new TypeError(`the sandbox's configuration: ${name}.platform or .certificates is missing`);
  return all;
}

function readPublicKey(source: Readonly<Record<string, unknown>>, name: string): PlatformKey {
  return {
    serial: filled(source["publicKeyId"], `${name}.publicKeyId`),
    privateKey: rsaPrivateKey(filled(source["privateKeyPem"], `${name}.privateKeyPem`)),
  };
}

function readCertificate(source: Readonly<Record<string, unknown>>, name: string): PlatformKey {
  const certificatePem = filled(source["certificatePem"], `${name}.certificatePem`);
  return {
    serial: new X509Certificate(certificatePem).serialNumber,
    privateKey: rsaPrivateKey(filled(source["privateKeyPem"], `${name}.privateKeyPem`)),
    certificatePem,
  };
}
