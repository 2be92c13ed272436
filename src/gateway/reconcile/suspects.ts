import { sql, type RawBuilder } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { FeeRate } from "../../domain/reconciliation/fee.ts";
import type { MatchingWindow } from "../../domain/reconciliation/matching-window.ts";
import type { Database } from "../store/database.ts";
import type { Identity, MatchedAccount } from "./identity.ts";
import { wholeFeeSql } from "./moved-rows.ts";

/** One provider's day of an account, and the stores that use it. */
export type MatchedDay = {
  readonly account: MatchedAccount;
  readonly stores: readonly string[];
  readonly day: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  readonly window: MatchingWindow;
};

/**
 * Puts into a table `suspect` of this SQL transaction every number of the day that is not plainly in agreement: one movement of
 * ours, one row of theirs, equal in both amounts, the fee as agreed, and a sale that counts exactly it. Everything else is judged
 * from all that is known of it. The many that agree never leave the database.
 */
export async function gatherSuspects(step: Database, of: MatchedDay, fee: FeeRate | null): Promise<void> {
  // made by its query, not filled by one: only so does the database use more than one processor for it
  await sql`
    create temporary table suspect on commit drop as
    ${payments(of, fee)}
    union
    select store, 'payment', number ${rowsOf(of, "reversal")}
    union
    select store, 'payment', number ${movementsOf(of, "reversal")} and at >= ${of.from} and at < ${of.to}
    union
    select store, 'payment', number ${rowsOf(of, "payment")} and ${isTwice(of, "payment")}
    union
    ${refunds(of, fee)}
    union
    select store, 'refund', number ${rowsOf(of, "refund")} and ${isTwice(of, "refund")}
  `.execute(step);
  await sql`alter table suspect add primary key (store, side, number)`.execute(step);
}

const minuteMs = 60_000;
type Side = "payment" | "reversal" | "refund";

/** The day's bill rows of ours. */
function rowsOf({ account, stores, day }: MatchedDay, side: Side): RawBuilder<unknown> {
  return sql`from bill_row where store = any(${stores}) and account = ${account.id} and day = ${day} and side = ${side} and own
    and gone_with is null`;
}

function movementsOf({ account, stores }: MatchedDay, side: Side): RawBuilder<unknown> {
  return sql`from movement where store = any(${stores}) and account = ${account.id} and side = ${side}`;
}

/** Also what stands a few minutes outside the day, because it may be in its bill; absent from it, it is no concern of this day. */
function nearMovementsOf(of: MatchedDay, side: Side): RawBuilder<unknown> {
  const nearMs = of.window.nearMinutes * minuteMs;
  return sql`${movementsOf(of, side)} and at >= ${of.from - nearMs} and at < ${of.to + nearMs}`;
}

/** A number that has more than one row, told by its hash: another one of the same hash is judged in vain, and that does no harm. */
function isTwice(of: MatchedDay, side: Side): RawBuilder<unknown> {
  return sql`hashtextextended(number, 0) in
    (select hashtextextended(number, 0) ${rowsOf(of, side)} group by 1 having count(*) > 1)`;
}

function payments(of: MatchedDay, fee: FeeRate | null): RawBuilder<unknown> {
  return sql`
    select coalesce(b.store, m.store) as store, 'payment' as side, coalesce(b.number, m.number) as number
    from (select store, number, amount, receivable, fee ${rowsOf(of, "payment")}) b
    full join (select store, number, amount, receivable, at ${nearMovementsOf(of, "payment")}) m
      on m.store = b.store and m.number = b.number
    left join sale_tender t on t.store = m.store and t.attempt = m.number and t.kind = 'payment'
    where case when b.number is null then m.at >= ${of.from} and m.at < ${of.to} else
      m.number is null or b.amount <> m.amount or b.receivable <> m.receivable
      or t.attempt is null or t.amount + t.tip <> m.amount or ${feeDiffers(fee)} end`;
}

