import { invariant } from "../../domain/assert.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId, StaffId } from "../../domain/identifier.ts";
import type { CompletedSale, EntryEnvelope, JournalEntry } from "../../domain/journal.ts";
import { sum, type Money } from "../../domain/money.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import { raiseException } from "../books/exceptions.ts";
import { saleCompletedTransfers } from "../books/ledger.ts";
import { post } from "../books/post.ts";
import { addJob } from "../jobs/jobs.ts";
import { json, type Database } from "../store/database.ts";

const dayMs = 86_400_000;
/** Kind of the job by which a till's word that it gave up reaches the payments; its subject is the attempt. */
export const attemptAbandonedKind = "attemptAbandoned";
/** What that job carries. */
export type AttemptAbandoned = {
  readonly sale: SaleId;
  readonly freed: boolean;
  readonly till: string;
  readonly approvedBy: string | null;
  readonly at: Instant;
};

/**
 * What the gateway's own tables and books learn from an entry, in the SQL transaction that stores it. Throws what the
 * intake puts before a person: a second completion, tenders that do not sum to the total.
 */
export async function projectEntry(step: Database, entry: JournalEntry, at: Instant): Promise<void> {
  switch (entry.kind) {
    case "paymentAttempted":
      return beginSale(step, entry, entry.body.sale);
    case "saleParked":
      await beginSale(step, entry, entry.body.sale);
      return moveSale(step, entry, entry.body.sale, "parked");
    case "saleVoided":
      await beginSale(step, entry, entry.body.sale);
      return moveSale(step, entry, entry.body.sale, "voided");
    case "attemptAbandoned":
      return abandon(step, entry, entry.body, at);
    case "saleCompleted":
      return completeSale(step, entry, entry.body, at);
    case "sessionClosed":
      return raiseSalesLeftOpen(step, entry, at);
    default:
      return;
  }
}

async function beginSale(step: Database, entry: EntryEnvelope, sale: SaleId): Promise<void> {
  await step
    .insertInto("sale")
    .values({
      store: entry.store,
      id: sale,
      till: entry.till,
      series: entry.series,
      number: entry.number,
      state: "open",
      receipt_number: null,
      business_date: entry.businessDate,
      session: entry.session,
      staff: entry.staff,
      currency: "",
      total: 0,
      at: entry.at,
      body: json(null),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function moveSale(step: Database, entry: EntryEnvelope, sale: SaleId, state: "parked" | "voided"): Promise<void> {
  await step
    .updateTable("sale")
    .set({ state, number: entry.number, at: entry.at })
    .where("store", "=", entry.store)
    .where("id", "=", sale)
    .where("state", "in", ["open", "parked"])
    .execute();
}

async function abandon(
  step: Database,
  entry: JournalEntry,
  body: { readonly attempt: PaymentId; readonly sale: SaleId; readonly freed: boolean },
  at: Instant,
): Promise<void> {
  const payload: AttemptAbandoned = {
    sale: body.sale,
    freed: body.freed,
    till: entry.till,
    approvedBy: entry.approval?.by ?? null,
    at: entry.at,
  };
  // one job for each word of the till: a later "freed" is not the same as the first
  const id = `${attemptAbandonedKind}/${body.attempt}/${entry.series}/${entry.number}`;
  await addJob(step, { store: entry.store, id, kind: attemptAbandonedKind, subject: body.attempt, payload, dueAt: at });
}

async function completeSale(
  step: Database,
  entry: EntryEnvelope,
  completed: CompletedSale,
  at: Instant,
): Promise<void> {
  const { sale, tenders } = completed;
  invariant(entry.businessDate !== null, "a completed sale has a business date");
  invariant(
    sum(
      tenders.map((tender) => tender.amount),
      sale.total.currency,
    ).amount === sale.total.amount,
    "the tenders sum to the sale's total",
  );
  const row = {
    till: entry.till,
    series: entry.series,
    number: entry.number,
    state: "completed" as const,
    receipt_number: completed.receipt,
    business_date: entry.businessDate,
    session: entry.session,
    staff: entry.staff,
    currency: sale.total.currency,
    total: sale.total.amount,
    at: entry.at,
    body: json(completed),
  };
  const written = await step
    .insertInto("sale")
    .values({ store: entry.store, id: sale.id, ...row })
    .onConflict((conflict) => conflict.columns(["store", "id"]).doUpdateSet(row).where("sale.state", "<>", "completed"))
    .executeTakeFirst();
  invariant((written.numInsertedOrUpdatedRows ?? 0n) === 1n, "a sale is completed once");
  for (const [i, tender] of tenders.entries()) {
    const attempt = tender.kind === "payment" ? tender.attempt : null;
    await step
      .insertInto("sale_tender")
      .values({ store: entry.store, sale: sale.id, n: i + 1, kind: tender.kind, amount: tender.amount.amount, attempt })
      .execute();
    if (tender.kind === "payment") await checkCaptured(step, entry, tender.attempt, tender.amount, at);
  }
  await checkBusinessDate(step, entry, at);
  const transfers = saleCompletedTransfers(entry.till, completed);
  await post(
    step,
    {
      store: entry.store,
      posting: `${sale.id}/completed`,
      event: "saleCompleted",
      subject: sale.id,
      businessDate: entry.businessDate,
      transfers,
    },
    at,
  );
}

/** A sale whose business date is more than a day from the day it was made on: the till's clock was wrong when its session opened. */
async function checkBusinessDate(step: Database, entry: EntryEnvelope, at: Instant): Promise<void> {
  const store = await step
    .selectFrom("store")
    .select(["zone", "cut_minute"])
    .where("id", "=", entry.store)
    .executeTakeFirstOrThrow();
  const made = businessDateOf(plusMs(entry.at, entry.offsetMs), { zone: store.zone, cutMinute: store.cut_minute });
  if (Math.abs(Date.parse(made) - Date.parse(entry.businessDate ?? made)) <= dayMs) return;
  const subject = entry.session ?? `${entry.till}/${entry.series}/${entry.number}`;
  const detail = { amount: null, detail: `${entry.businessDate}, sold on ${made}`, staff: entry.staff };
  await raiseException(step, { store: entry.store, kind: "clockWrong", subject, detail }, at);
}

async function checkCaptured(
  step: Database,
  entry: EntryEnvelope,
  attempt: PaymentId,
  amount: Money,
  at: Instant,
): Promise<void> {
  const row = await step
    .selectFrom("payment_attempt")
    .select(["state", "amount"])
    .where("store", "=", entry.store)
    .where("id", "=", attempt)
    .executeTakeFirst();
  if (row?.state === "captured" && row.amount === amount.amount) return;
  const detail = { amount, detail: row === undefined ? "unknown attempt" : row.state, staff: entry.staff };
  await raiseException(step, { store: entry.store, kind: "tenderWithoutCapture", subject: attempt, detail }, at);
}

/** A sale that began to be paid and neither completed nor was voided by the end of its session needs a person. */
async function raiseSalesLeftOpen(step: Database, entry: EntryEnvelope, at: Instant): Promise<void> {
  if (entry.session === null) return;
  const left = await step
    .selectFrom("sale")
    .select(["id", "staff"])
    .where("store", "=", entry.store)
    .where("session", "=", entry.session)
    .where("state", "in", ["open", "parked"])
    .execute();
  for (const sale of left) {
    await raiseException(
      step,
      {
        store: entry.store,
        kind: "saleLeftOpen",
        subject: sale.id,
        detail: { amount: null, detail: null, staff: sale.staff as StaffId | null },
      },
      at,
    );
  }
}
