import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { StoreId } from "../../domain/identifier.ts";
import {
  pairUnverified,
  type ForeignPayment,
  type UnprovedTender,
} from "../../domain/reconciliation/pair-unverified.ts";
import type { MatchingWindow } from "../../domain/reconciliation/matching-window.ts";
import { breakOf, type Verdict } from "../../domain/reconciliation/verdict.ts";
import { accounts } from "../books/ledger.ts";
import { post, type Posting } from "../books/post.ts";
import type { MovementRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import { lateAt, type BillDays } from "./bill-days.ts";
import type { MatchedAccount } from "./identity.ts";
import { keepDifferences, type Judged } from "./keep-differences.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

type Row = ForeignPayment & { readonly store: string; readonly day: string };
/** The days looked at, as instants: `to` is exclusive. */
type LookedAt = {
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: string;
  readonly window: MatchingWindow;
};
type Tender = UnprovedTender & { readonly row: MovementRow };

/**
 * Proves tenders that were noted while the till could not ask, by rows of the provider's that no till of ours made, over all stores
 * of the account. What cannot be decided waits for its bills, then for a person.
 */
export async function pairTenders(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  days: BillDays,
  { from, to, zone, window }: LookedAt,
  at: Instant,
): Promise<void> {
  const tenders = await unproved(step, account, stores, from - dayMs, to + dayMs);
  if (tenders.length === 0) return;
  const rows = await foreignRows(step, account, stores, from - 2 * dayMs, to + 2 * dayMs);
  const withinMs = window.pairMinutes * minuteMs;
  const ready = tenders.filter((tender) => areBillsHere(days, tender.at, withinMs));
  const { sure, open } = pairUnverified(ready, rows, withinMs);
  const judged: Judged[] = [];
  for (const tender of tenders) {
    const row = rows.find(({ key }) => key === sure.find((each) => each.tender === tender.key)?.row);
    if (row !== undefined) await pairRow(step, account, tender.row, row, "", at);
    const candidates = open.find((each) => each.tender === tender.key)?.rows ?? [];
    judged.push(judgedOf(tender, row !== undefined, ready.includes(tender), candidates, days, zone));
  }
  await keepDifferences(step, account, judged, at);
}

function judgedOf(
  { row, at, key }: Tender,
  isPaired: boolean,
  isReady: boolean,
  candidates: readonly string[],
  days: BillDays,
  zone: string,
): Judged {
  const amount = -row.amount;
  const waiting: Verdict = { kind: "waiting", reason: "unproved", until: lateAt(days.dayOf(at), zone), amount };
  return {
    identity: { store: row.store, side: "tender", number: key },
    verdicts: isPaired ? [] : isReady ? [breakOf("unprovenTender", amount)] : [waiting],
    place: {
      attempt: null,
      sale: row.sale,
      till: row.till,
      staff: null,
      channel: row.channel,
      bill: null,
      day: days.dayOf(at),
      businessDate: row.business_date,
      currency: row.currency,
    },
    detail: { candidates },
  };
}

/** Its own day's bill, and the neighbour's where the other's time may lie over midnight. */
function areBillsHere(days: BillDays, at: Instant, withinMs: number): boolean {
  return days.standOf((at - withinMs) as Instant).here && days.standOf((at + withinMs) as Instant).here;
}

async function unproved(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  from: number,
  to: number,
): Promise<readonly Tender[]> {
  const rows = await step
    .selectFrom("movement")
    .selectAll()
    .where("store", "in", stores)
    .where("account", "=", account.id)
    .where("side", "=", "unverified")
    .where("at", ">=", from)
    .where("at", "<", to)
    .where("undone_at", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("pairing")
            .select("tender")
            .whereRef("pairing.store", "=", "movement.store")
            .whereRef("pairing.account", "=", "movement.account")
            .whereRef("pairing.tender", "=", "movement.number")
            .where("pairing.undone_at", "is", null),
        ),
      ),
    )
    .execute();
  const apart = await takenApart(step, account, rows);
  return rows.map((row) => ({
    key: row.number,
    amount: row.amount,
    at: row.at as Instant,
    tail: row.tail,
    not: apart
      .filter(({ store, tender }) => store === row.store && tender === row.number)
      .map((each) => each.row_number),
    row,
  }));
}

/** Pairs that a person took apart: they are not made again by themselves. */
async function takenApart(step: Database, account: MatchedAccount, rows: readonly MovementRow[]) {
  if (rows.length === 0) return [];
  return step
    .selectFrom("pairing")
    .select(["store", "tender", "row_number"])
    .where("account", "=", account.id)
    .where("store", "in", [...new Set(rows.map(({ store }) => store))])
    .where("undone_at", "is not", null)
    .execute();
}

async function foreignRows(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  from: number,
  to: number,
): Promise<readonly Row[]> {
  const { rows } = await sql<{
    store: string;
    number: string;
    day: string;
    receivable: number;
    amount: number;
    at: number;
    provider_number: string;
  }>`
    select b.store, b.number, b.day, b.amount, b.at, b.provider_number from bill_row b
    where b.store = any(${stores}) and b.account = ${account.id} and b.side = 'payment' and not b.own
      and b.gone_with is null and b.at >= ${from} and b.at < ${to}
      and not exists (select 1 from pairing p where p.account = b.account and p.row_store = b.store
        and p.row_number = b.number and p.undone_at is null)
      and not exists (select 1 from bill_row r where r.store = b.store and r.account = b.account
        and r.side in ('refund', 'reversal') and r.payment = b.number and r.gone_with is null)
  `.execute(step);
  return rows.map((row) => ({
    key: row.number,
    amount: row.amount,
    at: row.at as Instant,
    number: row.provider_number,
    store: row.store,
    day: row.day,
  }));
}

/**
 * The row is the tender's money (`books.md` 10, row 14): what the bill had brought as other business proves the tender.
 *
 * @param by who picked it; empty where it was each other's only candidate
 */
export async function pairRow(
  step: Database,
  account: MatchedAccount,
  tender: MovementRow,
  row: Pick<Row, "store" | "key" | "day">,
  by: string,
  at: Instant,
): Promise<void> {
  await step
    .insertInto("pairing")
    .values({
      store: tender.store,
      account: account.id,
      tender: tender.number,
      row_store: row.store,
      row_number: row.key,
      by,
      at,
      undone_at: null,
    })
    .execute();
  for (const posting of pairedPostings(tender, { store: row.store, account: account.id, at }))
    await post(step, posting, at);
}

/** What pairing posts, by store: the same again under the same names, for taking it back. */
export function pairedPostings(
  tender: MovementRow,
  row: { readonly store: string; readonly account: string; readonly at: number },
): readonly Posting[] {
  const amount = money(tender.amount, tender.currency as CurrencyCode);
  const common = {
    event: "tenderProved",
    subject: tender.number,
    businessDate: tender.business_date,
    posting: `paired/${row.account}/${tender.number}/${row.at}`,
  };
  const isSame = tender.store === row.store;
  const own = isSame ? accounts.otherBusiness : accounts.betweenStores(row.store);
  const proved = {
    ...common,
    store: tender.store as StoreId,
    transfers: [{ debit: own, credit: accounts.unproven, amount }],
  };
  if (isSame) return [proved];
  const passed = [{ debit: accounts.otherBusiness, credit: accounts.betweenStores(tender.store), amount }];
  return [proved, { ...common, store: row.store as StoreId, transfers: passed }];
}
