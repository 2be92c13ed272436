import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, RefundId, StoreId } from "../../domain/identifier.ts";
import { json, type Database } from "../store/database.ts";
import { refundOf, type Refund } from "./refund.ts";

/** Kind of the one job that pursues a refund until the payer has the money. */
export const refundKind = "refund";

/** Writes a refund that was not there; false when its number is taken, and then nothing is written. */
export async function insertRefund(step: Database, refund: Refund): Promise<boolean> {
  const { kind, ...detail } = refund.state;
  const written = await step
    .insertInto("refund")
    .values({
      store: refund.store,
      id: refund.id,
      attempt: refund.attempt,
      account: refund.account,
      channel: refund.channel,
      cause: refund.cause,
      sale: refund.sale ?? "",
      till: refund.till,
      amount: refund.amount.amount,
      currency: refund.amount.currency,
      state: kind,
      detail: json(detail),
      memo: json(refund.memo),
      version: refund.version,
      business_date: refund.businessDate,
      provider_refund: null,
      created_at: refund.createdAt,
      updated_at: refund.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) === 1n;
}

/** The refund, its row locked until the SQL transaction ends; null when the store has none of that number. */
export async function lockRefund(step: Database, store: StoreId, id: RefundId): Promise<Refund | null> {
  const row = await step
    .selectFrom("refund")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : refundOf(row);
}

/** The refund as it stands; null when the store has none of that number. */
export async function readRefund(database: Database, store: StoreId, id: RefundId): Promise<Refund | null> {
  const row = await database
    .selectFrom("refund")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : refundOf(row);
}

/** All refunds of a payment, oldest first. */
export async function refundsOf(database: Database, store: StoreId, attempt: PaymentId): Promise<Refund[]> {
  const rows = await database
    .selectFrom("refund")
    .selectAll()
    .where("store", "=", store)
    .where("attempt", "=", attempt)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(refundOf);
}

/** Replaces the refund's state and memo and counts its version up. The row is locked by the caller. */
export async function saveRefund(step: Database, refund: Refund, at: Instant): Promise<Refund> {
  const { kind, ...detail } = refund.state;
  const saved = { ...refund, version: refund.version + 1, updatedAt: at };
  await step
    .updateTable("refund")
    .set({
      state: kind,
      detail: json(detail),
      memo: json(saved.memo),
      version: saved.version,
      updated_at: at,
      ...(saved.state.kind === "succeeded" ? { provider_refund: saved.state.paid.providerRefundId } : {}),
    })
    .where("store", "=", saved.store)
    .where("id", "=", saved.id)
    .execute();
  return saved;
}

/** Adds one line to the refund's story. */
export async function tellRefund(
  step: Database,
  refund: Pick<Refund, "store" | "id">,
  at: Instant,
  kind: string,
  detail: unknown,
): Promise<void> {
  await step
    .insertInto("refund_event")
    .values(({ selectFrom, fn, lit }) => ({
      store: refund.store,
      refund: refund.id,
      n: selectFrom("refund_event")
        .select(({ eb }) => eb(fn.coalesce(fn.max("n"), lit(0)), "+", lit(1)).as("next"))
        .where("store", "=", refund.store)
        .where("refund", "=", refund.id),
      at,
      kind,
      detail: json(detail),
    }))
    .execute();
}
