import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { standsSql } from "./movement-stands.ts";
import { dayInstants, type OfficeAccount } from "./scope.ts";

/** Numbers and minor units; refunds count against payments. */
export type OursOfDay = {
  readonly count: number;
  readonly amount: number;
  readonly currency: string | null;
  readonly later: number;
  readonly after: number;
};

/** What moved on a day by our word; `later` of it after its bill had come, and in none of its rows. */
export async function oursOf(
  database: Database,
  account: OfficeAccount,
  stores: readonly string[],
  day: string,
  until: number,
) {
  const { from, to } = dayInstants(day, account.bills.zone);
  const isLater = sql`at > ${until} and not exists (select 1 from bill_row b where b.store = m.store and b.account = m.account
    and b.side = m.side and b.number = m.number and b.gone_with is null)
    and not exists (select 1 from difference d where d.store = m.store and d.account = m.account and d.side = m.side
      and d.number = m.number and d.state in ('waiting', 'break'))`;
  const { rows } = await sql<OursOfDay>`
    select count(*)::integer as count, max(currency) as currency,
      coalesce(sum(case when side = 'payment' then receivable else -receivable end), 0)::bigint as amount,
      (count(*) filter (where ${isLater}))::integer as later,
      coalesce(sum(case when side = 'payment' then receivable else -receivable end) filter (where ${isLater}), 0)::bigint as after
    from movement m
    where store = any(${stores}) and account = ${account.id} and side <> 'unverified' and ${standsSql("m")}
      and at >= ${from} and at < ${to}
  `.execute(database);
  return rows[0] ?? { count: 0, amount: 0, currency: null, later: 0, after: 0 };
}
