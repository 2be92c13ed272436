import type { TillEvent } from "../../contract/events.ts";
import type { Instant } from "../../domain/clock.ts";
import { wantedOf } from "../held/claim-held.ts";
import { refundBodyOf, refundOf, type Refund } from "../refunds/refund.ts";
import type { TillPass } from "../routes/passes.ts";
import { attemptOf, bodyOf, type Attempt } from "./attempt.ts";
import { isOpen } from "./attempt-store.ts";
import type { PaymentEngine } from "./engine.ts";

/** A new stream begins with what changed this long before. */
const lookBackMs = 3_600_000;
/** Payments, and refunds, in one look at most. */
const attemptsMax = 500;

/** Up to when changes have been seen. */
export type Seen = { readonly payments: number; readonly refunds: number };

export type TillChanges = {
  readonly news: readonly { readonly id: string; readonly version: number; readonly event: TillEvent }[];
  readonly seen: Seen;
  /** A payment of this till is still open. */
  readonly live: boolean;
};

/** Where a stream begun at `at` starts to look. */
export function seenFrom(at: Instant): Seen {
  return { payments: at - lookBackMs, refunds: at - lookBackMs };
}

/** The till's payments and refunds that changed after `seen`, all that are still open, and its tickets that others wait for. */
export async function changesOf(engine: PaymentEngine, till: TillPass, seen: Seen, now: Instant): Promise<TillChanges> {
  const payments = await paymentsSince(engine, till, seen.payments);
  const refunds = await refundsSince(engine, till, seen.refunds);
  const wanted = await wantedOf(engine.parts.database, till, now);
  return {
    news: [
      ...payments.map(({ attempt, reverseAfterMs }) => ({
        id: attempt.id,
        version: attempt.version,
        event: {
          kind: "payment" as const,
          payment: bodyOf(attempt, reverseAfterMs === null ? null : { reverseAfterMs }),
        },
      })),
      ...refunds.map((refund) => ({
        id: refund.id,
        version: refund.version,
        event: { kind: "refund" as const, refund: refundBodyOf(refund) },
      })),
      ...wanted.map(({ sale, by, wantedAt }) => ({
        id: sale,
        version: wantedAt,
        event: { kind: "heldWanted" as const, sale, by },
      })),
    ],
    seen: {
      payments: Math.max(seen.payments, now - lookBackMs, ...payments.map((each) => each.updatedAt - 1)),
      refunds: Math.max(seen.refunds, ...refunds.map((each) => each.updatedAt - 1)),
    },
    live: payments.some(({ attempt }) => isOpen(attempt)),
  };
}

type Changed = { readonly attempt: Attempt; readonly updatedAt: number; readonly reverseAfterMs: number | null };

async function paymentsSince(engine: PaymentEngine, till: TillPass, since: number): Promise<Changed[]> {
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
