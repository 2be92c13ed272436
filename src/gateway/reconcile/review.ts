import { sql } from "kysely";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { BillRules } from "../provider-bills.ts";
import { billDays } from "./bill-days.ts";
import { feeRates } from "./fee-rates.ts";
import type { MatchedAccount } from "./identity.ts";
import { judgeSuspects } from "./judge-suspects.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { pairOpenTenders } from "./pair-tenders.ts";
import { matchingWindowOf } from "./matching-windows.ts";
import { openSuspects } from "./suspects.ts";

/** How far back captures are held against their sales all the time; older ones are judged with their bill, or are open already. */
const recentMs = 3 * 86_400_000;

/**
 * The real-time side of matching: each capture against its sale as soon as either has arrived, refunds that are stuck, whatever
 * waited until now, and everything open that facts have settled meanwhile. Needs no bill.
 */
export function reviewAccount(
  database: Database,
  account: MatchedAccount,
  stores: readonly string[],
  rules: Pick<BillRules, "zone">,
  at: Instant,
): Promise<void> {
  return inTransaction(database, async (step) => {
    await oneAtATime(step, account.id);
    await gatherRecent(step, account, stores, plusMs(at, -recentMs));
    const window = await matchingWindowOf(step, account.id);
    const days = await billDays(step, account, rules, window.nearMinutes, at);
    const rates = await feeRates(step, account.id);
    await judgeSuspects(step, account, days, rates, at);
    await pairOpenTenders(step, account, stores, days, { zone: rules.zone, window }, at);
  });
}

async function gatherRecent(
  step: Database,
  account: MatchedAccount,
  stores: readonly string[],
  since: Instant,
): Promise<void> {
  await openSuspects(step);
  await sql`
    insert into suspect
    select m.store, 'payment', m.number from movement m
    left join sale_tender t on t.store = m.store and t.attempt = m.number and t.kind = 'payment'
    where m.store = any(${stores}) and m.account = ${account.id} and m.side = 'payment' and m.at >= ${since}
      and (t.attempt is null or t.amount + t.tip <> m.amount)
    union
    select r.store, 'refund', r.id from refund r
    where r.store = any(${stores}) and r.account = ${account.id} and r.state not in ('succeeded', 'paidOtherwise')
    union
    -- a payment that a sale counts and nobody has asked for belongs to the account of the tender's channel
    select e.store, 'payment', e.subject from exception_item e
    left join payment_attempt a on a.store = e.store and a.id = e.subject
    left join sale_tender t on t.store = e.store and t.attempt = e.subject and t.kind = 'payment'
    left join sale s on s.store = t.store and s.id = t.sale
    where e.store = any(${stores}) and e.kind = 'tenderWithoutCapture' and e.closed_at is null
      and coalesce(a.account, (select c.account from store_account c
        where c.store = e.store and c.channel = s.body->'tenders'->(t.n - 1)->>'channel' limit 1)) = ${account.id}
    union
    -- what was given up for never captured, and has come: settling it had closed what brings it here
    select e.store, 'payment', e.subject from exception_item e
    join movement m on m.store = e.store and m.account = ${account.id} and m.side = 'payment' and m.number = e.subject
    join difference d on d.store = e.store and d.account = ${account.id} and d.side = 'payment' and d.number = e.subject
      and d.class = 'saleWithoutPayment' and d.state = 'mended'
    where e.store = any(${stores}) and e.kind = 'tenderWithoutCapture' and e.closed_at is not null
    union
    select d.store, d.side, d.number from difference d
    where d.store = any(${stores}) and d.account = ${account.id} and d.side in ('payment', 'refund')
      and d.state in ('waiting', 'break')
    on conflict do nothing
  `.execute(step);
}
