import type { Instant } from "../../../domain/clock.ts";
import { signRsa2, verifyRsa2 } from "../../signing/alipay.ts";
import type { SandboxAnswer, SandboxRequest } from "../wire.ts";
import type { AlipayPlayKeys } from "./keys.ts";

/** A request's parameters, query and body together, decoded once. */
export type Parameters = Readonly<Record<string, string>>;

/** What is wrong with a request before its method is looked at. */
export type GateFault = { readonly code: string; readonly subCode: string; readonly message: string };

/** The members of an answer after `code` and `msg`. */
export type Told = Readonly<Record<string, unknown>>;

/** A request whose clock is further off is refused; the provider does not say how far it may be. */
const clockSkewMaxMs = 300_000;
const timePattern = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** Query and body merged; the body wins, as the provider does not say. */
export function parametersOf(request: SandboxRequest): Parameters {
  const query = new URLSearchParams(request.url.split("?")[1] ?? "");
  const form = new URLSearchParams(Buffer.from(request.body).toString("utf8"));
  return Object.fromEntries([...query, ...form]);
}

/** The string a request signs: sorted `name=value`, not encoded, `sign` left out; the SDKs differ about empty values. */
export function signedText(parameters: Parameters, emptyValues: "dropped" | "kept"): string {
  const names = Object.keys(parameters)
    .filter((name) => name !== "sign" && (emptyValues === "kept" || parameters[name] !== ""))
    .toSorted();
  return names.map((name) => `${name}=${parameters[name] ?? ""}`).join("&");
}

/** Whether a request is the application's, untouched and of now; null when it is. */
export function gateFault(parameters: Parameters, keys: AlipayPlayKeys, now: Instant): GateFault | null {
  const missing = ["app_id", "method", "sign", "sign_type", "timestamp", "version", "charset"].find(
    (name) => (parameters[name] ?? "") === "",
  );
  if (missing !== undefined) return lacking(missing);
  if (parameters["app_id"] !== keys.appId) return invalid("isv.invalid-app-id", "无效的AppID参数");
  if (parameters["sign_type"] !== "RSA2") return invalid("isv.invalid-signature-type", "无效的签名类型");
  if (!isTruly(parameters, keys))
    return invalid("isv.invalid-signature", "验签出错，请检查签名字符串或签名私钥与应用公钥是否匹配");
  const certificate = certificateFault(parameters, keys);
  if (certificate !== null) return certificate;
  if (parameters["charset"]?.toLowerCase() !== "utf-8") return invalid("isv.invalid-charset", "字符集错误");
  if ((parameters["format"] ?? "JSON").toUpperCase() !== "JSON") return invalid("isv.invalid-format", "无效的数据格式");
  if (parameters["encrypt_type"] !== undefined) return invalid("isv.invalid-encrypt-type", "无效的加密类型");
  return isOfNow(parameters["timestamp"] ?? "", now) ? null : invalid("isv.invalid-timestamp", "非法的时间戳参数");
}

function isTruly(parameters: Parameters, { appKey }: AlipayPlayKeys): boolean {
  const signature = parameters["sign"] ?? "";
  return (
    verifyRsa2(signedText(parameters, "dropped"), signature, appKey) ||
    verifyRsa2(signedText(parameters, "kept"), signature, appKey)
  );
}

/** Either both numbers are there and right, or none: public-key mode. */
function certificateFault(parameters: Parameters, { certificates }: AlipayPlayKeys): GateFault | null {
  const { app_cert_sn: app, alipay_root_cert_sn: root } = parameters;
  if (app === undefined && root === undefined) return null;
  if (certificates === null || app !== certificates.appCertSn)
    return invalid("isv.invalid-app-cert-sn", "应用证书序列号有误");
  return root === certificates.rootCertSn ? null : invalid("isv.invalid-root-cert-sn", "根证书序列号有误");
}

function isOfNow(timestamp: string, now: Instant): boolean {
  if (!timePattern.test(timestamp)) return false;
  return Math.abs(Date.parse(`${timestamp.replace(" ", "T")}+08:00`) - now) <= clockSkewMaxMs;
}

function lacking(name: string): GateFault {
  const what = name === "sign" ? "signature" : name === "sign_type" ? "signature-type" : name.replaceAll("_", "-");
  return { code: "40001", subCode: `isv.missing-${what}`, message: `缺少${name}参数` };
}

function invalid(subCode: string, message: string): GateFault {
  return { code: "40002", subCode, message };
}

const gateWords: Readonly<Record<string, string>> = {
  "10000": "Success",
  "10003": " order success pay inprocess",
  "20000": "Service Currently Unavailable",
  "40001": "Missing Required Arguments",
  "40002": "Invalid Arguments",
  "40004": "Business Failed",
};

/** The members of a node: `code`, `msg`, and for a failure `sub_code` and `sub_msg`. */
export function node(code: string, told: Told, failure?: { readonly subCode: string; readonly message: string }): Told {
  const words = failure === undefined ? {} : { sub_code: failure.subCode, sub_msg: failure.message };
  return { code, msg: gateWords[code] ?? "", ...words, ...told };
}

/**
 * A signed answer: the node first, then in certificate mode `alipay_cert_sn`, then `sign`, which covers the node's text as
 * sent, slashes escaped. `isForged` signs another text.
 */
export function answered(
  parameters: Parameters,
  told: Told,
  keys: AlipayPlayKeys,
  how: { readonly afterMs?: number; readonly isForged?: boolean; readonly isFault?: boolean } = {},
): SandboxAnswer {
  const method = parameters["method"] ?? "";
  const isKnown = /^alipay(?:\.[a-z]+)+$/u.test(method) && how.isFault !== true;
  const name = isKnown ? `${method.replaceAll(".", "_")}_response` : "error_response";
  const text = JSON.stringify(told).replaceAll("/", "\\/");
  const sign = signRsa2(how.isForged === true ? `${text} ` : text, keys.alipayKey);
  const isByCertificate = parameters["app_cert_sn"] !== undefined && keys.certificates !== null;
  const certSn = isByCertificate ? `"alipay_cert_sn":"${keys.certificates?.alipayCertSn ?? ""}",` : "";
  return {
    kind: "answer",
    status: 200,
    headers: { "Content-Type": "text/html;charset=utf-8" },
    body: `{"${name}":${text},${certSn}"sign":"${sign}"}`,
    afterMs: how.afterMs ?? 0,
  };
}
