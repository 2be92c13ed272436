import { sql } from "kysely";
import type { ReconciliationOpen } from "../../../contract/reconciliation.ts";
import type { StoreId } from "../../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import type { Database } from "../../store/database.ts";
import { scopeStores } from "./scope.ts";
import type { OwnStores } from "../page.ts";

type Sum = {
  readonly state: string;
  readonly count: number;
  readonly amount: number;
  readonly currency: string | null;
};

/** What is open over all days, of one store or all: how many, and their amounts without signs. */
export async function reconciliationOpen(
  database: Database,
  store: StoreId | undefined,
  own: OwnStores = null,
): Promise<Omit<ReconciliationOpen, "forBills">> {
  const stores = await scopeStores(database, store, own);
  const { rows } = await sql<Sum>`
    select state, count(distinct coalesce(nullif(cause, ''), store || '/' || id))::integer as count, coalesce(sum(abs(amount)), 0)::bigint as amount, max(nullif(currency, '')) as currency
    from difference where store = any(${stores}) and state in ('waiting', 'break') group by state
  `.execute(database);
  const of = (state: string): ReconciliationOpen["breaks"] => {
    const row = rows.find((each) => each.state === state);
    return { count: row?.count ?? 0, amount: money(row?.amount ?? 0, (row?.currency ?? "CNY") as CurrencyCode) };
  };
  return { breaks: of("break"), waiting: of("waiting") };
}
