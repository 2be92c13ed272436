import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A self-signed certificate made here, so that a test can have as many platform certificates as it needs. */
export type TestCertificate = {
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly certificatePem: string;
};

/** A certificate of a fresh RSA key, valid between two times (ISO 8601, whole seconds); X.509 v3, SHA-256 with RSA. */
export function testCertificate(from: string, until: string): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = publicKey.export({ type: "spki", format: "der" });
  const serial = createHash("sha1").update(key).digest();
  serial[0] = (serial[0]! & 0x3f) | 0x40; // positive, and twenty bytes
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from("test platform")))));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    sha256WithRsa,
    name,
    der(0x30, time(from), time(until)),
    name,
    key,
  );
  const certificate = der(0x30, body, sha256WithRsa, der(0x03, Buffer.from([0]), sign("RSA-SHA256", body, privateKey)));
  const lines = certificate.toString("base64").match(/.{1,64}/gu) ?? [];
  return {
    serial: serial.toString("hex").toUpperCase(),
    privateKey,
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}

/** One DER value: tag, length, contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const commonName = der(0x06, Buffer.from("550403", "hex"));
const sha256WithRsa = der(0x30, der(0x06, Buffer.from("2a864886f70d01010b", "hex")), der(0x05));

/** UTCTime, as X.509 wants it until 2049. */
function time(iso: string): Buffer {
  return der(0x17, Buffer.from(`${new Date(iso).toISOString().replaceAll(/\D/gu, "").slice(2, 14)}Z`));
}
