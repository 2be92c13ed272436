import type { Instant } from "../../domain/clock.ts";
import { sql } from "kysely";
import type { EntryEnvelope } from "../../domain/journal.ts";
import { money, subtract, type CurrencyCode, type Money } from "../../domain/money.ts";
import { accounts } from "../books/ledger.ts";
import { balanceIn } from "../books/balance.ts";
import { cashAccount } from "../../contract/item-classes.ts";
import { endsBelowLimit, smallDifference } from "../books/small-difference.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { json, type Database } from "../store/database.ts";

/** A shift that a till has opened. */
export async function openShift(step: Database, entry: EntryEnvelope, float: Money): Promise<void> {
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
      currency: float.currency,
      totals: null,
      float: float.amount,
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
  const { currency } = totals.cash.expected;
  const drawer = { number: entry.session, expected: money(expected, currency), counted: money(counted, currency) };
  await keepDrawerOff(step, entry, drawer, at);
}

/** A drawer as it was counted, at a shift's close or when the next one opens. */
export type CountedDrawer = { readonly number: string; readonly expected: Money; readonly counted: Money };

/** What a drawer is over or short is a difference; a small one has ended by itself where the shop says so. */
export async function keepDrawerOff(
  step: Database,
  entry: EntryEnvelope,
  { number, expected, counted }: CountedDrawer,
  at: Instant,
): Promise<void> {
  const over = subtract(counted, expected).amount;
  const verdicts = over === 0 ? [] : [breakOf(over > 0 ? "drawerOver" : "drawerShort", over)];
  const place = {
    attempt: null,
    sale: null,
    till: entry.till,
    staff: entry.staff,
    channel: null,
    bill: null,
    day: entry.businessDate ?? "",
    businessDate: entry.businessDate ?? "",
    currency: expected.currency,
  };
  const isSmall = await endsBelowLimit(step, entry, over);
  const judged = {
    identity: { store: entry.store, side: "drawer", number } as const,
    verdicts,
    place,
    detail: { expected: expected.amount, counted: counted.amount },
    ...(isSmall ? { endedBy: smallDifference } : {}),
  };
  await keepDifferences(step, { id: cashAccount, homeStore: entry.store }, [judged], at);
}

/**
 * What lies in a drawer whose till does not say, because it lost its ledger since its last shift: as much as the books have in it.
 * Nothing where the last shift was closed by a build that emptied it into the safe.
 */
export async function leftInDrawer(
  step: Database,
  { store, till }: Pick<EntryEnvelope, "store" | "till">,
  currency: CurrencyCode,
): Promise<Money> {
  const last = await step
    .selectFrom("shift")
    .select(sql<boolean>`totals->'cash'->'kept' is not null`.as("isKept"))
    .where("store", "=", store)
    .where("till", "=", till)
    .where("closed_at", "is not", null)
    .orderBy("closed_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return money(last?.isKept === true ? await balanceIn(step, store, accounts.drawer(till)) : 0, currency);
}
