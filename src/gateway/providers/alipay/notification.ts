import { z } from "zod";
import type { Instant } from "../../../domain/clock.ts";
import { readJson } from "../../exchange.ts";
import type { NotificationMessage } from "../../provider.ts";
import type { NotificationReading } from "../../provider-outcome.ts";
import { verifyRsa2 } from "../../signing/alipay.ts";
import { isSignedBy } from "./answer-node.ts";
import type { AlipayCredentials, AlipayTrust } from "./credentials.ts";
import { tradeOutcome } from "./payment-outcome.ts";
import { readTrade } from "./trade.ts";

const tradeNotification = z.object({
  notify_id: z.string().min(1).max(128),
  notify_type: z.string(),
  app_id: z.string(),
  seller_id: z.string(),
  out_trade_no: z.string().min(1).max(64),
});
/** Members that are JSON inside the form. */
const listMembers = ["voucher_detail_list", "fund_bill_list"];
/** No notification has more parameters. */
const parametersMax = 200;

/**
 * Judges a notification (signature, application, seller) and reads it; whether number and amount are an attempt's is for the
 * caller, who knows them. Its age proves nothing: Alipay repeats one for 25 hours.
 */
export function readNotification(
  message: NotificationMessage,
  credentials: AlipayCredentials,
  now: Instant,
): NotificationReading {
  const parameters = formParameters(message.body);
  if (parameters === null) return { kind: "refused", why: "body" };
  if (!isTrulySigned(parameters, credentials.trust)) return { kind: "refused", why: "signature" };
  const read = tradeNotification.safeParse(parameters);
  if (!read.success) return { kind: "refused", why: "body" };
  const { notify_id: notification, notify_type: type, out_trade_no: number } = read.data;
  if (read.data.app_id !== credentials.appId || read.data.seller_id !== credentials.sellerId)
    return { kind: "refused", why: "body" };
  if (type !== "trade_status_sync") return { kind: "ignored", notification, why: `type ${type}` };
  if (isTold(parameters["refund_fee"]) || isTold(parameters["gmt_refund"]))
    return refundReading(notification, number, parameters);
  const trade = readTrade(withLists(parameters));
  if (trade === null) return { kind: "refused", why: "body" };
  const outcome = tradeOutcome(trade, now);
  return outcome.kind === "silence"
    ? { kind: "ignored", notification, why: outcome.word?.code ?? "a trade that does not say how much" }
    : { kind: "payment", notification, id: number, outcome };
}

/**
 * Every parameter but `sign` and `sign_type`, known or not, sorted by name, `name=value` joined with `&`. Decoded once:
 * `+` is a space. An empty value takes part.
 */
export function notificationText(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .filter(([name]) => name !== "sign" && name !== "sign_type")
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** The parameters of a form in UTF-8, or null when it is none, names one twice or has too many. */
export function formParameters(body: Uint8Array): Readonly<Record<string, string>> | null {
  const text = Buffer.from(body).toString("latin1");
  if (!/^[\x20-\x7e]*$/u.test(text)) return null;
  const parameters: Record<string, string> = {};
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > parametersMax || Object.hasOwn(parameters, name)) return null;
    parameters[name] = value;
  }
  return parameters;
}

function isTrulySigned(parameters: Readonly<Record<string, string>>, trust: AlipayTrust): boolean {
  const { sign = "", sign_type: type, alipay_cert_sn: certSn } = parameters;
  if (type !== "RSA2" || sign === "") return false;
  const text = notificationText(parameters);
  // in certificate mode a notification mostly does not name its certificate: any that we hold may have signed it
  if (trust.kind === "certificate" && certSn === undefined)
    return [...trust.keys.values()].some((key) => verifyRsa2(text, sign, key));
  return isSignedBy(text, sign, certSn ?? null, trust);
}

/** A refund's notification tells the sum of all refunds, not this one's amount: it is asked about. */
function refundReading(
  notification: string,
  payment: string,
  parameters: Readonly<Record<string, string>>,
): NotificationReading {
  const refund = parameters["out_biz_no"] ?? "";
  if (refund === "") return { kind: "ignored", notification, why: "a refund without its number" };
  return {
    kind: "refund",
    notification,
    payment,
    refund,
    outcome: { kind: "accepted", providerRefundId: null, taken: null },
  };
}

function withLists(parameters: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = { ...parameters };
  for (const name of listMembers) {
    const text = parameters[name];
    if (text !== undefined) read[name] = readJson(Buffer.from(text, "utf8"));
  }
  return read;
}

function isTold(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
