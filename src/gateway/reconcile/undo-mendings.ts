import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";
import { auditOnce } from "../audit/audit.ts";
import { reversedTransfers } from "../books/ledger.ts";
import type { Posting } from "../books/post.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import type { LedgerTransferRow } from "../store/tables.ts";
import { undoAdopted } from "./undo-adopted.ts";
import { unexplainedPosting } from "./unexplained.ts";

/** Decisions that only moved in the books what a difference left there: they stand as long as it does. */
const settling: readonly MendingAction[] = ["writeOff", "accept", "notOurs", "chargeToStaff", "adoptRefund"];

/** A mended difference that is gone or of another amount, and what goes out of the books with it. */
export type Undone = { readonly row: DifferenceRow; readonly postings: readonly Posting[] };

/**
 * Of mended differences whose cause is gone or changed, those that somebody had settled in the books alone, with what their settling
 * posted in red: what was given up for lost has come after all, or is another amount to be decided on anew (`books.md` 4); and a refund
 * made outside that was taken in is owed again where no bill has it any more. What mending did in the world (a refund, a sale, money paid
 * out) stays done, and so do its postings.
 */
export async function undoMendings(
  step: Database,
  changed: readonly DifferenceRow[],
  at: Instant,
): Promise<readonly Undone[]> {
  if (changed.length === 0) return [];
  const settled = await settledOf(step, changed);
  const own = changed.filter((row) => settled.has(keyOf(row)));
  if (own.length === 0) return [];
  const posted = await step
    .selectFrom("ledger_transfer")
    .selectAll()
    .where("store", "in", [...new Set(own.map(({ store }) => store))])
    .where("posting", "in", own.map(nameOf))
    .orderBy("n")
    .execute();
  const undone = own.map((row) => {
    // none for an accepted total or a stranger's credit: nothing moved, and what was decided falls all the same
    const transfers = posted.filter(({ store, posting }) => store === row.store && posting === nameOf(row));
    return { row, postings: [...inRed(row, transfers), ...unexplainedPosting(row, true)] };
  });
  for (const { row } of undone) {
    const action = settled.get(keyOf(row)) ?? null;
    if (action === "adoptRefund") await undoAdopted(step, row, owedBy(row, posted), at);
    await writeDown(step, row, action, at);
  }
  return undone;
}

/** What a mending had posted against refunds that are owed. */
function owedBy(row: DifferenceRow, posted: readonly LedgerTransferRow[]): number {
  return posted
    .filter(
      ({ store, posting, debit }) => store === row.store && posting === nameOf(row) && debit.startsWith("refundsOwed/"),
    )
    .reduce((all, { amount }) => all + amount, 0);
}

/** Two people's decision ends without anybody's word: the log says so beside it. */
async function writeDown(
  step: Database,
  { store, id, round, closed_by: mending, amount, currency }: DifferenceRow,
  action: string | null,
  at: Instant,
): Promise<void> {
  const before = { action, amount: Math.abs(amount), currency };
  const entry = { store, who: null, act: "mendingUndone", subject: mending ?? "", before, at } as const;
  await auditOnce(step, `mendingUndone/${mending ?? ""}/${id}/${round}`, entry);
}

/** Differences whose last mending was a settling one, with what it was. */
async function settledOf(step: Database, rows: readonly DifferenceRow[]): Promise<ReadonlyMap<string, string>> {
  const { rows: found } = await sql<{ readonly store: string; readonly id: string; readonly action: string }>`
    select i.difference_store as store, i.difference as id, m.action
    from unnest(${rows.map(({ store }) => store)}::text[], ${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ closed_by: by }) => by ?? "")}::text[]) as c (store, id, mending)
    join mending_item i on i.difference_store = c.store and i.difference = c.id and i.mending = c.mending
    join mending m on m.store = i.store and m.id = i.mending and m.action = any(${[...settling]}::text[])
  `.execute(step);
  return new Map(found.map((each) => [keyOf(each), each.action]));
}

function inRed(row: DifferenceRow, transfers: readonly LedgerTransferRow[]): readonly Posting[] {
  const [first] = transfers;
  if (first === undefined) return [];
  const { subject, business_date: businessDate } = first;
  return [
    {
      store: row.store as StoreId,
      posting: `${nameOf(row)}/red`,
      event: "mendingUndone",
      subject,
      businessDate,
      transfers: reversedTransfers(
        transfers.map(({ debit, credit, amount, currency }) => ({
          debit,
          credit,
          amount: money(amount, currency as CurrencyCode),
        })),
      ),
    },
  ];
}

/** As `postMending` names it. */
function nameOf({ closed_by: mending, id }: DifferenceRow): string {
  return `mending/${mending ?? ""}/${id}`;
}

function keyOf({ store, id }: { readonly store: string; readonly id: string }): string {
  return `${store}\n${id}`;
}
