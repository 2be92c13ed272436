import { instant } from "../../src/domain/clock.ts";
import { judgeAnswer, nodeName } from "../../src/gateway/providers/alipay/answer-node.ts";
import { rawMembers } from "../../src/gateway/providers/alipay/answer-members.ts";
import { instantOfBeijing } from "../../src/gateway/providers/alipay/beijing-time.ts";
import { readAlipayCredentials, type AlipayCredentials } from "../../src/gateway/providers/alipay/credentials.ts";
import { notificationText, readNotification } from "../../src/gateway/providers/alipay/notification.ts";
import { requestText, signedForm } from "../../src/gateway/providers/alipay/request-form.ts";
import { readAlipayKeys, type AlipayPlayKeys } from "../../src/gateway/sandbox/alipay/keys.ts";
import { signedNotification } from "../../src/gateway/sandbox/alipay/send-notification.ts";
import { answered, gateFault, parametersOf, signedText } from "../../src/gateway/sandbox/alipay/wire.ts";
import { certificateSerial, rootBundleSerial } from "../../src/gateway/signing/alipay-certificate.ts";
import { readRsaPrivateKey, signRsa2 } from "../../src/gateway/signing/alipay.ts";
import type { VectorCase } from "./replay.ts";

/** The shop's side of the test keys, in one of the two modes. */
export function alipayCredentials(keys: VectorCase, mode: "publicKey" | "certificate"): AlipayCredentials {
  return readAlipayCredentials({
    gatewayUrl: "https://alipay.invalid/gateway.do",
    appId: keys.app_id,
    sellerId: keys.seller_id,
    appPrivateKey: keys.app.private_key_pkcs8_pem,
    mode,
    alipayPublicKeys: [keys.alipay.public_key_pem],
    appCertificate: keys.app.certificate_pem,
    alipayCertificates: [keys.alipay.certificate_pem],
    alipayRootCertificates: keys.root.bundle_pem,
  });
}

/** Alipay's side of the same keys, both modes. */
export function alipayPlayKeys(keys: VectorCase): AlipayPlayKeys {
  const source = {
    appId: keys.app_id,
    sellerId: keys.seller_id,
    appPublicKey: keys.app.public_key_pem,
    alipayPrivateKey: keys.alipay.private_key_pem,
    certificates: {
      app: keys.app.certificate_pem,
      alipay: keys.alipay.certificate_pem,
      root: keys.root.bundle_pem,
    },
  };
  return readAlipayKeys(source, "alipay");
}

/** The adapter makes the same text, signature and form; the sandbox takes both HTTP forms, and no byte else. */
export function replayAlipaySign(vector: VectorCase, keys: VectorCase): string | null {
  const appKey = readRsaPrivateKey(keys.app.private_key_pkcs1_pem);
  const text = requestText(vector.params);
  if (text !== vector.string_to_sign) return `the adapter signs another text: ${text}`;
  if (signRsa2(text, appKey) !== vector.sign) return "the adapter's signature differs";
  if (signedForm(vector.params, appKey) !== vector.http.all_in_body.body) return "the adapter's form differs";
  if (signedText(vector.params, "dropped") !== vector.string_to_sign) return "the sandbox expects another text";
  for (const [name, request] of Object.entries<VectorCase>(vector.http)) {
    const trouble = sandboxFault(request, alipayPlayKeys(keys));
    if (trouble !== null) return `the sandbox refuses ${name}: ${trouble}`;
    const changed = { ...request, body: request.body.replace("out_trade_no", "out_trade_n0") };
    const other = changed.body === request.body ? { ...request, body: `${request.body}&x=1` } : changed;
    if (sandboxFault(other, alipayPlayKeys(keys)) === null) return `the sandbox takes a changed ${name}`;
  }
  return null;
}

/** What the sandbox finds wrong with a request, its clock standing at the signed time; null: nothing. */
export function sandboxFault(request: VectorCase, keys: AlipayPlayKeys): string | null {
  const sent = { method: request.method, url: request.url, headers: {}, body: Buffer.from(request.body) };
  const parameters = parametersOf(sent);
  const now = instantOfBeijing(parameters["timestamp"]) ?? instant(0);
  return gateFault(parameters, keys, now)?.subCode ?? null;
}

/** The adapter cuts and judges the node; the sandbox sends the same bytes for the same members. */
export function replayAlipayAnswer(vector: VectorCase, keys: VectorCase): string | null {
  const members = rawMembers(vector.body);
  if (members?.get(vector.response_key) !== vector.signed_part) return "the adapter cuts another text";
  if (nodeName(vector.method) !== vector.response_key) return "the node has another name";
  const mode = members?.has("alipay_cert_sn") === true ? "certificate" : "publicKey";
  const verdict = judgeAnswer(Buffer.from(vector.body), vector.method, alipayCredentials(keys, mode).trust);
  const isBelieved = verdict.kind === "node";
  if (isBelieved !== vector.expect_signature_valid) return `the adapter ${isBelieved ? "believes" : "doubts"} it`;
  if (!isBelieved) return null;
  const parameters: Record<string, string> = { method: vector.method };
  if (mode === "certificate") parameters["app_cert_sn"] = keys.app.app_cert_sn;
  const sent = answered(parameters, JSON.parse(vector.signed_part), alipayPlayKeys(keys));
  return sent.kind === "answer" && sent.body === vector.body ? null : "the sandbox sends other bytes";
}

/** The adapter builds the text from the decoded form and judges it; the sandbox signs the same parameters alike. */
export function replayAlipayNotify(vector: VectorCase, keys: VectorCase): string | null {
  const message = { headers: {}, body: Buffer.from(vector.request.body) };
  const now = instantOfBeijing(vector.params.notify_time) ?? instant(0);
  for (const mode of ["publicKey", "certificate"] as const) {
    const reading = readNotification(message, alipayCredentials(keys, mode), now);
    const isBelieved = reading.kind !== "refused";
    if (isBelieved !== vector.expect_signature_valid) return `the adapter says ${reading.kind} in ${mode} mode`;
  }
  if (!vector.expect_signature_valid) return null;
  if (notificationText(vector.params) !== vector.string_to_verify) return "the adapter builds another text";
  const { sign, sign_type: _type, ...told } = vector.params;
  const sent = new URLSearchParams(signedNotification(told, alipayPlayKeys(keys).alipayKey, false));
  return sent.get("sign") === sign ? null : "the sandbox signs another text";
}

/** Certificate numbers; a text with `root` in its name is a bundle. */
export function replayCertificateSerial(vector: VectorCase, keys: VectorCase): string | null {
  const [holder = "", member = ""] = String(vector.certificate).split(".");
  const pem: string = keys[holder][member];
  const serial = holder === "root" ? rootBundleSerial(pem) : certificateSerial(pem);
  return serial === vector.sn ? null : `the number is ${serial}`;
}
