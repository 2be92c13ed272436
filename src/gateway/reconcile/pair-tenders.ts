import { sql, type RawBuilder } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
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
/** By what is looked: the zone of the account's days and its minutes. */
type LookedBy = { readonly zone: string; readonly window: MatchingWindow };
/** The days looked at, as instants: `to` is exclusive. */
type LookedAt = LookedBy & { readonly from: Instant; readonly to: Instant };
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
  { from, to, ...by }: LookedAt,
  at: Instant,
): Promise<void> {
  const when = sql<boolean>`m.at >= ${from - dayMs} and m.at < ${to + dayMs}`;
  const tenders = await unproved(step, account, stores, when);
  await pairThese(step, account, stores, days, { tenders, others: [] }, by, at);
}

/**
 * The same of every tender that nobody has settled, whenever it was noted. What was given up is not looked at: a bill that has it after
 * all does that. But a row near one of these may be its money too.
 */
export async function pairOpenTenders(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  days: BillDays,
  by: LookedBy,
  at: Instant,
): Promise<void> {
  const tenders = await unproved(step, account, stores, isUnsettled(account));
  if (tenders.length === 0) return;
  // a row within reach of both
  const reach = 2 * by.window.pairMinutes * minuteMs;
  const near = await unproved(step, account, stores, isNear(sql.ref("m.at"), tenders, reach));
  const others = near.filter(({ key }) => !tenders.some((tender) => tender.key === key));
  await pairThese(step, account, stores, days, { tenders, others }, by, at);
}

/** Judges `tenders`; `others` may be what a row is as well, and are left as they are. */
async function pairThese(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  days: BillDays,
  { tenders, others }: { readonly tenders: readonly Tender[]; readonly others: readonly Tender[] },
  { zone, window }: LookedBy,
  at: Instant,
): Promise<void> {
  if (tenders.length === 0) return;
  const withinMs = window.pairMinutes * minuteMs;
  const ready = [...tenders, ...others].filter((tender) => areBillsHere(days, tender.at, withinMs));
  const rows = await foreignRows(step, account, stores, days, ready, withinMs);
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

/** Nobody has settled it, or its settling was undone: then it is here again. */
function isUnsettled(account: MatchedAccount): RawBuilder<boolean> {
  return sql<boolean>`not exists (select 1 from difference d where d.store = m.store and d.account = ${account.id}
    and d.side = 'tender' and d.number = m.number and d.state = 'mended')`;
}

function isNear(instant: RawBuilder<unknown>, tenders: readonly Tender[], withinMs: number): RawBuilder<boolean> {
  const instants = tenders.map(({ at }) => at);
  return sql<boolean>`exists (select 1 from unnest(${instants}::bigint[]) as t (at) where abs(${instant} - t.at) <= ${withinMs})`;
}

/** Tenders that no row proves, of those `which` picks from `movement m`. */
async function unproved(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  which: RawBuilder<boolean>,
): Promise<readonly Tender[]> {
  const { rows } = await sql<MovementRow>`
    select m.* from movement m
    where m.store = any(${stores}) and m.account = ${account.id} and m.side = 'unverified' and m.undone_at is null
      and not exists (select 1 from pairing p where p.store = m.store and p.account = m.account and p.tender = m.number
        and p.undone_at is null)
      and ${which}
  `.execute(step);
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

/** Rows near `tenders`, looked for in the bills of their days and of the neighbours, which have an index: there is none of instants. */
async function foreignRows(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  days: BillDays,
  tenders: readonly Tender[],
  withinMs: number,
): Promise<readonly Row[]> {
  if (tenders.length === 0) return [];
  const near = new Set(tenders.flatMap(({ at }) => [-1, 0, 1].map((n) => plusDays(days.dayOf(at), n))));
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
    where b.store = any(${stores}) and b.account = ${account.id} and b.day = any(${[...near]}) and b.gone_with is null
      and b.side = 'payment' and not b.own and ${isNear(sql.ref("b.at"), tenders, withinMs)}
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
