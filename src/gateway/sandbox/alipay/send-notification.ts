import { plusMs, type Instant } from "../../../domain/clock.ts";
import { exchange } from "../../exchange.ts";
import { signRsa2 } from "../../signing/alipay.ts";
import { beijing, type Books } from "./books.ts";
import type { AlipayPlayKeys } from "./keys.ts";
import { retryAfterSeconds } from "./notification.ts";
import type { SentNotification } from "./trade.ts";

/** The provider waits this long for an answer. */
const answerWithinMs = 5_000;
/** No more of an answer is read. */
const answerBytesMax = 64 * 1024;
/** The only answer that ends the tries. */
const taken = "success";

/** One try of the notification `id`; what came of it is recorded, and with it the next try. */
export function sendNotification(books: Books, id: string, at: Instant): void {
  const notification = books.ledger.notifications.get(id);
  if (notification === undefined) return;
  void tried(books, notification).then((isTaken) => {
    const tries = [...notification.tries, { at, isTaken }];
    books.record({
      event: "notified",
      notification: { ...notification, tries, nextAt: nextTry(books, tries, notification) },
    });
  });
}

/** Whether the shop took it, or null when no answer came or the play lost it. */
async function tried(books: Books, notification: SentNotification): Promise<boolean | null> {
  const { fetch, clock } = books.parts;
  if (notification.play === "lost" || fetch === null) return null;
  const answer = await exchange(
    { fetch, clock },
    {
      method: "POST",
      url: notification.url,
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "User-Agent": "Mozilla/4.0" },
      body: notificationForm(books, notification, clock.now()),
      withinMs: answerWithinMs,
      bytesMax: answerBytesMax,
    },
    new AbortController().signal,
  );
  if (answer.kind === "silence") return null;
  return answer.status === 200 && Buffer.from(answer.body).toString("utf8") === taken;
}

function nextTry(books: Books, tries: SentNotification["tries"], { play }: SentNotification): Instant | null {
  const isTaken = tries.at(-1)?.isTaken === true;
  const isAgain = play === "duplicate" && tries.length === 1;
  const pause = retryAfterSeconds[tries.length - 1];
  if ((isTaken && !isAgain) || pause === undefined) return null;
  return plusMs(books.parts.clock.now(), books.scaled(pause * 1_000));
}

/** The form as it goes out now. */
function notificationForm(books: Books, notification: SentNotification, now: Instant): string {
  const { id, parameters, play, tries } = notification;
  const isForged = play === "forged" && tries.length === 0;
  const told = { ...parameters, notify_id: id, notify_time: beijing(now) };
  return signedNotification(told, books.parts.keys.alipayKey, isForged);
}

/** `sign` covers every parameter but itself and `sign_type`: sorted by name, `name=value` joined with `&`, not encoded. */
export function signedNotification(
  parameters: Readonly<Record<string, string>>,
  alipayKey: AlipayPlayKeys["alipayKey"],
  isForged: boolean,
): string {
  const names = Object.keys(parameters).toSorted();
  const text = names.map((name) => `${name}=${parameters[name] ?? ""}`).join("&");
  const sign = signRsa2(isForged ? `${text} ` : text, alipayKey);
  return new URLSearchParams({ ...parameters, sign_type: "RSA2", sign }).toString();
}
