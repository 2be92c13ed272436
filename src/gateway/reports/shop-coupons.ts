import { sql } from "kysely";
import type { ReportFilter } from "../../contract/reports.ts";
import type { Database } from "../store/database.ts";

/** Filters that coupons cannot be told by: they belong to whole payments. */
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
