import type { Instant } from "../../domain/clock.ts";
import type { EntryEnvelope } from "../../domain/journal.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { json, type Database } from "../store/database.ts";

/** The account under which drawers' differences stand: no provider's. */
export const cashAccount = "cash";

/** A shift that a till has opened. */
export async function openShift(step: Database, entry: EntryEnvelope, currency: string): Promise<void> {
  if (entry.session === null) return;
  await step
    .insertInto("shift")
    .values({
      store: entry.store,
      session: entry.session,
      till: entry.till,
      business_date: entry.businessDate ?? "",
      opened_by: entry.staff,
      opened_at: entry.at,
      closed_by: null,
      closed_at: null,
      expected: null,
      counted: null,
      currency,
      totals: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Its Z report; what the drawer was over or short is a difference until a person has ended it (`books.md` 7). */
export async function closeShift(
  step: Database,
  entry: EntryEnvelope,
  totals: ShiftTotals | null,
  at: Instant,
): Promise<void> {
  if (entry.session === null) return;
  const expected = totals?.cash.expected.amount ?? null;
  const counted = totals?.cash.counted?.amount ?? null;
  await step
    .updateTable("shift")
    .set({ closed_by: entry.staff, closed_at: entry.at, expected, counted, totals: json(totals) })
    .where("store", "=", entry.store)
    .where("session", "=", entry.session)
    .execute();
  if (totals === null || expected === null || counted === null) return;
  const over = counted - expected;
  const identity = { store: entry.store, side: "drawer", number: entry.session } as const;
  const place = {
    attempt: null,
    sale: null,
    till: entry.till,
    staff: entry.staff,
    channel: null,
    bill: null,
    day: entry.businessDate ?? "",
    businessDate: entry.businessDate ?? "",
    currency: totals.cash.expected.currency,
  };
  const verdicts = over === 0 ? [] : [breakOf(over > 0 ? "drawerOver" : "drawerShort", over)];
  const account = { id: cashAccount, homeStore: entry.store };
  await keepDifferences(step, account, [{ identity, verdicts, place, detail: { expected, counted } }], at);
}
