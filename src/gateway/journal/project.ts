import { unreachable } from "../../domain/assert.ts";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId, StaffId } from "../../domain/identifier.ts";
import type { EntryEnvelope, JournalEntry } from "../../domain/journal.ts";
import { subtract } from "../../domain/money.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import {
  cashMovedTransfers,
  countedTransfers,
  floatTransfers,
  handedOverTransfers,
  smallTransfers,
} from "../books/drawer-transfers.ts";
import { closeException, raiseException } from "../books/exceptions.ts";
import type { Transfer } from "../books/ledger.ts";
import { post } from "../books/post.ts";
import { addJob } from "../jobs/jobs.ts";
import { noteDoneAlone } from "./note-alone.ts";
import { noteInAudit } from "./note-audit.ts";
import { isWith } from "../held/held-with.ts";
import { json, type Database } from "../store/database.ts";
import { returnTender } from "./project-return.ts";
import { completeSale } from "./project-sale.ts";
import { keepHandOver } from "./project-hand-over.ts";
import { endsBelowLimit } from "../books/small-difference.ts";
import { closeShift, keepDrawerOff, leftInDrawer, openShift } from "./project-shift.ts";

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
  await noteDoneAlone(step, entry);
  await noteInAudit(step, entry);
  switch (entry.kind) {
    case "paymentAttempted":
      return beginSale(step, entry, entry.body.sale);
    case "saleParked":
      await beginSale(step, entry, entry.body.sale);
      await moveSale(step, entry, entry.body.sale, "parked");
      return;
    case "saleVoided":
      await beginSale(step, entry, entry.body.sale);
      if (await moveSale(step, entry, entry.body.sale, "voided")) await closeLeftOpen(step, entry, entry.body.sale, at);
      return;
    case "attemptAbandoned":
      return abandon(step, entry, entry.body, at);
    case "saleCompleted":
      await completeSale(step, entry, entry.body, at);
      return closeLeftOpen(step, entry, entry.body.sale.id, at);
    case "sessionOpened":
      return takeFloat(step, entry, entry.body, at);
    case "paidIn":
    case "paidOut": {
      const { amount, reason } = entry.body;
      return postDrawer(step, entry, entry.kind, cashMovedTransfers(entry.till, entry.kind, reason, amount), at);
    }
    case "sessionClosed":
      await raiseSalesLeftOpen(step, entry, at);
      return closeDrawer(step, entry, entry.body.shift, at);
    case "cashHandedOver":
      await keepHandOver(step, entry, entry.body, entry.approval);
      return postDrawer(step, entry, "handedOver", handedOverTransfers(entry.till, entry.body.amount), at);
    case "tenderReturned":
      return returnTender(step, entry, entry.body, at);
    case "saleHeld":
    case "unverifiedRemoved":
    case "shiftReported":
    case "drawerCounted":
    case "drawerOpened":
    case "cashierChanged":
    case "pinRefused":
    case "fragileStorageAllowed":
    case "receiptReprinted":
      return;
    default:
      return unreachable(entry);
  }
}

/** A shift opens: what was brought from the safe beside what lay in the drawer, and what was missing of that. */
async function takeFloat(
  step: Database,
  entry: EntryEnvelope,
  { float, carried, left }: Extract<JournalEntry, { kind: "sessionOpened" }>["body"],
  at: Instant,
): Promise<void> {
  if (carried) return openShift(step, entry, float);
  const lay = left ?? (await leftInDrawer(step, entry, float.currency));
  await openShift(step, entry, float);
  await postDrawer(step, entry, "floatTaken", floatTransfers(entry.till, float, lay), at);
  const short = subtract(lay, float);
  const number = `${entry.session ?? entry.till}.float`;
  if (short.amount > 0) await keepDrawerOff(step, entry, { number, expected: lay, counted: float }, at);
  if (await endsBelowLimit(step, entry, Math.max(short.amount, 0)))
    await postDrawer(step, entry, "drawerEnded", smallTransfers(short), at);
}

/** A shift closes: what its count was off waits for a person, or ends by itself where the shop says so. */
async function closeDrawer(
  step: Database,
  entry: EntryEnvelope,
  shift: ShiftTotals | null,
  at: Instant,
): Promise<void> {
  await closeShift(step, entry, shift, at);
  if (shift === null) return;
  await postDrawer(step, entry, "drawerCounted", countedTransfers(entry.till, shift), at);
  const { counted, expected } = shift.cash;
  if (counted === null) return;
  const short = subtract(expected, counted);
  if (await endsBelowLimit(step, entry, short.amount))
    await postDrawer(step, entry, "drawerEnded", smallTransfers(short), at);
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

/** Only its own till's word moves a sale, or that of the till which a held one was handed to. False when it moved nothing. */
async function moveSale(
  step: Database,
  entry: EntryEnvelope,
  sale: SaleId,
  state: "parked" | "voided",
): Promise<boolean> {
  const moved = await step
    .updateTable("sale")
    .set({ state, number: entry.number, at: entry.at })
    .where("store", "=", entry.store)
    .where("id", "=", sale)
    .where("state", "in", ["open", "parked"])
    .where((row) => row.or([row("till", "=", entry.till), row.exists(handedTo(step, entry, sale))]))
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

function handedTo(step: Database, { store, till }: EntryEnvelope, sale: SaleId) {
  return step
    .selectFrom("held_sale")
    .select("id")
    .where("store", "=", store)
    .where("id", "=", sale)
    .where(isWith(till));
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

/** Money in and out of a drawer, named by the entry that says so. */
async function postDrawer(
  step: Database,
  entry: EntryEnvelope,
  event: string,
  transfers: readonly Transfer[],
  at: Instant,
): Promise<void> {
  const { store, till, series, number } = entry;
  // a small difference's own end stands beside the posting that it ends
  const posting = `${till}/${series}/${number}${event === "drawerEnded" ? "/ended" : ""}`;
  const subject = entry.session ?? posting;
  await post(step, { store, posting, event, subject, businessDate: entry.businessDate ?? "", transfers }, at);
}

/** A sale that was left open at the end of its session ended after all. */
async function closeLeftOpen(step: Database, entry: JournalEntry, sale: SaleId, at: Instant): Promise<void> {
  await closeException(step, { store: entry.store, kinds: ["saleLeftOpen"], subject: sale }, entry.kind, at);
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
