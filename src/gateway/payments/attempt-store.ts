import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, StoreId } from "../../domain/identifier.ts";
import { isFinal } from "../../domain/payment-attempt.ts";
import { json, type Database } from "../store/database.ts";
import { attemptOf, type Attempt } from "./attempt.ts";
import { holdAccount } from "./account-lock.ts";

/** The attempt, its row locked until the SQL transaction ends; null when the store has none of that id. */
export async function lockAttempt(step: Database, store: StoreId, id: PaymentId): Promise<Attempt | null> {
  const row = await step
    .selectFrom("payment_attempt")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : attemptOf(row);
}

/** The attempt as it stands; null when the store has none of that id. */
export async function readAttempt(database: Database, store: StoreId, id: PaymentId): Promise<Attempt | null> {
  const row = await database
    .selectFrom("payment_attempt")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : attemptOf(row);
}

/** What only a new attempt has. */
export type NewAttempt = {
  readonly attempt: Attempt;
  readonly series: number;
  readonly journalNumber: number | null;
  readonly deadline: Instant;
  readonly codeHash: Uint8Array | null;
};

/** Writes an attempt that was not there; false when the id is taken, and then nothing is written. */
export async function insertAttempt(step: Database, { attempt, ...only }: NewAttempt): Promise<boolean> {
  const { kind, ...detail } = attempt.state;
  if (attempt.account !== null) await holdAccount(step, attempt.account);
  const written = await step
    .insertInto("payment_attempt")
    .values({
      store: attempt.store,
      id: attempt.id,
      till: attempt.till,
      series: only.series,
      journal_number: only.journalNumber,
      sale: attempt.sale ?? "",
      session: null,
      business_date: attempt.businessDate,
      account: attempt.account,
      channel: attempt.channel,
      presentment: attempt.presentment,
      amount: attempt.amount?.amount ?? 0,
      currency: attempt.amount?.currency ?? "",
      deadline: only.deadline,
      state: kind,
      detail: json(detail),
      freed: attempt.freed,
      version: attempt.version,
      memo: json(attempt.memo),
      snapshot: attempt.snapshot === null ? null : json(attempt.snapshot),
      code_hash: only.codeHash,
      provider_transaction: null,
      created_at: attempt.createdAt,
      updated_at: attempt.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) === 1n;
}

/** Replaces the attempt's state and memo and counts its version up. The row is locked by the caller. */
export async function saveAttempt(step: Database, attempt: Attempt, at: Instant): Promise<Attempt> {
  const { kind, ...detail } = attempt.state;
  const saved = { ...attempt, version: attempt.version + 1 };
  await step
    .updateTable("payment_attempt")
    .set({
      state: kind,
      detail: json(detail),
      freed: saved.freed,
      version: saved.version,
      memo: json(saved.memo),
      provider_transaction: saved.memo.captured?.providerTransactionId ?? null,
      updated_at: at,
    })
    .where("store", "=", saved.store)
    .where("id", "=", saved.id)
    .execute();
  return saved;
}

/** Adds one line to the attempt's story. Details never hold a code, a PIN or a key. */
export async function tellStory(
  step: Database,
  attempt: Pick<Attempt, "store" | "id">,
  at: Instant,
  kind: string,
  detail: unknown,
): Promise<void> {
  await step
    .insertInto("payment_event")
    .values(({ selectFrom, fn, lit }) => ({
      store: attempt.store,
      attempt: attempt.id,
      n: selectFrom("payment_event")
        .select(({ eb }) => eb(fn.coalesce(fn.max("n"), lit(0)), "+", lit(1)).as("next"))
        .where("store", "=", attempt.store)
        .where("attempt", "=", attempt.id),
      at,
      kind,
      detail: json(detail),
    }))
    .execute();
}

/** True while the attempt may still change by itself. */
export function isOpen(attempt: Attempt): boolean {
  return !isFinal(attempt.state);
}
