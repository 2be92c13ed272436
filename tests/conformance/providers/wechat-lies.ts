import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { NotificationMessage } from "../../../src/gateway/provider.ts";
import { signRsaSha256 } from "../../../src/gateway/signing/wechat.ts";
import type { Forgery, Lie, ProviderFacts } from "./provider-stage.ts";

const strangerKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const transport: readonly Lie[] = ["answerLost", "byteChanged", "unsigned", "unknownKey", "stale", "gateHtml", "huge"];
const order: readonly Lie[] = [
  ...transport,
  "noJson",
  "otherAmount",
  "otherCurrency",
  "otherNumber",
  "otherMerchant",
  "unknownState",
];

/** What WeChat Pay's answers have a place for. */
export const wechatFacts: ProviderFacts = {
  lies: {
    charge: order,
    query: order,
    /** No amount, currency or state is in it. */
    reverse: [...transport, "noJson", "otherNumber", "otherMerchant"],
    /** Nothing but the code is in it. */
    prompt: [...transport, "noJson"],
    /** 204: its body is empty, and any body makes it another answer. */
    close: ["answerLost", "unsigned", "unknownKey", "stale", "gateHtml", "huge"],
    /** No merchant is in it. */
    refund: [...transport, "noJson", "otherAmount", "otherCurrency", "otherNumber", "unknownState"],
    queryRefund: [...transport, "noJson", "otherAmount", "otherCurrency", "otherNumber", "unknownState"],
  },
  forgeries: ["byteChanged", "unsigned", "strangersKey", "unknownKey", "stale", "fromTheFuture", "noJson"],
  deviations: {},
};

type Signed = { readonly serial: string; readonly privateKey: KeyObject };

const told: Readonly<Partial<Record<Lie, (body: any) => unknown>>> = {
  otherAmount: (body) => ({
    ...body,
    amount: { ...body.amount, ...(body.refund_id === undefined ? { total: body.amount.total + 1 } : { refund: 499 }) },
  }),
  otherCurrency: (body) => ({ ...body, amount: { ...body.amount, currency: "USD" } }),
  otherNumber: (body) => ({
    ...body,
    ...(body.refund_id === undefined
      ? { out_trade_no: "01JD7Z0000AAAA999999999999" }
      : { out_refund_no: "01JD7Z0000AAAA999999999999" }),
  }),
  otherMerchant: (body) => ({ ...body, mchid: "1900000110" }),
  unknownState: (body) => ({ ...body, [body.refund_id === undefined ? "trade_state" : "status"]: "SETTLED" }),
};

/** The answer with one thing wrong; what is told in the body is signed with the provider's own key. */
export async function lied(lie: Lie, response: Response, now: number, signer: Signed): Promise<Response> {
  const body = await response.text();
  const headers = new Headers(response.headers);
  const seconds = (offset: number) => String(Math.floor(now / 1000) + offset);
  const signed = (text: string, timestamp = seconds(0), key = signer.privateKey) => {
    headers.set("Wechatpay-Timestamp", timestamp);
    headers.set(
      "Wechatpay-Signature",
      signRsaSha256(Buffer.from(`${timestamp}\n${headers.get("Wechatpay-Nonce")}\n${text}\n`), key),
    );
    return response.status === 204 && text === ""
      ? new Response(null, { status: 204, headers })
      : new Response(text, { status: response.status === 204 ? 200 : response.status, headers });
  };
  const change = told[lie];
  if (change !== undefined) return signed(JSON.stringify(change(JSON.parse(body))));
  switch (lie) {
    case "byteChanged":
      return new Response(body.replace(/[a-z0-9](?="[,}])/u, "_"), { status: response.status, headers });
    case "unsigned":
      return new Response(response.status === 204 ? null : body, { status: response.status });
    case "unknownKey":
      headers.set("Wechatpay-Serial", "PUB_KEY_ID_0199");
      return signed(body, seconds(0), strangerKey);
    case "stale":
      return signed(body, seconds(-300));
    case "gateHtml":
      return new Response("<html><body>502 Bad Gateway</body></html>", { status: 502 });
    case "huge":
      return signed(`${body}${" ".repeat(4 * 1024 * 1024)}`);
    case "noJson":
      return signed(body.slice(0, -1));
    default:
      throw new TypeError("fetch failed");
  }
}

/** A notification with one thing wrong. */
export function forgedNotification(
  { headers, body }: NotificationMessage,
  forgery: Forgery,
  now: number,
  signer: Signed,
): NotificationMessage {
  const text = Buffer.from(body).toString("utf8");
  const signed = (said: string, offsetSeconds: number, key: KeyObject, serial = signer.serial): NotificationMessage => {
    const timestamp = String(Math.floor(now / 1000) + offsetSeconds);
    const message = `${timestamp}\n${headers["wechatpay-nonce"]}\n${said}\n`;
    return {
      headers: {
        ...headers,
        "wechatpay-timestamp": timestamp,
        "wechatpay-serial": serial,
        "wechatpay-signature": signRsaSha256(Buffer.from(message), key),
      },
      body: Buffer.from(said),
    };
  };
  switch (forgery) {
    case "byteChanged":
      return { headers, body: Buffer.from(text.replace("SUCCESS", "SUCCES5")) };
    case "unsigned":
      return { headers: { "content-type": "application/json" }, body };
    case "strangersKey":
      return signed(text, 0, strangerKey);
    case "unknownKey":
      return signed(text, 0, strangerKey, "PUB_KEY_ID_0199");
    case "stale":
      return signed(text, -300, signer.privateKey);
    case "fromTheFuture":
      return signed(text, 300, signer.privateKey);
    case "noJson":
      return signed(text.slice(0, -1), 0, signer.privateKey);
  }
}
