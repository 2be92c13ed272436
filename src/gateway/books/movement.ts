import type { Instant } from "../../domain/clock.ts";
import type { EntryEnvelope } from "../../domain/journal.ts";
import type { Capture } from "../../domain/payment-attempt.ts";
import type { Tender } from "../../domain/tender.ts";
import type { Attempt } from "../payments/attempt.ts";
import type { Refund } from "../refunds/refund.ts";
import type { Database } from "../store/database.ts";
import type { MovementRow } from "../store/bill-tables.ts";

/** A payment that moved money, as the provider told it; a late yes among them. Once. */
export async function keepPayment(step: Database, attempt: Attempt, capture: Capture): Promise<void> {
  await keep(step, ofAttempt(attempt, "payment", capture, capture.capturedAt));
}

/** A payment that was undone after money had moved. Once. */
export async function keepReversal(step: Database, attempt: Attempt, capture: Capture, at: Instant): Promise<void> {
  await keep(step, ofAttempt(attempt, "reversal", capture, at));
}

/** A refund that the provider took on. `taken` in minor units; what it says later replaces what was thought before. */
export async function keepRefund(step: Database, refund: Refund, taken: number, at: Instant): Promise<void> {
  const row: MovementRow = {
    store: refund.store,
    account: refund.account,
    side: "refund",
    number: refund.id,
    attempt: refund.attempt,
    sale: refund.sale,
    till: refund.till,
    channel: refund.channel,
    amount: refund.amount.amount,
    receivable: taken,
    currency: refund.amount.currency,
    provider_number: refund.state.kind === "succeeded" ? (refund.state.paid.providerRefundId ?? "") : "",
    at: refund.memo.sentAt ?? at,
    business_date: refund.businessDate,
    tail: "",
    undone_at: null,
  };
  await step
    .insertInto("movement")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["store", "account", "side", "number"])
        .doUpdateSet({ receivable: taken, provider_number: row.provider_number, undone_at: null }),
    )
    .execute();
}

/** A refund that the provider had taken on failed after all: it is owed again. */
export async function undoRefund(step: Database, { store, account, id }: Refund, at: Instant): Promise<void> {
  await undo(step, { store, account, side: "refund", number: id }, at);
}

/** The provider has the money although we had counted it as reversed. */
export async function reversalUndone(step: Database, attempt: Attempt, at: Instant): Promise<void> {
  await undo(step, { store: attempt.store, account: attempt.account ?? "", side: "reversal", number: attempt.id }, at);
}

async function undo(
  step: Database,
  { store, account, side, number }: Pick<MovementRow, "store" | "account" | "side" | "number">,
  at: Instant,
): Promise<void> {
  await step
    .updateTable("movement")
    .set({ undone_at: at })
    .where("store", "=", store)
    .where("account", "=", account)
    .where("side", "=", side)
    .where("number", "=", number)
    .execute();
}

/** What names an unverified tender: its sale, and its place among the sale's tenders from 1. */
export function tenderKey(sale: string, n: number): string {
  return `${sale}/${n}`;
}

/** A tender noted unproved: `account` is the one through which the store takes that channel. */
export async function keepUnverified(
  step: Database,
  entry: EntryEnvelope,
  sale: string,
  n: number,
  tender: Extract<Tender, { kind: "unverified" }>,
  account: string,
): Promise<void> {
  await keep(step, {
    store: entry.store,
    account,
    side: "unverified",
    number: tenderKey(sale, n),
    attempt: null,
    sale,
    till: entry.till,
    channel: tender.channel,
    amount: tender.amount.amount,
    receivable: tender.amount.amount,
    currency: tender.amount.currency,
    provider_number: "",
    // the till's clock, put right by what it last heard of ours
    at: tender.at + entry.offsetMs,
    business_date: entry.businessDate ?? "",
    tail: tender.tail,
    undone_at: null,
  });
}

function ofAttempt(attempt: Attempt, side: "payment" | "reversal", capture: Capture, at: Instant): MovementRow {
  return {
    store: attempt.store,
    account: attempt.account ?? "",
    side,
    number: attempt.id,
    attempt: attempt.id,
    sale: attempt.sale,
    till: attempt.till,
    channel: attempt.channel ?? "",
    amount: capture.order.amount,
    receivable: capture.receivable.amount,
    currency: capture.order.currency,
    provider_number: capture.providerTransactionId,
    at,
    business_date: attempt.businessDate,
    tail: "",
    undone_at: null,
  };
}

async function keep(step: Database, row: MovementRow): Promise<void> {
  await step
    .insertInto("movement")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
