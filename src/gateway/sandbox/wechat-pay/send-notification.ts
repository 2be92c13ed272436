import { plusMs, type Instant } from "../../../domain/clock.ts";
import { exchange } from "../../exchange.ts";
import { sealAesGcm } from "../../signing/aes-gcm.ts";
import type { Books } from "./books.ts";
import { retryAfterSeconds } from "./notification.ts";
import { beijingTime } from "./numbers.ts";
import type { SentNotification } from "./order.ts";
import { nonceCharacters, signedHeaders } from "./wire.ts";

/** The provider waits this long for an answer. */
const answerWithinMs = 5_000;
/** No more of an answer is read. */
const answerBytesMax = 64 * 1024;

/** One try of the notification `id`; what came of it is recorded, and with it the next try. */
export function sendNotification(books: Books, id: string, at: Instant): void {
  const notification = books.ledger.notifications.get(id);
  if (notification === undefined) return;
  void tried(books, notification).then((status) => {
    const tries = [...notification.tries, { at, status }];
    books.record({
      event: "notified",
      notification: { ...notification, tries, nextAt: nextTry(books, tries, notification) },
    });
  });
}

/** The answer's status, or null when none came or the play lost it. */
async function tried(books: Books, notification: SentNotification): Promise<number | null> {
  const { parts } = books;
  const sent = notificationRequest(books, notification);
  if (notification.play === "lost" || parts.fetch === null || sent === null) return null;
  const answer = await exchange(
    { fetch: parts.fetch, clock: parts.clock },
    {
      method: "POST",
      url: notification.url,
      headers: sent.headers,
      body: sent.body,
      withinMs: answerWithinMs,
      bytesMax: answerBytesMax,
    },
    new AbortController().signal,
  );
  return answer.kind === "answer" ? answer.status : null;
}

function nextTry(books: Books, tries: SentNotification["tries"], { play }: SentNotification): Instant | null {
  const isTaken = [200, 204].includes(tries.at(-1)?.status ?? 0);
  const isAgain = play === "duplicate" && tries.length === 1;
  const pause = retryAfterSeconds[tries.length - 1];
  if (play === "invented" || (isTaken && !isAgain) || pause === undefined) return null;
  return plusMs(books.parts.clock.now(), books.scaled(pause * 1_000));
}

/** The request as it goes out now; null when the merchant has no APIv3 key to encrypt with. */
export function notificationRequest(
  books: Books,
  notification: SentNotification,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } | null {
  const { keys, random, clock } = books.parts;
  const key = keys.merchants.find(({ mchid }) => mchid === notification.mchid)?.apiV3Key ?? null;
  if (key === null) return null;
  const kind = notification.type === "TRANSACTION.SUCCESS" ? "transaction" : "refund";
  const sealed = sealAesGcm(JSON.stringify(notification.resource), nonceCharacters(random, 12), kind, key);
  const body = JSON.stringify({
    id: notification.id,
    create_time: beijingTime(notification.createdAt),
    resource_type: "encrypt-resource",
    event_type: notification.type,
    summary: notification.summary,
    resource: {
      original_type: kind,
      algorithm: "AEAD_AES_256_GCM",
      ciphertext: sealed.ciphertext,
      associated_data: sealed.associatedData,
      nonce: sealed.nonce,
    },
  });
  const headers = signedHeaders(body, undefined, { keys, now: clock.now(), random });
  const isFirst = notification.tries.length === 0;
  const isForged = notification.play === "invented" || (notification.play === "forged" && isFirst);
  // the provider's own probe: a wrong signature that must fail like any other
  const signature = `WECHATPAY/SIGNTEST/${headers["Wechatpay-Signature"].slice(19)}`;
  return {
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "Mozilla/4.0",
      ...headers,
      ...(isForged ? { "Wechatpay-Signature": signature } : {}),
    },
    body,
  };
}
