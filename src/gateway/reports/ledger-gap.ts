import { sql } from "kysely";
import type { ReportFilter } from "../../contract/reports.ts";
import type { Database } from "../store/database.ts";

/** Filters that these cannot be told by: they belong to whole payments. */
const narrowing = ["cashier", "hour", "product", "category", "tender", "tax", "discount"] as const;

/**
 * What coupons that the shop pays for took from the payments of a report, in minor units, returns less: books and tax take it off
 * revenue (`books.md` 1), a report of what was sold does not. Null where the report is narrowed to less than whole payments.
 */
export async function shopCoupons(
  database: Database,
  filter: ReportFilter,
  { stores, currency }: { readonly stores: readonly string[]; readonly currency: string },
): Promise<number | null> {
  if (narrowing.some((name) => filter[name] !== undefined)) return null;
  const { rows } = await sql<{ amount: number }>`
    select coalesce(sum(case when side = 'payment' then amount - receivable else receivable - amount end), 0)::bigint as amount
    from movement
    where store = any(${stores}) and business_date between ${filter.from} and ${filter.to} and amount <> receivable
      and currency = ${currency} and side in ('payment', 'reversal', 'refund') and undone_at is null
      and ${filter.till === undefined ? sql`true` : sql`till = ${filter.till}`}
  `.execute(database);
  return rows[0]?.amount ?? 0;
}

/**
 * What refunds made at the provider and taken in as returns gave back of the payments of a report, in minor units: the ledger has them
 * among its returns, a report of what tills sold and took back does not. Null where the report is narrowed to less than whole payments.
 */
export async function adoptedReturns(
  database: Database,
  filter: ReportFilter,
  { stores, currency }: { readonly stores: readonly string[]; readonly currency: string },
): Promise<number | null> {
  if (narrowing.some((name) => filter[name] !== undefined)) return null;
  const { rows } = await sql<{ amount: number }>`
    select coalesce(sum(abs(i.amount)), 0)::bigint as amount
    from mending m
    join mending_item i on i.store = m.store and i.mending = m.id
    join difference d on d.store = i.difference_store and d.id = i.difference and d.closed_by = m.id
    where m.action = 'adoptRefund' and m.state = 'done' and d.store = any(${stores}) and d.currency = ${currency}
      and coalesce(nullif(d.business_date, ''), d.day) between ${filter.from} and ${filter.to}
      and ${filter.till === undefined ? sql`true` : sql`d.till = ${filter.till}`}
      -- what was owed anyway is no return
      and exists (select 1 from used_tender u where u.store = d.store and u.sale = m.id and u.attempt = d.attempt)
  `.execute(database);
  return rows[0]?.amount ?? 0;
}
