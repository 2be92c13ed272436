import { sql, type RawBuilder } from "kysely";
import type { OpenItems } from "../../../contract/ledger.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import { accounts } from "../../books/ledger.ts";
import type { Database } from "../../store/database.ts";
import { storesAsked, type OwnStores } from "../page.ts";

/** Items in one answer; the sum is over all. */
export const openItemsMax = 500;

type Item = {
  readonly store: string;
  readonly subject: string;
  readonly what: OpenItems["items"][number]["what"];
  readonly at: number;
  /** Debits less credits. */
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly receipt: string | null;
};

/**
 * What stands behind a list account, worked out from captures, sales, refunds, tenders and differences, never from the ledger: that
 * both come to the same is the proof. Null for an account that is no list.
 */
export async function openItems(database: Database, account: string, own: OwnStores = null): Promise<OpenItems | null> {
  const stores = await storesAsked(database, undefined, own);
  const query = itemsOf(account, stores);
  if (query === null) return null;
  const { rows } = await sql<Item>`
    select i.*, coalesce(s.receipt_number, c.slip) as receipt from (${query}) i
    left join sale s on s.store = i.store and s.id = i.sale
    left join deposit c on i.what = 'deposit' and c.store = i.store and c.id = i.subject
    where i.amount <> 0 order by i.at, i.subject limit ${openItemsMax}`.execute(database);
  const { rows: sums } = await sql<{ sum: number; count: number }>`
    select coalesce(sum(amount), 0)::bigint as sum, count(*)::integer as count from (${query}) i where amount <> 0
  `.execute(database);
  const { rows: balances } = await sql<{ balance: number; currency: CurrencyCode | null }>`
    select coalesce(sum(case when debit = ${account} then amount else -amount end), 0)::bigint as balance, max(currency) as currency
    from ledger_transfer where store = any(${stores}) and (debit = ${account} or credit = ${account})
  `.execute(database);
  const currency = balances[0]?.currency ?? rows[0]?.currency ?? "CNY";
  return {
    account,
    balance: money(balances[0]?.balance ?? 0, currency),
    sum: money(sums[0]?.sum ?? 0, currency),
    count: sums[0]?.count ?? 0,
    items: rows.map((row) => ({
      store: row.store,
      subject: row.subject,
      what: row.what,
      at: row.at as Instant,
      amount: money(row.amount, currency),
      receipt: row.receipt,
    })),
  };
}

function itemsOf(account: string, stores: readonly string[]): RawBuilder<unknown> | null {
  const [kind, of = ""] = account.split("/");
  if (account === accounts.suspense) return suspended(stores);
  if (account === accounts.unproven) return unproved(stores);
  if (account === accounts.unexplained) return unexplained(stores);
  if (account === accounts.cashInTransit) return onTheirWay(stores);
  if (kind === "refundsOwed") return owed(stores, of);
  return kind === "receivable" ? unbilled(stores, of) : null;
}

/**
 * What people have given up of an item, or charged to somebody: it left the list by that. Where only what was ordered differed nothing stood
 * there, and nothing was posted.
 */
function givenUp(
  number: RawBuilder<unknown>,
  store: RawBuilder<unknown>,
  classes: readonly string[],
): RawBuilder<unknown> {
  return sql`coalesce((select sum(d.amount) from difference d where d.store = ${store} and d.number = ${number}
    and d.state = 'mended' and d.class = any(${[...classes]})
    and (d.class <> 'amountDiffers' or exists (select 1 from ledger_transfer t
      where t.store = d.store and t.posting = 'mending/' || d.closed_by || '/' || d.id))), 0)`;
}

/** Captured and counted by no sale, less what is owed back of it; and what sales count that was never captured. */
function suspended(stores: readonly string[]): RawBuilder<unknown> {
  return sql`
    select m.store, m.number as subject, 'capture' as what, m.at, m.currency, m.sale,
      (coalesce((select sum(t.amount + t.tip) from sale_tender t where t.store = m.store and t.attempt = m.number
          and t.kind = 'payment'), 0)
        + coalesce((select sum(r.amount) from refund r where r.store = m.store and r.attempt = m.number
          and r.cause in ('freed', 'lateCapture', 'reversalRefused', 'tenderReturned') and r.memo->>'replacedBy' is null), 0)
        - case when exists (select 1 from movement v where v.store = m.store and v.account = m.account and v.side = 'reversal'
            and v.number = m.number and v.undone_at is null) then 0 else m.amount end
        + ${givenUp(sql`m.number`, sql`m.store`, ["tenderDiffers"])})::bigint as amount
    from movement m where m.store = any(${stores}) and m.side = 'payment'
    union all
    select t.store, t.attempt, 'tender', s.at, s.currency, s.id,
      (t.amount + t.tip + ${givenUp(sql`t.attempt`, sql`t.store`, ["saleWithoutPayment"])})::bigint
    from sale_tender t join sale s on s.store = t.store and s.id = t.sale
    where t.store = any(${stores}) and t.kind = 'payment' and not exists (select 1 from movement m where m.store = t.store
      and m.side = 'payment' and m.number = t.attempt)`;
}

