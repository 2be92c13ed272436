import type { Instant, Random } from "../../../domain/clock.ts";
import { signRsaSha256, verifyRsaSha256 } from "../../signing/wechat.ts";
import type { SandboxAnswer, SandboxRequest } from "../wire.ts";
import type { SandboxKeys } from "./keys.ts";

export type SandboxMerchant = SandboxKeys["merchants"][number];

/** Older or newer requests are refused (the provider's usual figure). */
const requestAgeSecondsMax = 300;
const scheme = "WECHATPAY2-SHA256-RSA2048";
const fieldPattern = /([a-z_]+)="([^"]*)"/gu;
const noncePattern = /^[0-9A-Za-z]{1,32}$/;
const secondsPattern = /^\d{10}$/;

/** The merchant who signed `request`, or what is wrong with the signature. Fields are read by name, in any order. */
export function signerOf(request: SandboxRequest, keys: SandboxKeys, now: Instant): SandboxMerchant | string {
  const header = request.headers["authorization"] ?? "";
  if (!header.startsWith(`${scheme} `)) return "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》";
  const fields = new Map([...header.matchAll(fieldPattern)].map(([, name, value]) => [name, value ?? ""]));
  const merchant = keys.merchants.find(({ mchid }) => mchid === fields.get("mchid"));
  if (merchant === undefined) return "商户号不存在";
  if (merchant.serial !== fields.get("serial_no")) return "商户证书序列号有误";
  const timestamp = fields.get("timestamp") ?? "";
  const nonce = fields.get("nonce_str") ?? "";
  if (!secondsPattern.test(timestamp) || !noncePattern.test(nonce)) return "签名的时间戳或随机串有误";
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > requestAgeSecondsMax) return "时间戳已过期";
  const lines = [request.method, request.url, timestamp, nonce];
  const message = Buffer.concat([
    Buffer.from(lines.map((line) => `${line}\n`).join("")),
    request.body,
    Buffer.from([0x0a]),
  ]);
  return verifyRsaSha256(message, fields.get("signature") ?? "", merchant.publicKey)
    ? merchant
    : "签名错误，请检查后再试";
}

/** What answers are signed with, and when. */
export type Signer = { readonly keys: SandboxKeys; readonly now: Instant; readonly random: Random };

/** A 2xx, signed with the key the request asks for by `Wechatpay-Serial`, else with the default. `json` undefined: no body. */
export function signedAnswer(
  outcome: { readonly status: number; readonly json?: unknown; readonly afterMs?: number; readonly isForged?: boolean },
  request: SandboxRequest,
  from: Signer,
): SandboxAnswer {
  const body = outcome.json === undefined ? "" : JSON.stringify(outcome.json);
  const said = outcome.isForged === true ? `${body} ` : body;
  return {
    kind: "answer",
    status: outcome.status,
    headers: { ...plainHeaders(from.random), ...signedHeaders(said, request.headers["wechatpay-serial"], from) },
    body,
    afterMs: outcome.afterMs ?? 0,
  };
}

/** The headers that sign `body`, with the platform key `asked` for or the default. */
export function signedHeaders(body: string, asked: string | undefined, { keys, now, random }: Signer) {
  const key = keys.platformKeys.find(({ serial }) => serial === asked) ?? keys.platformKeys[0];
  if (key === undefined) throw new RangeError("the sandbox has no platform key to sign with");
  const timestamp = String(Math.floor(now / 1000));
  const nonce = hex(random, 16);
  return {
    "Wechatpay-Timestamp": timestamp,
    "Wechatpay-Nonce": nonce,
    "Wechatpay-Serial": key.serial,
    "Wechatpay-Signature": signRsaSha256(Buffer.from([timestamp, nonce, body, ""].join("\n")), key.privateKey),
    "Wechatpay-Signature-Type": scheme,
  };
}

/** `count` letters and digits. */
export function nonceCharacters(random: Random, count: number): string {
  return hex(random, Math.ceil(count / 2)).slice(0, count);
}

/** An error, unsigned as the provider's mostly are. */
export function errorAnswer(status: number, code: string, message: string, random: Random): SandboxAnswer {
  return { kind: "answer", status, headers: plainHeaders(random), body: JSON.stringify({ code, message }), afterMs: 0 };
}

function plainHeaders(random: Random): Record<string, string> {
  return { "Content-Type": "application/json; charset=utf-8", "Request-ID": hex(random, 8).toUpperCase() };
}

function hex(random: Random, bytes: number): string {
  return Buffer.from(random.bytes(bytes)).toString("hex");
}
