import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { NotificationMessage } from "../../../src/gateway/provider.ts";
import { rawMembers } from "../../../src/gateway/providers/alipay/answer-members.ts";
import { signedNotification } from "../../../src/gateway/sandbox/alipay/send-notification.ts";
import { signRsa2 } from "../../../src/gateway/signing/alipay.ts";
import type { Forgery, Lie, ProviderFacts } from "./provider-stage.ts";

const strangerKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const transport: readonly Lie[] = ["answerLost", "byteChanged", "unsigned", "unknownKey", "gateHtml", "huge", "noJson"];
const trade: readonly Lie[] = [...transport, "otherAmount", "otherCurrency", "otherNumber", "unknownState"];

/** What Alipay's answers have a place for: no merchant, and no time that could be stale. */
export const alipayFacts: ProviderFacts = {
  lies: {
    charge: trade,
    query: trade,
    reverse: [...transport, "otherNumber", "unknownState"],
    prompt: [...transport, "otherNumber"],
    close: [...transport, "otherNumber", "unknownState"],
    refund: [...transport, "otherNumber", "unknownState"],
    queryRefund: [...transport, "otherAmount", "otherNumber", "unknownState"],
  },
  forgeries: ["byteChanged", "unsigned", "strangersKey", "noJson"],
  deviations: {
    noOrderBeforeScan: "precreate makes no trade; the payer's scan does",
    cancelReadsClosed: "a trade has no state for a payer who cancels: it is closed",
    refundedReadsReversed: "a full refund and a cancel that gave money back leave the same closed trade",
    refundsEndAtOnce: "fund_change tells it at once, or the refund is not known afterwards",
    noRefundNotification:
      "refunds are told to the payment's own notify_url, and a payment by the payer's code has none",
    timelessNotifications: "one notification is repeated for 25 hours: its age proves nothing",
    timelessAnswers: "an answer has no time in it",
  },
};

/** What signs an answer, and its certificate's number in certificate mode. */
export type AlipaySigner = { readonly key: KeyObject; readonly certSn: string | null };

const other = "01JD7Z0000AAAA999999999999";

/** A node with one thing wrong. */
const told: Readonly<Partial<Record<Lie, (node: any) => unknown>>> = {
  otherAmount: (node) => ({
    ...node,
    ...(node.refund_amount ? { refund_amount: "5.01" } : { total_amount: "128.42" }),
  }),
  otherCurrency: (node) => ({ ...node, trans_currency: "USD" }),
  otherNumber: (node) => ({ ...node, ...(node.refund_status ? { out_request_no: other } : { out_trade_no: other }) }),
  unknownState: (node) => {
    const name = ["trade_status", "refund_status", "retry_flag", "fund_change"].find((each) => each in node);
    return { ...node, [name ?? "code"]: "10999" };
  },
};

/** The answer with one thing wrong; what is told in the node is signed with Alipay's own key. */
export async function lied(lie: Lie, response: Response, signer: AlipaySigner): Promise<Response> {
  const body = await response.text();
  const [[name, text] = ["", ""]] = rawMembers(body) ?? [];
  const change = told[lie];
  if (change !== undefined) return answer(name, JSON.stringify(change(JSON.parse(text))), signer);
  switch (lie) {
    case "byteChanged":
      return new Response(body.replace("Success", "Succesz"));
    case "unsigned":
      return new Response(`{"${name}":${text}}`);
    case "unknownKey":
      return answer(name, text, { key: strangerKey, certSn: signer.certSn === null ? null : "f".repeat(32) });
    case "gateHtml":
      return new Response("<html><body>502 Bad Gateway</body></html>", { status: 502 });
    case "huge":
      return new Response(`${body}${" ".repeat(1024 * 1024)}`);
    case "noJson":
      return new Response(body.slice(0, -1));
    default:
      throw new TypeError("fetch failed");
  }
}

function answer(name: string, text: string, { key, certSn }: AlipaySigner): Response {
  const sn = certSn === null ? "" : `"alipay_cert_sn":"${certSn}",`;
  return new Response(`{"${name}":${text},${sn}"sign":"${signRsa2(text, key)}"}`);
}

/** `message` as a forger would send it. */
export function forgedNotification(message: NotificationMessage, forgery: Forgery): NotificationMessage {
  const form = new URLSearchParams(Buffer.from(message.body).toString());
  const { sign: _sign, sign_type: _type, ...parameters } = Object.fromEntries(form);
  const sent = (text: string) => ({ ...message, body: Buffer.from(text) });
  switch (forgery) {
    case "byteChanged":
      form.set("total_amount", "128.42");
      return sent(form.toString());
    case "unsigned":
      form.delete("sign");
      return sent(form.toString());
    case "strangersKey":
      return sent(signedNotification(parameters, strangerKey, false));
    case "noJson":
      return sent(form.toString().slice(0, -1));
    default:
      throw new RangeError(`Alipay's notifications have no place for ${forgery}`);
  }
}