function refunds(of: MatchedDay, fee: FeeRate | null): RawBuilder<unknown> {
  const { account, day } = of;
  return sql`
    select coalesce(b.store, m.store), 'refund', coalesce(b.number, m.number)
    from (select store, number, payment, amount, receivable, fee ${rowsOf(of, "refund")}) b
    full join (select store, number, amount, receivable, undone_at, at ${nearMovementsOf(of, "refund")}) m
      on m.store = b.store and m.number = b.number
    -- by the index, one by one: refunds are few, and the payments of the day are not read for them once more
    left join lateral (
      select number, receivable from bill_row p where p.store = b.store and p.account = ${account.id} and p.side = 'payment'
        and p.number = b.payment and p.day = ${day} and p.gone_with is null limit 2
    ) p on true
    where case when b.number is null then m.at >= ${of.from} and m.at < ${of.to} else
      m.number is null or b.amount <> m.amount or b.receivable <> m.receivable
      or m.undone_at is not null or p.number is null or ${feeBackDiffers(fee)}
      -- what earlier refunds of the same payment took is not known here
      or exists (select 1 from bill_row o where o.store = b.store and o.account = ${account.id} and o.side = 'refund'
        and o.payment = b.payment and o.gone_with is null and o.number <> b.number) end`;
}

function feeDiffers(fee: FeeRate | null): RawBuilder<unknown> {
  return fee === null ? sql`false` : sql`${wholeFeeSql} <> ${feeSql(sql`b.receivable`, fee.rate)}`;
}

/** For the first refund of a payment of the same day: those of others are judged one by one. */
function feeBackDiffers(fee: FeeRate | null): RawBuilder<unknown> {
  if (fee === null) return sql`false`;
  if (!fee.givesBack) return sql`${wholeFeeSql} <> 0`;
  const whole = feeSql(sql`p.receivable`, fee.rate);
  return sql`-${wholeFeeSql} <> ${whole} - ${feeSql(sql`(p.receivable - b.receivable)`, fee.rate)}`;
}

/** As `feeOf` in `domain/reconciliation/fee`. */
function feeSql(receivable: RawBuilder<unknown>, rate: number): RawBuilder<unknown> {
  return sql`(${receivable} * ${sql.lit(rate)} * 2 + 1000000) / 2000000`;
}

/**
 * The numbers of ours that a corrected bill changed: the others stand as they stood, and other business is judged by nobody.
 *
 * @param isAlone whether they are all there is to judge: the table `suspect` is made for them
 */
export async function gatherChanged(step: Database, isAlone: boolean): Promise<void> {
  if (isAlone) await openSuspects(step);
  await sql`
    insert into suspect
    select store, case when side = 'refund' then 'refund' else 'payment' end, number from bill_changed where own
    on conflict do nothing
  `.execute(step);
}

/**
 * Adds what is open already of these days, and whatever waits: a bill that came in may have decided it. And what somebody gave up because
 * no bill had it, where a row of this day's has it: it may agree so plainly that nothing else looks at it.
 */
export async function gatherOpen(step: Database, of: MatchedDay, around: readonly string[]): Promise<void> {
  await sql`
    insert into suspect
    select store, side, number from difference
    where store = any(${of.stores}) and account = ${of.account.id} and side in ('payment', 'refund')
      and (state = 'waiting' or (state = 'break' and day = any(${around})))
    union
    select d.store, d.side, d.number from difference d
    where d.store = any(${of.stores}) and d.account = ${of.account.id} and d.side in ('payment', 'refund') and d.state = 'mended'
      and d.class = 'withUsNotWithThem' and exists (
        select 1 from bill_row b where b.store = d.store and b.account = d.account and b.side = d.side and b.number = d.number
          and b.day = ${of.day} and b.gone_with is null)
    on conflict do nothing
  `.execute(step);
}

/** The next of them in order, after `last`; each number once. */
export async function nextSuspects(step: Database, last: Identity | null, limit: number): Promise<readonly Identity[]> {
  const after = last === null ? sql`true` : sql`(store, side, number) > (${last.store}, ${last.side}, ${last.number})`;
  const { rows } = await sql<Identity>`
    select store, side, number from suspect where ${after} order by store, side, number limit ${limit}
  `.execute(step);
  return rows;
}

/** Makes room for another gathering in the same SQL transaction. */
export async function dropSuspects(step: Database): Promise<void> {
  await sql`drop table suspect`.execute(step);
}

/** An empty table for the numbers to be judged. */
export async function openSuspects(step: Database): Promise<void> {
  await sql`
    create temporary table suspect (store text, side text, number text, primary key (store, side, number)) on commit drop
  `.execute(step);
}
