import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { localTime } from "../../domain/local-time.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { reversedTransfers } from "../books/ledger.ts";
import { post } from "../books/post.ts";
import type { MovementRow } from "../store/bill-tables.ts";
import type { PairingRow } from "../store/matching-tables.ts";
import type { Database } from "../store/database.ts";
import type { MatchedAccount } from "./identity.ts";
import { keepDifferences } from "./keep-differences.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { pairedPostings } from "./pair-tenders.ts";

/** A noted tender and the row that proved it. */
export type Paired = { readonly pairing: PairingRow; readonly tender: MovementRow };

/** What proves a tender now, its account and then its row locked, as matching takes them; null when nothing does. */
export async function pairedWith(
  step: Database,
  name: { readonly store: string; readonly account: string; readonly number: string },
): Promise<Paired | null> {
  await oneAtATime(step, name.account);
  const pairing = await step
    .selectFrom("pairing")
    .selectAll()
    .where("store", "=", name.store)
    .where("account", "=", name.account)
    .where("tender", "=", name.number)
    .where("undone_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (pairing === undefined) return null;
  const tender = await step
    .selectFrom("movement")
    .selectAll()
    .where("store", "=", name.store)
    .where("account", "=", name.account)
    .where("side", "=", "unverified")
    .where("number", "=", name.number)
    .executeTakeFirstOrThrow();
  return { pairing, tender };
}

/**
 * Takes a tender and its row apart: the posting in red, the row other business again, the tender a break. The two are never paired
 * again by themselves.
 *
 * @param zone of the account's days
 */
export async function unpair(step: Database, { pairing, tender }: Paired, zone: string, at: Instant): Promise<void> {
  await step
    .updateTable("pairing")
    .set({ undone_at: at })
    .where("store", "=", pairing.store)
    .where("account", "=", pairing.account)
    .where("tender", "=", pairing.tender)
    .where("row_number", "=", pairing.row_number)
    .where("at", "=", pairing.at)
    .execute();
  for (const posting of pairedPostings(tender, { store: pairing.row_store, account: pairing.account, at: pairing.at }))
    await post(
      step,
      {
        ...posting,
        posting: `${posting.posting}/red`,
        event: "tenderUnproved",
        transfers: reversedTransfers(posting.transfers),
      },
      at,
    );
  // what had been mended by this pair is open again
  await step
    .updateTable("difference")
    .set({ state: "gone", closed_at: at, closed_by: "unpaired" })
    .where("store", "=", tender.store)
    .where("account", "=", tender.account)
    .where("side", "=", "tender")
    .where("number", "=", tender.number)
    .where("state", "=", "mended")
    .execute();
  const identity = { store: tender.store as StoreId, side: "tender", number: tender.number } as const;
  const place = {
    attempt: null,
    sale: tender.sale,
    till: tender.till,
    staff: null,
    channel: tender.channel,
    bill: null,
    day: localTime(tender.at as Instant, zone).date,
    businessDate: tender.business_date,
    currency: tender.currency,
  };
  const verdicts = [breakOf("unprovenTender", -tender.amount)];
  const account = { id: tender.account, homeStore: tender.store };
  await keepDifferences(step, account, [{ identity, verdicts, place, detail: { candidates: [] } }], at);
}

/** Takes apart what a corrected bill parted: a tender whose row it does not have any more, or has with another amount. */
export async function unpairGone(step: Database, account: MatchedAccount, zone: string, at: Instant): Promise<void> {
  const { rows } = await sql<{ readonly store: string; readonly number: string }>`
    select p.store, p.tender as number from pairing p
    join movement m on m.store = p.store and m.account = p.account and m.side = 'unverified' and m.number = p.tender
    where p.account = ${account.id} and p.undone_at is null
      and exists (select 1 from bill_changed c where c.store = p.row_store and c.number = p.row_number)
      and not exists (select 1 from bill_row b where b.store = p.row_store and b.account = p.account and b.side = 'payment'
        and b.number = p.row_number and b.amount = m.amount and b.gone_with is null)
    order by p.store, p.tender
  `.execute(step);
  for (const { store, number } of rows) {
    const paired = await pairedWith(step, { store, account: account.id, number });
    if (paired !== null) await unpair(step, paired, zone, at);
  }
}
