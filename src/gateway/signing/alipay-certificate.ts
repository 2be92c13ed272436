import { createHash, X509Certificate } from "node:crypto";

/** PEM certificates in a text that may hold anything between them. */
const certificatePattern = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/gu;
/** DER of the object identifiers under 1.2.840.113549.1.1 (PKCS#1): signatures made with RSA. */
const rsaSignaturePrefix = Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01]);
const sequenceTag = 0x30;
const objectIdentifierTag = 0x06;

/**
 * Alipay's number of a certificate (`app_cert_sn`, `alipay_cert_sn`): MD5, in lower-case hexadecimal, of the issuer's names
 * in reverse order of encoding, joined with commas, followed by the serial in decimal. Throws when `pem` holds none.
 */
export function certificateSerial(pem: string): string {
  const [first] = certificatesIn(pem);
  if (first === undefined) throw new TypeError("there is no certificate in the text");
  return serialOf(first);
}

/**
 * Alipay's number of a root bundle (`alipay_root_cert_sn`): the numbers of the certificates signed with RSA, in order, joined
 * with `_`; those signed with elliptic curves are left out. Throws when none remains.
 */
export function rootBundleSerial(bundle: string): string {
  const serials = certificatesIn(bundle).filter(isSignedWithRsa).map(serialOf);
  if (serials.length === 0) throw new TypeError("no certificate of the bundle is signed with RSA");
  return serials.join("_");
}

function certificatesIn(text: string): readonly Buffer[] {
  return [...text.matchAll(certificatePattern)].map(([, base64]) => Buffer.from(base64 ?? "", "base64"));
}

function serialOf(der: Buffer): string {
  const { issuer, serialNumber } = new X509Certificate(der);
  const names = issuer.split("\n").toReversed().join(",");
  return createHash("md5")
    .update(names + BigInt(`0x${serialNumber}`).toString())
    .digest("hex");
}

/** Certificate is SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OBJECT IDENTIFIER, … }, signature }. */
function isSignedWithRsa(der: Buffer): boolean {
  const certificate = elementAt(der, 0);
  const body = elementAt(der, certificate.contentAt);
  const algorithm = elementAt(der, body.endsAt);
  const identifier = elementAt(der, algorithm.contentAt);
  if (der[body.endsAt] !== sequenceTag || der[algorithm.contentAt] !== objectIdentifierTag) return false;
  const named = der.subarray(identifier.contentAt, identifier.endsAt);
  return named.subarray(0, rsaSignaturePrefix.length).equals(rsaSignaturePrefix);
}

/** Where the DER element at `at` has its content and its end. */
function elementAt(der: Buffer, at: number): { readonly contentAt: number; readonly endsAt: number } {
  const first = der[at + 1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  let length = first < 0x80 ? first : 0;
  for (let i = 0; i < lengthBytes; i++) length = length * 256 + (der[at + 2 + i] ?? 0);
  const contentAt = at + 2 + lengthBytes;
  return { contentAt, endsAt: contentAt + length };
}