function unproved(stores: readonly string[]): RawBuilder<unknown> {
  return sql`
    select m.store, m.number as subject, 'tender' as what, m.at, m.currency, m.sale,
      (m.amount + ${givenUp(sql`m.number`, sql`m.store`, ["unprovenTender"])})::bigint as amount
    from movement m
    where m.store = any(${stores}) and m.side = 'unverified' and not exists (select 1 from pairing p where p.store = m.store
      and p.account = m.account and p.tender = m.number and p.undone_at is null)`;
}

function unexplained(stores: readonly string[]): RawBuilder<unknown> {
  return sql`
    select d.store, d.number as subject, 'difference' as what, d.opened_at as at, d.currency, d.sale, -d.amount as amount
    from difference d where d.store = any(${stores}) and d.state in ('waiting', 'break') and d.posting <> ''`;
}

/** Cash that no bank's line has brought, and what came of it otherwise than it left, less what people have given up of it. */
function onTheirWay(stores: readonly string[]): RawBuilder<unknown> {
  return sql`
    select c.store, c.id as subject, 'deposit' as what, c.at, c.currency, null::text as sale,
      (c.amount - coalesce(c.credited, 0)
        + ${givenUp(sql`c.id`, sql`c.store`, ["depositMissing", "depositShort", "depositOver"])})::bigint as amount
    from deposit c where c.store = any(${stores}) and c.state <> 'takenBack'`;
}

/** Promised and not taken on by the provider, or failed after it was. */
function owed(stores: readonly string[], account: string): RawBuilder<unknown> {
  return sql`
    select r.store, r.id as subject, 'refund' as what, r.created_at as at, r.currency, nullif(r.sale, '') as sale,
      (-r.amount)::bigint as amount
    from refund r where r.store = any(${stores}) and r.account = ${account}
      and r.state not in ('processing', 'succeeded', 'paidOtherwise') and r.memo->>'replacedBy' is null`;
}

/** Moved by our word and not in a bill, or in one with another amount. */
function unbilled(stores: readonly string[], account: string): RawBuilder<unknown> {
  return sql`
    select m.store, m.number as subject, 'unbilled' as what, m.at, m.currency, m.sale,
      ((case when m.side = 'payment' then 1 else -1 end) * (m.receivable - coalesce((
        select sum(b.receivable) from bill_row b where b.store = m.store and b.account = m.account and b.side = m.side
          and b.number = m.number and b.gone_with is null), 0))
        + ${givenUp(sql`m.number`, sql`m.store`, ["withUsNotWithThem", "amountDiffers"])})::bigint as amount
    from movement m
    where m.store = any(${stores}) and m.account = ${account} and m.side in ('payment', 'refund') and m.undone_at is null
      and not exists (select 1 from movement v where v.store = m.store and v.account = m.account and v.side = 'reversal'
        and v.number = m.number and v.undone_at is null and m.side = 'payment')
    union all
    -- closed by the provider after it had taken it on: what its bill's rows took, less what the fund flow gave back; owed again by us
    select m.store, m.number, 'refund', m.at, m.currency, m.sale,
      (coalesce(b.taken, 0) - case when exists (select 1 from flow_row f
          join bill c on c.store = f.store and c.id = f.bill and c.state = 'current'
          where f.account = m.account and f.kind = 'refundClosed'
            and (f.voucher = m.number or f.provider_number = b.provider_number)) then m.receivable else 0 end)::bigint
    from movement m
    left join lateral (
      select sum(r.receivable) as taken, max(r.provider_number) as provider_number from bill_row r
      where r.store = m.store and r.account = m.account and r.side = 'refund' and r.number = m.number and r.gone_with is null
    ) b on true
    where m.store = any(${stores}) and m.account = ${account} and m.side = 'refund' and m.undone_at is not null`;
}
