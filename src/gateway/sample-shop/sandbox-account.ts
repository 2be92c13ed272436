import { generateKeyPairSync } from "node:crypto";
import type { Random } from "../../domain/clock.ts";
import type { SampleAccount } from "./fill.ts";

const keyBits = 2048;
const serialBytes = 20;
/** Numbers in the provider's form that belong to nobody. */
const mchid = "1900000001";
const appid = "wx0000000000000001";

/** The sample shop's account with the sandbox, and what the sandbox must know of it; both from fresh key pairs. */
export function sandboxAccount(
  random: Random,
  baseUrl: string,
  timings: unknown,
): { readonly account: SampleAccount; readonly sandboxKeys: unknown } {
  const merchant = rsaPair();
  const platform = rsaPair();
  const merchantSerial = Buffer.from(random.bytes(serialBytes)).toString("hex").toUpperCase();
  const publicKeyId = `PUB_KEY_ID_0${mchid}${Buffer.from(random.bytes(8)).toString("hex").toUpperCase()}`;
  const credentials = {
    baseUrl,
    mchid,
    appid,
    merchantSerial,
    merchantPrivateKeyPem: merchant.privateKey,
    platformKeys: [{ serial: publicKeyId, publicKeyPem: platform.publicKey }],
  };
  return {
    account: { id: "wechat-sandbox", timings, credentials },
    sandboxKeys: {
      merchant: { mchid, appid, serial: merchantSerial, publicKeyPem: merchant.publicKey },
      platform: { publicKeyId, privateKeyPem: platform.privateKey },
    },
  };
}

function rsaPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: keyBits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
