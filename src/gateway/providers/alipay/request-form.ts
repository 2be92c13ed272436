import type { Instant } from "../../../domain/clock.ts";
import { signRsa2 } from "../../signing/alipay.ts";
import { beijingTime } from "./beijing-time.ts";
import type { AlipayCredentials } from "./credentials.ts";

/** The parameters of one request by name, not yet encoded; none is empty. */
export type RequestParameters = Readonly<Record<string, string>>;

/** The common parameters around `bizContent`, whose text is signed as it stands. */
export function requestParameters(
  call: { readonly method: string; readonly bizContent: string; readonly notifyUrl: string | null },
  credentials: AlipayCredentials,
  now: Instant,
): RequestParameters {
  const { trust } = credentials;
  return {
    method: call.method,
    app_id: credentials.appId,
    charset: "utf-8",
    version: "1.0",
    sign_type: "RSA2",
    timestamp: beijingTime(now),
    format: "JSON",
    ...(call.notifyUrl === null ? {} : { notify_url: call.notifyUrl }),
    ...(trust.kind === "certificate" ? { app_cert_sn: trust.appCertSn, alipay_root_cert_sn: trust.rootCertSn } : {}),
    biz_content: call.bizContent,
  };
}

/** What is signed: `name=value` sorted by name, joined with `&`, values not encoded, empty ones and `sign` left out. */
export function requestText(parameters: RequestParameters): string {
  return Object.entries(parameters)
    .filter(([name, value]) => name !== "sign" && value !== "")
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** The form body with its signature; the charset also stands in the URL, so that the gate decodes the body right. */
export function signedForm(parameters: RequestParameters, appKey: AlipayCredentials["appKey"]): string {
  return new URLSearchParams({ ...parameters, sign: signRsa2(requestText(parameters), appKey) }).toString();
}
