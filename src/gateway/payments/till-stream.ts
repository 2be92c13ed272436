import { heartbeatLiveMs, heartbeatMs, streamLifeMs, type TillEvent } from "../../contract/events.ts";
import { plusMs, type Cancel } from "../../domain/clock.ts";
import type { TillPass } from "../routes/passes.ts";
import type { PaymentEngine } from "./engine.ts";
import { changesOf, seenFrom } from "./till-changes.ts";

/** What a till is told as long as the stream lives. */
export type TillStream = { close(): void };

/**
 * Streams a till's payments and refunds to `write`: first what is live or changed lately, then each change. Hints come by the news; at
 * every heartbeat it looks for itself, so that a lost hint costs seconds. Ends (`onEnd`) after five minutes, or when the
 * till is revoked.
 */
export function openTillStream(
  engine: PaymentEngine,
  till: TillPass,
  write: (event: TillEvent) => void,
  onEnd: () => void,
): TillStream {
  const { clock } = engine.parts;
  const told = new Map<string, number>();
  const endsAt = plusMs(clock.now(), streamLifeMs);
  let seen = seenFrom(clock.now());
  let closed = false;
  let cancel: Cancel = () => undefined;
  let looking: Promise<void> = Promise.resolve();
  const unsubscribe = engine.news.subscribe((change) => {
    if (change.store === till.store && change.till === till.id) look(false);
  });

  function look(beat: boolean): void {
    looking = looking
      .then(() => (closed ? undefined : once(beat)))
      .then(null, (trouble: unknown) => {
        engine.parts.log.error({ trouble: String(trouble) }, "a till's stream broke");
        close();
        onEnd();
      });
  }

  async function once(beat: boolean): Promise<void> {
    const now = clock.now();
    if (now >= endsAt || (beat && (await isRevoked(engine, till)))) {
      close();
      return onEnd();
    }
    const changes = await changesOf(engine, till, seen, now);
    if (closed) return;
    seen = changes.seen;
    for (const { id, version, event } of changes.news) {
      if ((told.get(id) ?? 0) >= version) continue;
      told.set(id, version);
      write(event);
    }
    if (beat) write({ kind: "heartbeat", at: now });
    cancel();
    cancel = clock.after(changes.live ? heartbeatLiveMs : heartbeatMs, () => look(true));
  }

  function close(): void {
    closed = true;
    cancel();
    unsubscribe();
  }

  look(true);
  return { close };
}

async function isRevoked(engine: PaymentEngine, till: TillPass): Promise<boolean> {
  const row = await engine.parts.database
    .selectFrom("till_key")
    .select("revoked_at")
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .executeTakeFirst();
  return row === undefined || row.revoked_at !== null;
}
