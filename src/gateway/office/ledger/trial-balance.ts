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
