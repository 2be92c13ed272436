import type { RefundBody } from "../../contract/refund.ts";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, RefundId, SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { raiseException } from "../books/exceptions.ts";
import { addJob } from "../jobs/jobs.ts";
import type { Doubt } from "../returns/refund-trust.ts";
import type { Database } from "../store/database.ts";
import { freshRefundMemo, type Refund } from "./refund.ts";
import { insertRefund, refundKind, refundsOf, tellRefund } from "./refund-store.ts";

/** A promise of money back, made by a till's fact or by the gateway itself. */
export type NewRefund = {
  readonly store: StoreId;
  readonly id: RefundId;
  readonly attempt: PaymentId;
  readonly account: string;
  readonly channel: PaymentChannel;
  readonly cause: RefundBody["cause"];
  readonly sale: SaleId | null;
  readonly till: TillId;
  readonly amount: Money;
  readonly businessDate: string;
  /** What the payment took: all its refunds together never exceed it. */
  readonly captured: Money;
  /** What its sale had left on it: less than `captured` after an exchange. Null where no sale has to do with it. */
  readonly left?: Money | null;
  /** Numbers used up before this one. */
  readonly replaces?: number;
  /** It is sent on the till's word. */
  readonly onTrust?: boolean;
  /** Why it is not sent but put before a person. */
  readonly doubt?: Doubt | null;
};

/**
 * Stores a promised refund and the job that keeps it, once. The caller holds the payment's row locked, so that two refunds of
 * one payment are counted one after the other. One that is above what is left, or in doubt, stays owed and is put before a person.
 */
export async function oweRefund(step: Database, fresh: NewRefund, at: Instant): Promise<boolean> {
  const others = await refundsOf(step, fresh.store, fresh.attempt);
  const standing = others.filter((each) => each.id !== fresh.id && each.memo.replacedBy === null);
  const promised = standing.reduce((all, each) => all + each.amount.amount, 0);
  const left = fresh.left ?? fresh.captured;
  const isAbove = promised + fresh.amount.amount > fresh.captured.amount || fresh.amount.amount > left.amount;
  const doubt = isAbove ? "aboveLeft" : (fresh.doubt ?? null);
  const isSent = doubt === null;
  const refund: Refund = {
    store: fresh.store,
    id: fresh.id,
    attempt: fresh.attempt,
    account: fresh.account,
    channel: fresh.channel,
    cause: fresh.cause,
    sale: fresh.sale,
    till: fresh.till,
    amount: fresh.amount,
    state: { kind: "owed" },
    memo: {
      ...freshRefundMemo,
      replaces: fresh.replaces ?? 0,
      onTrust: isSent && (fresh.onTrust ?? false),
    },
    version: 1,
    businessDate: fresh.businessDate,
    createdAt: at,
    updatedAt: at,
  };
  if (!(await insertRefund(step, refund))) return false;
  await tellRefund(step, refund, at, "owed", { cause: fresh.cause, amount: fresh.amount, isAbove, doubt });
  if (!isSent) {
    const kind = doubt === "aboveLeft" ? "refundAboveLeft" : "refundUnapproved";
    const counted = `${promised} of ${fresh.captured.amount} promised before, ${left.amount} left of its sale`;
    const detail = { amount: fresh.amount, detail: isAbove ? counted : doubt, staff: null };
    await raiseException(step, { store: fresh.store, kind, subject: fresh.id, detail }, at);
    return true;
  }
  await addJob(step, {
    store: fresh.store,
    id: `${refundKind}/${fresh.id}`,
    kind: refundKind,
    subject: fresh.id,
    payload: null,
    dueAt: at,
  });
  return true;
}
