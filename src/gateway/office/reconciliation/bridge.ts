import { sql } from "kysely";
import type { ReconciliationBridge } from "../../../contract/reconciliation.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import type { Accounts } from "../../payments/accounts.ts";
import { billReaches, forever } from "../../reconcile/bill-reach.ts";
import type { Database } from "../../store/database.ts";
import { standsSql } from "./movement-stands.ts";
import { accountsAsked, dayInstants, scopeStores, type OfficeAccount } from "./scope.ts";

type Sums = {
  readonly captured: number;
  readonly from_others: number;
  readonly to_others: number;
  readonly currency: CurrencyCode | null;
};
type Billed = { readonly billed: number; readonly other: number; readonly bills: number };

/** Differences between our movements and their rows; the others are between captures and sales. */
const betweenBooks = [
  "withUsNotWithThem",
  "captureUnknown",
  "paidAfterGivingUp",
  "notGivenBack",
  "paymentUnknown",
  "amountDiffers",
  "refundOutside",
  "nearCut",
  "refundUnderWay",
  "refundStuck",
] as const;

/**
 * From the business day to the provider's day of one account, over all its stores. Null when there is no such account. A movement
 * belongs to the day of its row in a bill, and to that of its own time where it has none.
 */
export async function reconciliationBridge(
  database: Database,
  accounts: Accounts,
  { day, account: wanted }: { readonly day: string; readonly account: string },
): Promise<ReconciliationBridge | null> {
  const [account] = await accountsAsked(database, accounts, wanted);
  if (account === undefined) return null;
  const stores = await scopeStores(database, undefined);
  const asked = { account, stores, day, ...dayInstants(day, account.bills.zone) };
  const sums = await movedOn(database, asked);
  const billed = await billedOn(database, asked);
  const listed = (await listedOn(database, asked)) - (await laterOn(database, asked));
  const currency = sums?.currency ?? "CNY";
  const of = (amount: number) => money(amount, currency);
  const { captured = 0, from_others = 0, to_others = 0 } = sums ?? {};
  const expected = captured + from_others - to_others;
  const isHere = (billed?.bills ?? 0) > 0;
  const theirs = billed?.billed ?? 0;
  const explained = listed + (billed?.other ?? 0);
  return {
    day,
    account: account.id,
    captured: of(captured),
    fromOtherDays: of(from_others),
    toOtherDays: of(to_others),
    expected: of(expected),
    billed: isHere ? of(theirs) : null,
    listed: of(explained),
    other: of(billed?.other ?? 0),
    unexplained: isHere ? of(theirs - expected - explained) : null,
  };
}

type Asked = {
  readonly account: OfficeAccount;
  readonly stores: readonly string[];
  readonly day: string;
  readonly from: number;
  readonly to: number;
};

/** What moved by our word, by business day and by the provider's. */
async function movedOn(database: Database, { account, stores, day, from, to }: Asked): Promise<Sums | undefined> {
  const { rows } = await sql<Sums>`
    select coalesce(sum(net) filter (where business_date = ${day}), 0)::bigint as captured,
      coalesce(sum(net) filter (where business_date <> ${day} and in_day), 0)::bigint as from_others,
      coalesce(sum(net) filter (where business_date = ${day} and not in_day), 0)::bigint as to_others,
      max(currency) as currency
    from (
      select m.business_date, m.currency, case when m.side = 'payment' then m.receivable else -m.receivable end as net,
        coalesce(b.day = ${day}, m.at >= ${from} and m.at < ${to}) as in_day
      from movement m
      left join lateral (
        select day from bill_row b where b.store = m.store and b.account = m.account and b.side = m.side
          and b.number = m.number and b.gone_with is null order by day limit 1
      ) b on true
      where m.store = any(${stores}) and m.account = ${account.id} and m.side <> 'unverified' and ${standsSql("m")}
        and (m.business_date = ${day} or b.day = ${day} or (m.at >= ${from} and m.at < ${to}))
    ) moved
  `.execute(database);
  return rows[0];
}

/** What the day's bills come to. */
async function billedOn(database: Database, { account, stores, day }: Asked): Promise<Billed | undefined> {
  const { rows } = await sql<Billed>`
    select coalesce(sum(receivable - taken - given_back + other_amount), 0)::bigint as billed,
      coalesce(sum(other_amount), 0)::bigint as other,
      (select count(*)::integer from bill b where b.store = ${account.homeStore} and b.account = ${account.id} and b.kind = 'trade'
        and b.day = ${day} and b.state in ('current', 'empty')) as bills
    from bill_share s join bill b on b.store = ${account.homeStore} and b.id = s.bill and b.state = 'current'
    where s.store = any(${stores}) and s.account = ${account.id} and s.day = ${day}
  `.execute(database);
  return rows[0];
}

/** What moved after the day's bill had come, and stands in no row: it waits for a newer one. */
async function laterOn(database: Database, { account, stores, day, from, to }: Asked): Promise<number> {
  const of = { accounts: [account.id], stores: [account.homeStore], days: { from: day, to: day } };
  const [reach] = await billReaches(database, of, account.bills.zone);
  if (reach === undefined || reach.until === forever) return 0;
  const { rows } = await sql<{ later: number }>`
    select coalesce(sum(case when side = 'payment' then receivable else -receivable end), 0)::bigint as later from movement m
    where store = any(${stores}) and account = ${account.id} and side <> 'unverified' and undone_at is null
      and at > ${reach.until} and at >= ${from} and at < ${to}
      and not exists (select 1 from bill_row b where b.store = m.store and b.account = m.account and b.side = m.side
        and b.number = m.number and b.gone_with is null)
  `.execute(database);
  return rows[0]?.later ?? 0;
}

/** What the day's differences come to: their rows less our movements. */
async function listedOn(database: Database, { account, stores, day, from, to }: Asked): Promise<number> {
  const { rows } = await sql<{ listed: number }>`
    with d as (
      select distinct store, side, number from difference
      where store = any(${stores}) and account = ${account.id} and day = ${day} and state <> 'gone'
        and class = any(${[...betweenBooks]})
    )
    select coalesce(sum(t.theirs - t.undone
      - coalesce((select sum(case when m.side = 'payment' then m.receivable else -m.receivable end) from movement m
        where m.store = d.store and m.account = ${account.id} and m.number = d.number and ${standsSql("m")}
          and m.at >= ${from} and m.at < ${to} and (m.side = d.side or (d.side = 'payment' and m.side = 'reversal'))), 0)
    ), 0)::bigint as listed from d
    cross join lateral (
      select coalesce(sum(case when b.side = 'payment' then b.receivable else -b.receivable end)
          filter (where b.side = d.side and b.day = ${day}), 0) as theirs,
        -- a reversal gives back what its payment's row had brought, as in the postings of a bill
        case when bool_or(b.side = 'reversal' and b.day = ${day}) then
          coalesce(sum(b.receivable) filter (where b.side = 'payment'), 0) else 0 end as undone
      from bill_row b where b.store = d.store and b.account = ${account.id} and b.number = d.number and b.gone_with is null
    ) t
  `.execute(database);
  return rows[0]?.listed ?? 0;
}
