import { sql } from "kysely";
import type { CashDrawer } from "../../../contract/cash.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money } from "../../../domain/money.ts";
import type { CashPlace } from "../../cash/cash-place.ts";
import type { Database } from "../../store/database.ts";
import { nameOf, type Names } from "./names.ts";

/** A drawer with its last shift: what the books have in it is what should lie there. */
type DrawerRow = {
  readonly till: string;
  readonly label: string;
  readonly isOpen: boolean;
  readonly by: string | null;
  readonly at: number | null;
  readonly float: number | null;
  readonly holds: number;
};

/** Every till of the store that ever opened a shift, with what should lie in its drawer. */
export async function drawersOf(
  database: Database,
  { store, currency }: CashPlace,
  names: Names,
): Promise<CashDrawer[]> {
  const { rows } = await sql<DrawerRow>`
    select t.id as till, t.label, s.closed_at is null as "isOpen", coalesce(s.closed_by, s.opened_by) as by,
      coalesce(s.closed_at, s.opened_at) as at,
      case when s.closed_at is null then s.float end as float,
      coalesce((select sum(case when l.debit = 'drawer/' || t.id then l.amount else -l.amount end)::bigint from ledger_transfer l
        where l.store = t.store and (l.debit = 'drawer/' || t.id or l.credit = 'drawer/' || t.id)), 0)::bigint as holds
    from till t
    join lateral (
      select * from shift s where s.store = t.store and s.till = t.id order by s.opened_at desc limit 1
    ) s on true
    where t.store = ${store} order by t.label
  `.execute(database);
  return rows.map((row) => ({
    till: row.till,
    label: row.label,
    isOpen: row.isOpen,
    by: nameOf(names, row.by),
    since: row.at as Instant | null,
    float: row.float === null ? null : money(row.float, currency),
    holds: money(row.holds, currency),
  }));
}
