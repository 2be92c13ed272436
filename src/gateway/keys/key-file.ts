import { readFileSync, writeFileSync } from "node:fs";
import * as z from "zod";
import type { Random } from "../../domain/clock.ts";
import { gatewayKeys, keyBytes, type GatewayKeys } from "./gateway-keys.ts";

const key = z
  .base64()
  .transform((text) => new Uint8Array(Buffer.from(text, "base64")))
  .refine((bytes) => bytes.length === keyBytes);
const keyFile = z.strictObject({ v: z.literal(1), sealing: key, hashing: key, signing: key });

/**
 * Makes the gateway's key file at `path` (mode 0600); throws when there is one already. Without this file no PIN can be
 * checked, no pepper opened and no provider asked: it is backed up apart from the database.
 */
export function makeKeyFile(path: string, random: Random): void {
  const fresh = (): string => Buffer.from(random.bytes(keyBytes)).toString("base64");
  const text = JSON.stringify({ v: 1, sealing: fresh(), hashing: fresh(), signing: fresh() }, null, 2);
  writeFileSync(path, `${text}\n`, { mode: 0o600, flag: "wx" });
}

/** The keys in the file at `path`; throws when it is missing or is not a key file. */
export function readKeyFile(path: string, random: Random): GatewayKeys {
  const { sealing, hashing, signing } = keyFile.parse(JSON.parse(readFileSync(path, "utf8")));
  return gatewayKeys({ sealing, hashing, signing }, random);
}
