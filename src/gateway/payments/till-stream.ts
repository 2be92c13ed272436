import { heartbeatLiveMs, heartbeatMs, streamLifeMs, type TillEvent } from "../../contract/events.ts";
import { plusMs, type Cancel } from "../../domain/clock.ts";
import type { TillPass } from "../routes/passes.ts";
import { refundBodyOf, refundOf, type Refund } from "../refunds/refund.ts";
import { attemptOf, bodyOf, type Attempt } from "./attempt.ts";
import { isOpen } from "./attempt-store.ts";
import type { PaymentEngine } from "./engine.ts";

/** A new stream begins with what changed this long before. */
const lookBackMs = 3_600_000;
/** Attempts in one look at most. */
const attemptsMax = 500;

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
  let since = clock.now() - lookBackMs;
  let refundsFrom = since;
  let live = false;
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
    const changed = await changedSince(engine, till, since);
    if (closed) return;
    since = Math.max(since, now - lookBackMs, ...changed.map((each) => each.updatedAt - 1));
    for (const { attempt, reverseAfterMs } of changed) {
      if ((told.get(attempt.id) ?? 0) >= attempt.version) continue;
      told.set(attempt.id, attempt.version);
      write({ kind: "payment", payment: bodyOf(attempt, reverseAfterMs === null ? null : { reverseAfterMs }) });
    }
    const refunds = await refundsSince(engine, till, refundsFrom);
    if (closed) return;
    for (const refund of refunds) {
      refundsFrom = Math.max(refundsFrom, refund.updatedAt - 1);
      if ((told.get(refund.id) ?? 0) >= refund.version) continue;
      told.set(refund.id, refund.version);
      write({ kind: "refund", refund: refundBodyOf(refund) });
    }
    live = changed.some(({ attempt }) => isOpen(attempt));
    if (beat) write({ kind: "heartbeat", at: now });
    cancel();
    cancel = clock.after(live ? heartbeatLiveMs : heartbeatMs, () => look(true));
  }

  function close(): void {
    closed = true;
    cancel();
    unsubscribe();
  }

  look(true);
  return { close };
}

type Changed = { readonly attempt: Attempt; readonly updatedAt: number; readonly reverseAfterMs: number | null };

async function changedSince(engine: PaymentEngine, till: TillPass, since: number): Promise<Changed[]> {
  const rows = await engine.parts.database
    .selectFrom("payment_attempt")
    .selectAll()
    .where("store", "=", till.store)
    .where("till", "=", till.id)
    .where((row) =>
      row.or([
        row("updated_at", ">", since),
        row("state", "in", ["created", "submitted", "pending", "unknown", "authorized", "reversing", "closing"]),
      ]),
    )
    .orderBy("updated_at")
    .limit(attemptsMax)
    .execute();
  const accounts = new Map<string, number>();
  for (const row of rows) {
    if (row.account === null || accounts.has(row.account)) continue;
    accounts.set(row.account, (await engine.accounts.byId(engine.parts.database, row.account)).timings.reverseAfterMs);
  }
  return rows.map((row) => ({
    attempt: attemptOf(row),
    updatedAt: row.updated_at,
    reverseAfterMs: row.account === null ? null : (accounts.get(row.account) ?? null),
  }));
}

async function refundsSince(engine: PaymentEngine, till: TillPass, since: number): Promise<Refund[]> {
  const rows = await engine.parts.database
    .selectFrom("refund")
    .selectAll()
    .where("store", "=", till.store)
    .where("till", "=", till.id)
    .where("updated_at", ">", since)
    .orderBy("updated_at")
    .limit(attemptsMax)
    .execute();
  return rows.map(refundOf);
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
