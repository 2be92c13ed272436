import { sql } from "kysely";
import type { TrialBalance, TrialFilter } from "../../../contract/ledger.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import { accounts } from "../../books/ledger.ts";
import type { Database } from "../../store/database.ts";
import { namedInAccounts } from "../named-things.ts";
import { storesAsked, type OwnStores } from "../page.ts";

/** Accounts whose balance equals the open items behind it (`books.md` 10). */
export function isListAccount(account: string): boolean {
  return (
    account === accounts.suspense ||
    account === accounts.unproven ||
    account === accounts.unexplained ||
    account === accounts.cashInTransit ||
    account.startsWith("refundsOwed/") ||
    account.startsWith("receivable/")
  );
}

/** Debits, credits and balance of every account at an instant, for a store or all, up to a business date or all. */
export async function trialBalance(
  database: Database,
  filter: TrialFilter,
  now: Instant,
  own: OwnStores = null,
): Promise<TrialBalance> {
  const stores = await storesAsked(database, filter.store, own);
  const at = (filter.at === undefined ? now : Number(filter.at)) as Instant;
  const day = filter.day ?? null;
  const { rows } = await sql<{ account: string; debits: number; credits: number; currency: CurrencyCode }>`
    select account, sum(debits)::bigint as debits, sum(credits)::bigint as credits, max(currency) as currency
    from (
      select debit as account, amount as debits, 0 as credits, currency from ledger_transfer
      where store = any(${stores}) and at <= ${at} and (${day}::text is null or business_date <= ${day})
      union all
      select credit, 0, amount, currency from ledger_transfer
      where store = any(${stores}) and at <= ${at} and (${day}::text is null or business_date <= ${day})
    ) sides
    group by account order by account
  `.execute(database);
  const isAnySafeUncounted = await isUncounted(database, stores, at);
  const currency = rows[0]?.currency ?? "CNY";
  const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((all, row) => all + pick(row), 0);
  return {
    at,
    accounts: rows.map((row) => ({
      account: row.account,
      debits: money(row.debits, currency),
      credits: money(row.credits, currency),
      balance: money(row.debits - row.credits, currency),
      isList: isListAccount(row.account),
      isUncounted: row.account === accounts.safe && isAnySafeUncounted,
    })),
    debits: money(
      sum((row) => row.debits),
      currency,
    ),
    credits: money(
      sum((row) => row.credits),
      currency,
    ),
    names: await namedInAccounts(
      database,
      rows.map(({ account }) => account),
    ),
  };
}

/** Whether a safe of `stores` with cash in the books had not been counted by then. */
async function isUncounted(database: Database, stores: readonly string[], at: Instant): Promise<boolean> {
  const { rows } = await sql`
    select 1 from unnest(${[...stores]}::text[]) as own (store)
    where exists (select 1 from ledger_transfer l where l.store = own.store and ${accounts.safe} in (l.debit, l.credit) and l.at <= ${at})
      and not exists (select 1 from safe_count c where c.store = own.store and c.at <= ${at})
    limit 1`.execute(database);
  return rows.length > 0;
}
