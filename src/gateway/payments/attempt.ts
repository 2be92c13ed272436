import { plusMs, type Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import type { SaleSnapshot } from "../../domain/journal.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { isFinal, type AttemptState, type Capture, type Presentment } from "../../domain/payment-attempt.ts";
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
  /** What was captured, kept over a reversal: its posting is taken back in red. Also what came too late: its refund needs it. */
  readonly captured: Capture | null;
  readonly abandoned: boolean;
  /** The one query after a final state has been made. */
  readonly lateQueried: boolean;
  /** The code the shop shows; null for a code the payer shows, and before the provider made it. */
  readonly prompt: { readonly content: string; readonly expiresAt: Instant } | null;
  /** The provider's closing gives back what was paid meanwhile. */
  readonly closeGivesBack: boolean;
  /** Within the attempt's amount, for the staff; minor units. */
  readonly tip: number;
  /** A yes came when it was too late: its money goes back. */
  readonly lateCaptured: boolean;
};

/** What is remembered of a new attempt. Rows of older builds lack what has its plain value here. */
export const freshMemo: Omit<AttemptMemo, "base"> = {
  queries: 0,
  reversals: 0,
  captured: null,
  abandoned: false,
  lateQueried: false,
  prompt: null,
  closeGivesBack: false,
  tip: 0,
  lateCaptured: false,
};

export type Attempt = {
  readonly store: StoreId;
  readonly id: PaymentId;
  readonly till: TillId;
  readonly sale: SaleId | null;
  readonly account: string | null;
  readonly channel: PaymentChannel | null;
  /** Who showed the code. */
  readonly presentment: Presentment;
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
    presentment: row.presentment as Presentment,
    amount: row.currency === "" ? null : money(row.amount, row.currency as CurrencyCode),
    state: { kind: row.state, ...(row.detail as object) } as AttemptState,
    freed: row.freed,
    version: row.version,
    memo: { ...freshMemo, ...(row.memo as AttemptMemo) },
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
    presentment: attempt.presentment,
    prompt: isFinal(state) ? null : memo.prompt,
    tip: memo.tip === 0 || attempt.amount === null ? null : money(memo.tip, attempt.amount.currency),
    givenBack: isGivenBack(attempt),
    abandoned: memo.abandoned,
    freed: attempt.freed,
    startedAt: attempt.createdAt,
    reverseAt: isFinal(state) || timings === null ? null : endsAt(attempt, timings),
  };
}

/** When the gateway ends the attempt by itself: reverses it, or closes the code that is shown. */
export function endsAt(
  attempt: Pick<Attempt, "presentment" | "memo">,
  timings: Pick<ProviderTimings, "reverseAfterMs">,
): Instant {
  const { memo } = attempt;
  if (attempt.presentment === "consumer") return plusMs(memo.base, timings.reverseAfterMs);
  // without a code nobody can pay: it is closed as soon as that is known
  return memo.prompt?.expiresAt ?? memo.base;
}

/** Money had moved and went back, or goes back: the customer is to be told. */
function isGivenBack({ state, memo }: Attempt): boolean {
  if (state.kind === "reversed") return state.moneyMoved;
  return memo.lateCaptured || (state.kind === "captured" && state.refundOwed);
}
