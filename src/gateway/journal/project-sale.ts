import { invariant } from "../../domain/assert.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId } from "../../domain/identifier.ts";
import type { CompletedSale, EntryEnvelope } from "../../domain/journal.ts";
import { add, sum, type Money } from "../../domain/money.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import type { Tender } from "../../domain/tender.ts";
import { raiseException } from "../books/exceptions.ts";
import { keepUnverified } from "../books/movement.ts";
import { saleCompletedTransfers } from "../books/sale-transfers.ts";
import { post } from "../books/post.ts";
import { hourOf, keepFigures } from "../reports/keep.ts";
import { json, type Database } from "../store/database.ts";
import { tellEvent } from "../webhooks/tell-event.ts";
import { checkReductions } from "./check-reductions.ts";
import { isOfficeEntry } from "./office-till.ts";
import { projectReturn } from "./project-return.ts";

const dayMs = 86_400_000;

/** A completed sale in the gateway's own tables and books, what it gives back among it. A second completion throws. */
export async function completeSale(
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
  const hour = await hourOf(step, entry);
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
    hour,
  };
  const written = await step
    .insertInto("sale")
    .values({ store: entry.store, id: sale.id, ...row })
    .onConflict((conflict) => conflict.columns(["store", "id"]).doUpdateSet(row).where("sale.state", "<>", "completed"))
    .executeTakeFirst();
  invariant((written.numInsertedOrUpdatedRows ?? 0n) === 1n, "a sale is completed once");
  await keepTenders(step, entry, completed, at);
  await keepFigures(step, { ...entry, businessDate: entry.businessDate, hour }, completed);
  await checkBusinessDate(step, entry, at);
  await checkReductions(step, entry, completed, at);
  const accountOf = await projectReturn(step, entry, completed, at);
  const transfers = saleCompletedTransfers(entry.till, completed, accountOf);
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
  const { total } = sale;
  const data = { sale: sale.id, receipt: completed.receipt, businessDate: entry.businessDate, till: entry.till, total };
  const told = { store: entry.store, id: `sale.completed/${sale.id}`, subject: sale.id, data };
  await tellEvent(step, { ...told, type: "sale.completed" }, at);
}

async function keepTenders(
  step: Database,
  entry: EntryEnvelope,
  { sale, tenders }: CompletedSale,
  at: Instant,
): Promise<void> {
  for (const [i, tender] of tenders.entries()) {
    const attempt = tender.kind === "payment" || tender.kind === "refund" ? tender.attempt : null;
    await step
      .insertInto("sale_tender")
      .values({
        store: entry.store,
        sale: sale.id,
        n: i + 1,
        kind: tender.kind,
        amount: tender.amount.amount,
        tip: tender.kind === "payment" ? tender.tip.amount : 0,
        attempt,
      })
      .execute();
    if (tender.kind === "unverified") await noteUnverified(step, entry, sale.id, i + 1, tender);
    if (tender.kind === "payment")
      await checkCaptured(step, entry, sale.id, tender.attempt, add(tender.amount, tender.tip), at);
  }
}

/** Which account its money must come through: the store's for that channel. Without one nothing can prove it, and it is shown. */
async function noteUnverified(
  step: Database,
  entry: EntryEnvelope,
  sale: SaleId,
  n: number,
  tender: Extract<Tender, { kind: "unverified" }>,
): Promise<void> {
  const row = await step
    .selectFrom("store_account")
    .select("account")
    .where("store", "=", entry.store)
    .where("channel", "=", tender.channel)
    .executeTakeFirst();
  await keepUnverified(step, entry, sale, n, tender, row?.account ?? "");
}

/** A sale whose business date is more than a day from the day it was made on: the till's clock was wrong when its session opened. */
async function checkBusinessDate(step: Database, entry: EntryEnvelope, at: Instant): Promise<void> {
  // the office completes a sale days later, for the day it was made on
  if (isOfficeEntry(entry)) return;
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

/** A payment counts in the one sale that it was made for, on the till that made it. */
async function checkCaptured(
  step: Database,
  entry: EntryEnvelope,
  sale: SaleId,
  attempt: PaymentId,
  amount: Money,
  at: Instant,
): Promise<void> {
  const row = await step
    .selectFrom("payment_attempt")
    .select(["state", "amount", "till", "sale"])
    .where("store", "=", entry.store)
    .where("id", "=", attempt)
    .executeTakeFirst();
  const isOwn = (row?.till === entry.till || isOfficeEntry(entry)) && row?.sale === sale;
  if (row?.state === "captured" && row.amount === amount.amount && isOwn) return;
  const why = row === undefined ? "unknown attempt" : isOwn ? row.state : "made for another sale";
  const detail = { amount, detail: why, staff: entry.staff };
  await raiseException(step, { store: entry.store, kind: "tenderWithoutCapture", subject: attempt, detail }, at);
}
