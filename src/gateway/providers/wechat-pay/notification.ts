import { z } from "zod";
import { readJson } from "../../exchange.ts";
import type { NotificationAnswer, NotificationMessage } from "../../provider.ts";
import type { NotificationReading } from "../../provider-outcome.ts";
import type { Secret } from "../../secret.ts";
import { openAesGcm } from "../../signing/aes-gcm.ts";
import { anyOrder } from "./answer-body.ts";
import { orderOutcome } from "./order-outcome.ts";
import { notifiedRefund } from "./refund-body.ts";
import { judge, type AccountLine } from "./signed-exchange.ts";

/** No notification of WeChat Pay's is near it. */
const bodyBytesMax = 256 * 1024;

const envelope = z.object({
  id: z.string().min(1).max(64),
  event_type: z.string().max(64),
  resource: z.object({
    algorithm: z.literal("AEAD_AES_256_GCM"),
    ciphertext: z.string(),
    associated_data: z.string().nullish(),
    nonce: z.string(),
  }),
});

const addressee = z.object({ mchid: z.string() });

/** Raw bytes → signature and clock → decryption → our merchant → what it tells. Nothing is believed before the step it needs. */
export async function readNotification(line: AccountLine, message: NotificationMessage): Promise<NotificationReading> {
  if (message.body.length > bodyBytesMax) return { kind: "refused", why: "tooLarge" };
  const headers = { get: (name: string) => message.headers[name.toLowerCase()] ?? null };
  const verdict = await judge(line, headers, message.body, new AbortController().signal);
  if (verdict !== "valid") return { kind: "refused", why: "signature" };
  const read = envelope.safeParse(readJson(message.body));
  if (!read.success) return { kind: "refused", why: "body" };
  const { id, event_type: event, resource } = read.data;
  const json = opened(resource, line.credentials.apiV3Key);
  const to = addressee.safeParse(json);
  if (!to.success || to.data.mchid !== line.credentials.mchid) return { kind: "refused", why: "body" };
  return told(id, event, json, line);
}

function told(notification: string, event: string, json: unknown, line: AccountLine): NotificationReading {
  const now = line.ports.clock.now();
  if (event === "TRANSACTION.SUCCESS") {
    const order = anyOrder(json);
    return order === null
      ? { kind: "refused", why: "body" }
      : { kind: "payment", notification, id: order.out_trade_no, outcome: orderOutcome(order, now) };
  }
  if (event === "REFUND.SUCCESS" || event === "REFUND.ABNORMAL" || event === "REFUND.CLOSED") {
    const refund = notifiedRefund(json, now);
    return refund === null ? { kind: "refused", why: "body" } : { kind: "refund", notification, ...refund };
  }
  return { kind: "ignored", notification, why: event };
}

function opened(resource: z.infer<typeof envelope>["resource"], key: Secret | null): unknown {
  const { ciphertext, nonce, associated_data: associatedData } = resource;
  const text = key === null ? null : openAesGcm({ ciphertext, nonce, associatedData: associatedData ?? "" }, key);
  return text === null ? undefined : readJson(Buffer.from(text));
}

/** What ends WeChat Pay's repeats (200), or asks for another. */
export function notificationAnswer(verdict: "taken" | "refused" | "later"): NotificationAnswer {
  const contentType = "application/json; charset=utf-8";
  switch (verdict) {
    case "taken":
      return { status: 200, contentType, body: JSON.stringify({ code: "SUCCESS", message: "OK" }) };
    case "refused":
      return { status: 400, contentType, body: JSON.stringify({ code: "FAIL", message: "refused" }) };
    case "later":
      return { status: 503, contentType, body: JSON.stringify({ code: "FAIL", message: "try again later" }) };
  }
}
