import { X509Certificate } from "node:crypto";
import { instant } from "../../../domain/clock.ts";
import { sealAesGcm } from "../../signing/aes-gcm.ts";
import type { SandboxAnswer, SandboxRequest } from "../wire.ts";
import type { Books } from "./books.ts";
import { beijingTime } from "./numbers.ts";
import { errorAnswer, nonceCharacters, signedAnswer, type SandboxMerchant } from "./wire.ts";

/** `GET /v3/certificates`: the platform certificates, encrypted; 404 for an account that has the public key only. */
export function listCertificates(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer {
  const { keys, random } = books.parts;
  const key = merchant.apiV3Key;
  const certificates = keys.platformKeys.flatMap(({ certificatePem }) => certificatePem ?? []);
  if (key === undefined || certificates.length === 0)
    return errorAnswer(404, "NOT_FOUND", "无可用的平台证书，请使用微信支付公钥", random);
  const json = {
    data: certificates.map((pem) => {
      const certificate = new X509Certificate(pem);
      const { ciphertext, nonce, associatedData } = sealAesGcm(pem, nonceCharacters(random, 12), "certificate", key);
      return {
        serial_no: certificate.serialNumber,
        effective_time: beijingTime(instant(Date.parse(certificate.validFrom))),
        expire_time: beijingTime(instant(Date.parse(certificate.validTo))),
        encrypt_certificate: {
          algorithm: "AEAD_AES_256_GCM",
          nonce,
          associated_data: associatedData,
          ciphertext,
        },
      };
    }),
  };
  return signedAnswer({ status: 200, json }, request, { keys, now: books.parts.clock.now(), random });
}
