import { createPublicKey, X509Certificate, type KeyObject } from "node:crypto";
import type { AccountBody, AlipayAccountBody, WechatPayAccountBody } from "../../contract/shop-setup.ts";
import type { Instant } from "../../domain/clock.ts";
import type { AccountFault, AccountField } from "../../domain/provider-account.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { readRsaPrivateKey, readRsaPublicKey } from "../signing/alipay.ts";
import { rsaPrivateKey, rsaPublicKey } from "../signing/wechat.ts";

/** Where the providers are. Tests put another way out in their place. */
const wechatPayAddress = "https://api.mch.weixin.qq.com";
const alipayAddress = "https://openapi.alipay.com/gateway.do";

/** An account as its adapter reads it. */
export type WrittenAccount = { readonly merchant: string; readonly credentials: unknown };
export type FieldFault = { readonly field: AccountField; readonly why: AccountFault };

/** The account's keys in the adapter's form, or every field that cannot be right; nobody is asked for it. */
export function readAccountForm(body: AccountBody, at: Instant): Result<WrittenAccount, readonly FieldFault[]> {
  return body.provider === "wechat-pay" ? wechatPay(body, at) : alipay(body, at);
}

function wechatPay(body: WechatPayAccountBody, at: Instant): Result<WrittenAccount, readonly FieldFault[]> {
  const faults: FieldFault[] = [];
  const check = checking(faults);
  check("mchid", /^\d{8,12}$/.test(body.mchid), "merchantForm");
  check("appid", /^wx[0-9a-z]{16}$/.test(body.appid), "appForm");
  check("apiV3Key", /^[\x21-\x7e]{32}$/.test(body.apiV3Key), "secretForm");
  const key = parsed(() => rsaPrivateKey(body.privateKey));
  check("privateKey", key !== null, "privateKey");
  const serial = merchantSerial(body.certificate, key, at, faults);
  const isPublicKey = body.publicKeyId !== "" || body.publicKey !== "";
  if (isPublicKey) {
    check("publicKeyId", /^PUB_KEY_ID_[0-9A-Za-z]{8,64}$/.test(body.publicKeyId), "publicKeyId");
    check("publicKey", parsed(() => rsaPublicKey(body.publicKey)) !== null, "publicKey");
  }
  if (faults.length > 0 || serial === null) return refuse(faults);
  return ok({
    merchant: body.mchid,
    credentials: {
      baseUrl: wechatPayAddress,
      mchid: body.mchid,
      appid: body.appid,
      merchantSerial: serial,
      merchantPrivateKeyPem: body.privateKey,
      apiV3Key: body.apiV3Key,
      ...(isPublicKey
        ? { platformKeys: [{ serial: body.publicKeyId, publicKeyPem: body.publicKey }] }
        : { answersSignedWith: "certificates" }),
    },
  });
}

/** The serial number by which WeChat Pay knows the merchant's key: written out, or the certificate's own. */
function merchantSerial(text: string, key: KeyObject | null, at: Instant, faults: FieldFault[]): string | null {
  const written = text.replaceAll(/[\s:]/g, "").toUpperCase();
  if (/^[0-9A-F]{40}$/.test(written)) return written;
  const certificate = certificateIn("certificate", text, key, at, faults);
  return certificate === null ? null : certificate.serialNumber.toUpperCase().padStart(40, "0");
}

function alipay(body: AlipayAccountBody, at: Instant): Result<WrittenAccount, readonly FieldFault[]> {
  const faults: FieldFault[] = [];
  const check = checking(faults);
  check("appId", /^\d{16}$/.test(body.appId), "appForm");
  check("sellerId", /^2088\d{12}$/.test(body.sellerId), "merchantForm");
  const key = parsed(() => readRsaPrivateKey(body.privateKey));
  check("privateKey", key !== null, "privateKey");
  const isCertificates = [body.appCertificate, body.alipayCertificate, body.rootCertificate].some(
    (each) => each !== "",
  );
  const account = {
    gatewayUrl: alipayAddress,
    appId: body.appId,
    sellerId: body.sellerId,
    appPrivateKey: body.privateKey,
  };
  if (!isCertificates) {
    check("publicKey", parsed(() => readRsaPublicKey(body.publicKey)) !== null, "publicKey");
    // the shop's own public key in Alipay's place is the usual mistake
    check("publicKey", faults.length > 0 || !isPairOf(body.publicKey, key), "keyOfAnother");
    const keys = { ...account, mode: "publicKey", alipayPublicKeys: [body.publicKey] };
    return faults.length > 0 ? refuse(faults) : ok({ merchant: body.sellerId, credentials: keys });
  }
  certificateIn("appCertificate", body.appCertificate, key, at, faults);
  certificateIn("alipayCertificate", body.alipayCertificate, null, at, faults);
  check("rootCertificate", parsed(() => new X509Certificate(body.rootCertificate)) !== null, "certificate");
  const keys = {
    ...account,
    mode: "certificate",
    appCertificate: body.appCertificate,
    alipayCertificates: [body.alipayCertificate],
    alipayRootCertificates: body.rootCertificate,
  };
  return faults.length > 0 ? refuse(faults) : ok({ merchant: body.sellerId, credentials: keys });
}

function isPairOf(publicKey: string, key: KeyObject | null): boolean {
  return key !== null && readRsaPublicKey(publicKey).equals(createPublicKey(key));
}

function certificateIn(
  field: AccountField,
  pem: string,
  key: KeyObject | null,
  at: Instant,
  faults: FieldFault[],
): X509Certificate | null {
  const certificate = parsed(() => new X509Certificate(pem));
  if (certificate === null) faults.push({ field, why: pem === "" ? "missing" : "certificate" });
  else if (Date.parse(certificate.validTo) <= at) faults.push({ field, why: "expired" });
  else if (key !== null && !certificate.checkPrivateKey(key)) faults.push({ field, why: "keyOfAnother" });
  return certificate;
}

function checking(faults: FieldFault[]) {
  return (field: AccountField, isRight: boolean, why: AccountFault): void => {
    if (!isRight) faults.push({ field, why });
  };
}

/** What `read` gives, or null when the text is not of its form. */
function parsed<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    // whatever the parser stumbled over: the field is named, the text is never repeated
    return null;
  }
}
