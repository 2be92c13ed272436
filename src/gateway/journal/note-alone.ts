import type { JournalEntry } from "../../domain/journal.ts";
import type { Approval } from "../../domain/staff.ts";
import { listAloneAs } from "../approvals/alone.ts";
import type { Database } from "../store/database.ts";

/** Puts what an entry says was done alone on the list for review, once: the approval's id is the row's. */
export async function noteDoneAlone(step: Database, entry: JournalEntry): Promise<void> {
  const onSale = entry.kind === "saleCompleted" ? entry.body.approvals : [];
  const own = entry.approval === undefined || entry.approval === null ? [] : [entry.approval];
  const alone = [...own, ...onSale].filter(({ method }: Approval) => method === "alone");
  for (const { id, act, subject, size = 0, amount, reason = "", by, at: doneAt } of alone)
    await listAloneAs(
      step,
      { store: entry.store, act, subject, size, amount, reason, who: by, till: entry.till },
      { id, at: doneAt, businessDate: entry.businessDate ?? null },
    );
}
