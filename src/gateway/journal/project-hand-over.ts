import type { EntryEnvelope, JournalFact } from "../../domain/journal.ts";
import type { Approval } from "../../domain/staff.ts";
import { json, type Database } from "../store/database.ts";

type HandedOver = Extract<JournalFact, { kind: "cashHandedOver" }>["body"];

/**
 * What a drawer handed over, with both people: who handed it over wrote the entry, who received it is the second person in it. The till's
 * word stands whatever it says; a receiver who is none of this act, or oneself, is nobody.
 */
export async function keepHandOver(
  step: Database,
  entry: EntryEnvelope,
  { session, amount, kept, notes }: HandedOver,
  approval: Approval | null,
): Promise<void> {
  const isReceived = approval !== null && approval.act === "handOver" && approval.by !== entry.staff;
  await step
    .insertInto("hand_over")
    .values({
      store: entry.store,
      id: `${entry.till}/${entry.series}/${entry.number}`,
      session,
      till: entry.till,
      business_date: entry.businessDate ?? "",
      handed_by: entry.staff,
      received_by: isReceived ? approval.by : null,
      amount: amount.amount,
      kept: kept.amount,
      currency: amount.currency,
      notes: json(notes),
      at: entry.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
