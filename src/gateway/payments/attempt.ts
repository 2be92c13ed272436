import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import type { SaleSnapshot } from "../../domain/journal.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { isFinal, type AttemptState, type Capture } from "../../domain/payment-attempt.ts";
import type { PaymentBody } from "../../contract/payment.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import type { ProviderTimings } from "../provider.ts";
import type { PaymentAttemptRow } from "../store/tables.ts";

/** What the gateway remembers of an attempt besides its state; kept in the row, so that any gateway can go on with it. */
export type AttemptMemo = {
  /** From when queries and the reversal are counted: the charge's answer, or its time-out. */
  readonly base: Instant;
  readonly queries: number;
  readonly reversals: number;
  /** What was captured, kept over a reversal: its posting is taken back in red. */
  readonly captured: Capture | null;
  readonly abandoned: boolean;
  /** The one query after a final state has been made. */
  readonly lateQueried: boolean;
};

export type Attempt = {
  readonly store: StoreId;
  readonly id: PaymentId;
  readonly till: TillId;
  readonly sale: SaleId | null;
  readonly account: string | null;
  readonly channel: PaymentChannel | null;
  readonly amount: Money | null;
  readonly state: AttemptState;
  readonly freed: boolean;
  readonly version: number;
  readonly memo: AttemptMemo;
  readonly snapshot: SaleSnapshot | null;
  readonly businessDate: string;
  readonly createdAt: Instant;
};

/** The attempt in a row. A tombstone of an id never seen has no sale, account or amount. */
export function attemptOf(row: PaymentAttemptRow): Attempt {
  return {
    store: row.store as StoreId,
    id: row.id as PaymentId,
    till: row.till as TillId,
    sale: row.sale === "" ? null : (row.sale as SaleId),
    account: row.account,
    channel: row.channel as PaymentChannel | null,
    amount: row.currency === "" ? null : money(row.amount, row.currency as CurrencyCode),
    state: { kind: row.state, ...(row.detail as object) } as AttemptState,
    freed: row.freed,
    version: row.version,
    memo: row.memo as AttemptMemo,
    snapshot: row.snapshot as SaleSnapshot | null,
    businessDate: row.business_date,
    createdAt: row.created_at as Instant,
  };
}

/** The body that PUT, GET and the stream give. */
export function bodyOf(attempt: Attempt, timings: Pick<ProviderTimings, "reverseAfterMs"> | null): PaymentBody {
  const { state, memo } = attempt;
  const capture = state.kind === "captured" ? state.capture : null;
  return {
    id: attempt.id,
    version: attempt.version,
    till: attempt.till,
    sale: attempt.sale,
    channel: attempt.channel,
    amount: attempt.amount,
    state: state.kind,
    reason: state.kind === "declined" ? state.reason : null,
    capture:
      capture === null
        ? null
        : {
            order: capture.order,
            receivable: capture.receivable,
            paid: capture.paid,
            providerTransactionId: capture.providerTransactionId,
            capturedAt: capture.capturedAt,
          },
    abandoned: memo.abandoned,
    freed: attempt.freed,
    startedAt: attempt.createdAt,
    reverseAt: isFinal(state) || timings === null ? null : ((memo.base + timings.reverseAfterMs) as Instant),
  };
}
