import { rsaPrivateKey, rsaPublicKey } from "../signing/wechat.ts";
import { isObject, type SandboxKeys } from "./wire.ts";

/** What the sandbox's process is told; the file's form is in the README. */
export type SandboxConfig = {
  readonly host: string;
  readonly port: number;
  readonly storeFile: string;
  readonly timeFactor: number;
  /** Where the page build lies, or null to serve no wallet. */
  readonly pageFolder: string | null;
  readonly keys: SandboxKeys;
};

/** Reads the configuration; throws with the member's name when something is missing or has another form. */
export function readSandboxConfig(text: string): SandboxConfig {
  const source = member(JSON.parse(text) as unknown, "the configuration");
  const keys = member(source["keys"], "keys");
  const merchant = member(keys["merchant"], "keys.merchant");
  const platform = member(keys["platform"], "keys.platform");
  return {
    host: filled(source["host"] ?? "127.0.0.1", "host"),
    port: number(source["port"], "port", 0, 65_535),
    storeFile: filled(source["storeFile"], "storeFile"),
    timeFactor: number(source["timeFactor"] ?? 1, "timeFactor", 0.001, 10),
    pageFolder:
      source["pageFolder"] === undefined || source["pageFolder"] === null
        ? null
        : filled(source["pageFolder"], "pageFolder"),
    keys: {
      merchants: [
        {
          mchid: filled(merchant["mchid"], "keys.merchant.mchid"),
          appid: filled(merchant["appid"], "keys.merchant.appid"),
          serial: filled(merchant["serial"], "keys.merchant.serial"),
          publicKey: rsaPublicKey(filled(merchant["publicKeyPem"], "keys.merchant.publicKeyPem")),
        },
      ],
      platformKeys: [
        {
          serial: filled(platform["publicKeyId"], "keys.platform.publicKeyId"),
          privateKey: rsaPrivateKey(filled(platform["privateKeyPem"], "keys.platform.privateKeyPem")),
        },
      ],
    },
  };
}

function member(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new TypeError(`the sandbox's configuration: ${name} must be an object`);
  return value;
}

function filled(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "")
    throw new TypeError(`the sandbox's configuration: ${name} must be a text`);
  return value;
}

function number(value: unknown, name: string, min: number, max: number): number {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    throw new TypeError(`the sandbox's configuration: ${name} must be a number from ${min} to ${max}`);
  }
  return value;
}
