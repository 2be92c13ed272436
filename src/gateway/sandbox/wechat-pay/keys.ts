import type { KeyObject } from "node:crypto";
import { rsaPrivateKey, rsaPublicKey } from "../../signing/wechat.ts";
import { filled, member } from "../config-members.ts";

/** Whose requests are accepted, and what answers are signed with. The first platform key is the default. */
export type SandboxKeys = {
  readonly merchants: readonly {
    readonly mchid: string;
    readonly appid: string;
    readonly serial: string;
    readonly publicKey: KeyObject;
  }[];
  readonly platformKeys: readonly { readonly serial: string; readonly privateKey: KeyObject }[];
};

/** WeChat Pay's part of the sandbox's configuration; throws with the member's name. */
export function readWechatPayKeys(source: unknown, name: string): SandboxKeys {
  const keys = member(source, name);
  const merchant = member(keys["merchant"], `${name}.merchant`);
  const platform = member(keys["platform"], `${name}.platform`);
  return {
    merchants: [
      {
        mchid: filled(merchant["mchid"], `${name}.merchant.mchid`),
        appid: filled(merchant["appid"], `${name}.merchant.appid`),
        serial: filled(merchant["serial"], `${name}.merchant.serial`),
        publicKey: rsaPublicKey(filled(merchant["publicKeyPem"], `${name}.merchant.publicKeyPem`)),
      },
    ],
    platformKeys: [
      {
        serial: filled(platform["publicKeyId"], `${name}.platform.publicKeyId`),
        privateKey: rsaPrivateKey(filled(platform["privateKeyPem"], `${name}.platform.privateKeyPem`)),
      },
    ],
  };
}
