import type { RefundBody } from "../../contract/refund.ts";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, RefundId, SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import type { RefundState } from "../../domain/refund.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import type { RefundRow } from "../store/counter-tables.ts";

/** What is remembered of a refund besides its state, so that any gateway can go on with it. */
export type RefundMemo = {
  /** When it was last sent. */
  readonly sentAt: Instant | null;
  readonly sends: number;
  readonly queries: number;
  /** What stands in the books as taken on by the provider; null while it is owed. */
  readonly booked: { readonly round: number; readonly asked: number; readonly taken: number } | null;
  /** What the provider has said that it takes of the shop, before it is done; null where it has not. Fen. */
  readonly takenTold: number | null;
  /** How often it was booked. */
  readonly rounds: number;
  /** The refund that goes on under a new number after the provider closed this one; null while this one stands. */
  readonly replacedBy: RefundId | null;
  /** How many numbers were used up before this one. */
  readonly replaces: number;
  /** Sent on the till's word: the gateway did not see the second person. */
  readonly onTrust: boolean;
};

export const freshRefundMemo: RefundMemo = {
  sentAt: null,
  sends: 0,
  queries: 0,
  booked: null,
  takenTold: null,
  rounds: 0,
  replacedBy: null,
  replaces: 0,
  onTrust: false,
};

export type Refund = {
  readonly store: StoreId;
  readonly id: RefundId;
  readonly attempt: PaymentId;
  readonly account: string;
  readonly channel: PaymentChannel;
  readonly cause: RefundBody["cause"];
  readonly sale: SaleId | null;
  readonly till: TillId;
  readonly amount: Money;
  readonly state: RefundState;
  readonly memo: RefundMemo;
  readonly version: number;
  readonly businessDate: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

/** The refund in a row. */
export function refundOf(row: RefundRow): Refund {
  return {
    store: row.store as StoreId,
    id: row.id as RefundId,
    attempt: row.attempt as PaymentId,
    account: row.account,
    channel: row.channel as PaymentChannel,
    cause: row.cause as RefundBody["cause"],
    sale: row.sale === "" ? null : (row.sale as SaleId),
    till: row.till as TillId,
    amount: money(row.amount, row.currency as CurrencyCode),
    state: { kind: row.state, ...(row.detail as object) } as RefundState,
    memo: { ...freshRefundMemo, ...(row.memo as RefundMemo) },
    version: row.version,
    businessDate: row.business_date,
    createdAt: row.created_at as Instant,
    updatedAt: row.updated_at as Instant,
  };
}

/** The body that GET and the stream give. */
export function refundBodyOf(refund: Refund): RefundBody {
  // what goes on under another number is on its way again
  const state: RefundState = refund.memo.replacedBy === null ? refund.state : { kind: "owed" };
  return {
    id: refund.id,
    version: refund.version,
    till: refund.till,
    sale: refund.sale,
    attempt: refund.attempt,
    channel: refund.channel,
    amount: refund.amount,
    cause: refund.cause,
    state: state.kind,
    reason: state.kind === "failed" || state.kind === "abnormal" ? state.reason : null,
    providerRefundId: state.kind === "succeeded" ? state.paid.providerRefundId : null,
    at: refund.updatedAt,
  };
}
