import { parseEntry } from "../../contract/journal.ts";
import { instant } from "../../domain/clock.ts";
import type { JournalEntry, JournalFact } from "../../domain/journal.ts";
import type { Approval } from "../../domain/staff.ts";
import { auditOnce, type Audited } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";

type Counted = Extract<JournalFact, { kind: "drawerCounted" }>["body"];
type Noted = Pick<Audited, "act" | "subject" | "before" | "after" | "reason" | "secondPerson">;

/**
 * Writes into the audit log what an entry says was agreed to at a till, counted once more, or handed over; with ids, and by the time of
 * the till, corrected as it was measured. Once, however often the entry is projected: an approval by its id, the rest by the entry's.
 */
export async function noteInAudit(step: Database, entry: JournalEntry): Promise<void> {
  const { store, till, series, number, staff: who } = entry;
  const at = instant(Math.max(0, entry.at + entry.offsetMs));
  const own = await ownDeed(step, entry);
  if (own !== null) return auditOnce(step, `${till}/${series}/${number}`, { ...own, store, who, at });
  for (const approval of approvalsIn(entry))
    await auditOnce(step, `${till}/${approval.id}`, { ...agreedTo(entry, approval), store, who, at });
}

/** A recount and a hand-over are told whoever stood beside; null of every other entry. */
async function ownDeed(step: Database, entry: JournalEntry): Promise<Noted | null> {
  const { till: subject, approval, staff } = entry;
  const reason = approval?.reason ?? null;
  const another = approval === null || approval.by === staff ? null : approval;
  if (entry.kind === "cashHandedOver") {
    const { amount, kept } = entry.body;
    const secondPerson = another?.act === "handOver" ? another.by : null;
    const before = { inDrawer: amount.amount + kept.amount };
    return { act: "cashHandedOver", subject, before, after: { inDrawer: kept.amount }, reason, secondPerson };
  }
  if (entry.kind !== "drawerCounted" || entry.body.nth < 2) return null;
  const secondPerson = another?.by ?? null;
  const first = await countBefore(step, entry);
  const before = first === null ? null : { counted: first.counted.amount };
  return {
    act: "drawerRecounted",
    subject,
    before,
    after: { counted: entry.body.counted.amount },
    reason,
    secondPerson,
  };
}

/** The count that a recount replaces, as the till wrote it; null where its entry is not here. */
async function countBefore(step: Database, entry: JournalEntry & { readonly body: Counted }): Promise<Counted | null> {
  const row = await step
    .selectFrom("journal_entry")
    .select("bytes")
    .where("store", "=", entry.store)
    .where("till", "=", entry.till)
    .where("series", "=", entry.series)
    .where("number", "<", entry.number)
    .where("kind", "=", "drawerCounted")
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  const read = row === undefined ? null : parseEntry(Buffer.from(row.bytes).toString("utf8"));
  if (read?.ok !== true || read.value.kind !== "drawerCounted") return null;
  return read.value.body.session === entry.body.session ? read.value.body : null;
}

/** Every yes in an entry, each once: its own, and those to prices and returns of a completed sale. */
function approvalsIn(entry: JournalEntry): readonly Approval[] {
  const onSale = entry.kind === "saleCompleted" ? entry.body.approvals : [];
  const all = entry.approval === null ? onSale : [entry.approval, ...onSale];
  return [...new Map(all.map((approval) => [approval.id, approval])).values()];
}

/** One's own yes where nobody else was needed is no second person. */
function agreedTo(entry: JournalEntry, approval: Approval): Noted {
  const { act, size, amount, method, subject, by, reason = null } = approval;
  const large = amount === null ? { size: size ?? 0 } : { amount: amount.amount };
  const after = { act, ...large, till: entry.till, method };
  const isAlone = method === "alone" || by === entry.staff;
  return { act: isAlone ? "doneAlone" : "tillApproved", subject, after, reason, secondPerson: isAlone ? null : by };
}
