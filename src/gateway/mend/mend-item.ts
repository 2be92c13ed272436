import { sql } from "kysely";
import { breakClasses } from "../../contract/item-classes.ts";
import type { MendingParameters } from "../../contract/mending.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import { closeException } from "../books/exceptions.ts";
import type { Transfer } from "../books/ledger.ts";
import { postAll } from "../books/post.ts";
import { oneSafeAtATime } from "../cash/one-safe-at-a-time.ts";
import { oneAtATime } from "../reconcile/one-at-a-time.ts";
import { unexplainedPosting } from "../reconcile/unexplained.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";

/** A break that is being mended; its row is locked. */
export type MendItem = { readonly row: DifferenceRow; readonly class: BreakClass };

/** Who mends it, under which number, when. */
export type MendBy = { readonly mending: string; readonly person: string; readonly at: Instant };

type Named = { readonly store: string; readonly id: string };

/**
 * The breaks that an action is about, locked. Where it moves money of safes they are locked before, as a deposit takes them before the
 * accounts: a count in the same moment would miss the money and find it in the books.
 */
export async function lockMended(
  step: Database,
  { action, parameters }: { readonly action: string; readonly parameters: MendingParameters },
  names: readonly Named[],
): Promise<readonly MendItem[]> {
  if (action === "found" || (action === "payOtherwise" && parameters.paidFrom === "safe"))
    for (const store of [...new Set(names.map((name) => name.store))].toSorted()) await oneSafeAtATime(step, store);
  return lockItems(step, names);
}

/** The breaks of these names, locked in order, also those that a person lets wait; those that are none any more are left out. */
async function lockItems(step: Database, names: readonly Named[]): Promise<readonly MendItem[]> {
  // accounts before items, as matching takes them: the other way round the two would wait for each other
  const { rows: accounts } = await sql<{ readonly account: string }>`
    select distinct d.account from difference d
    join unnest(${names.map(({ store }) => store)}::text[], ${names.map(({ id }) => id)}::text[]) as w (store, id)
      on w.store = d.store and w.id = d.id
    order by d.account
  `.execute(step);
  for (const { account } of accounts) await oneAtATime(step, account);
  const { rows } = await sql<DifferenceRow>`
    select d.* from difference d
    join unnest(${names.map(({ store }) => store)}::text[], ${names.map(({ id }) => id)}::text[]) as w (store, id)
      on w.store = d.store and w.id = d.id
    where d.state = 'break' or (d.state = 'waiting' and d.class = any(${[...breakClasses]}::text[])) order by d.store, d.id for update of d
  `.execute(step);
  return rows.map((row) => ({ row, class: row.class as BreakClass }));
}

/** What says that a receipt counts money that has not come, or other money than came. */
const ofReceipts: readonly BreakClass[] = ["saleWithoutPayment", "captureUnknown", "tenderDiffers"];

/** The break is mended: it stays so while its amount stays what it was, and nobody is asked about it elsewhere. */
export async function sayMended(step: Database, { row, class: type }: MendItem, by: MendBy): Promise<void> {
  if (ofReceipts.includes(type)) {
    const named = { store: row.store as StoreId, kinds: ["tenderWithoutCapture"], subject: row.number } as const;
    await closeException(step, named, `mended: ${by.mending}`, by.at);
  }
  await step
    .updateTable("difference")
    .set({ state: "mended", closed_at: by.at, closed_by: by.mending, seen_at: by.at })
    .where("store", "=", row.store)
    .where("id", "=", row.id)
    .execute();
}

/** What had been posted as unexplained is explained now by what took its place: its posting in red. */
export async function explain(step: Database, { row }: MendItem, by: MendBy): Promise<void> {
  await postAll(step, unexplainedPosting(row, true), by.at);
}

/** Posts what mending an item does to the books. */
export async function postMending(
  step: Database,
  { row }: MendItem,
  transfers: readonly Transfer[],
  by: MendBy,
): Promise<void> {
  await postAll(
    step,
    [
      {
        store: row.store as StoreId,
        posting: `mending/${by.mending}/${row.id}`,
        event: "mended",
        subject: row.attempt ?? row.number,
        businessDate: row.business_date === "" ? row.day : row.business_date,
        transfers,
      },
    ],
    by.at,
  );
}

/** `amount` of an item without its sign. */
export function sizeOf({ row }: Pick<MendItem, "row">): Money {
  return money(Math.abs(row.amount), row.currency as CurrencyCode);
}
