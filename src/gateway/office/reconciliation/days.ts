import { sql } from "kysely";
import type { DaysFilter, ReconciliationDay, ReconciliationDays } from "../../../contract/reconciliation.ts";
import type { Instant } from "../../../domain/clock.ts";
import { plusDays } from "../../../domain/local-time.ts";
import { add, money, type CurrencyCode } from "../../../domain/money.ts";
import type { Accounts } from "../../payments/accounts.ts";
import { lateAt } from "../../reconcile/bill-days.ts";
import { billReaches } from "../../reconcile/bill-reach.ts";
import type { Database } from "../../store/database.ts";
import { oursOf } from "./ours-of-day.ts";
import { accountsAsked, accountsWithin, dueAt, scopeStores, type OfficeAccount } from "./scope.ts";
import type { OwnStores } from "../page.ts";

/** Days in one answer. */
export const daysMax = 31;

type Sum = { readonly day: string; readonly count: number; readonly amount: number };

/** Each provider's day of each account between two days, newest first: how far its bill is, and what the two sides come to. */
export async function reconciliationDays(
  database: Database,
  accounts: Accounts,
  filter: DaysFilter,
  now: Instant,
  own: OwnStores = null,
): Promise<ReconciliationDays> {
  const known = await accountsWithin(database, await accountsAsked(database, accounts, undefined), own, false);
  const stores = await scopeStores(database, filter.store, own);
  const days = daysOf(filter);
  const found: ReconciliationDay[] = [];
  for (const account of known) found.push(...(await ofAccount(database, account, stores, days, now)));
  return { days: found.toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : a.account < b.account ? -1 : 1)) };
}

function daysOf({ from, to }: DaysFilter): readonly string[] {
  const days: string[] = [];
  for (let day = to; day >= from && days.length < daysMax; day = plusDays(day, -1)) days.push(day);
  return days;
}

async function ofAccount(
  database: Database,
  account: OfficeAccount,
  stores: readonly string[],
  days: readonly string[],
  now: Instant,
): Promise<readonly ReconciliationDay[]> {
  const first = days.at(-1);
  const last = days[0];
  if (first === undefined || last === undefined) return [];
  const bills = await billsOf(database, account, first, last);
  const shares = await sharesOf(database, account, stores, first, last);
  const open = await openOf(database, account, stores, first, last);
  const of = { accounts: [account.id], stores: [account.homeStore], days: { from: first, to: last } };
  const reaches = await billReaches(database, of, account.bills.zone);
  const found: ReconciliationDay[] = [];
  for (const day of days) {
    const until = reaches.find((each) => each.day === day)?.until ?? -1;
    const ours = await oursOf(database, account, stores, day, until);
    const bill = bills.find((each) => each.day === day);
    const share = shares.find((each) => each.day === day);
    if (bill === undefined && ours.count === 0 && !open.some((each) => each.day === day)) continue;
    const currency = (ours.currency ?? share?.currency ?? "CNY") as CurrencyCode;
    const sum = (state: string): { count: number; amount: ReturnType<typeof money> } => {
      const rows = open.filter((each) => each.day === day && each.state === state);
      return {
        count: rows.reduce((all, each) => all + each.count, 0),
        amount: money(
          rows.reduce((all, each) => all + each.amount, 0),
          currency,
        ),
      };
    };
    const waiting = sum("waiting");
    const later = { count: waiting.count + ours.later, amount: add(waiting.amount, money(ours.after, currency)) };
    found.push({
      day,
      account: account.id,
      channel: account.channel,
      bill: {
        state: stateOf(account, day, bill?.state, now),
        at: (bill?.taken_at ?? null) as Instant | null,
        version: bill?.version ?? 0,
        id: bill?.id ?? null,
      },
      ours: { count: ours.count, amount: money(ours.amount, currency) },
      theirs: { count: share?.count ?? 0, amount: money(share?.amount ?? 0, currency) },
      fee: money(share?.fee ?? 0, currency),
      other: { count: share?.others ?? 0, amount: money(share?.other ?? 0, currency) },
      breaks: sum("break"),
      waiting: later,
    });
  }
  return found;
}

function stateOf(
  { bills }: OfficeAccount,
  day: string,
  state: string | undefined,
  now: Instant,
): ReconciliationDay["bill"]["state"] {
  if (state === "current") return "here";
  if (state === "empty" || state === "refused") return state;
  if (now < dueAt(day, bills)) return "notDue";
  return now < lateAt(day, bills.zone) ? "awaited" : "missing";
}

/** The newest bill of each day that says something. */
async function billsOf(database: Database, account: OfficeAccount, first: string, last: string) {
  const rows = await database
    .selectFrom("bill")
    .select(["id", "day", "state", "version", "taken_at"])
    .where("store", "=", account.homeStore)
    .where("account", "=", account.id)
    .where("kind", "=", "trade")
    .where("day", ">=", first)
    .where("day", "<=", last)
    .where("state", "<>", "replaced")
    .orderBy("version", "desc")
    .execute();
  const isKnown = ({ state }: { state: string }): boolean => state === "current" || state === "empty";
  // one that counts stands before a later one that could not be read
  return rows.toSorted((a, b) => Number(isKnown(b)) - Number(isKnown(a)));
}

async function sharesOf(
  database: Database,
  account: OfficeAccount,
  stores: readonly string[],
  first: string,
  last: string,
) {
  const { rows } = await sql<
    Sum & { readonly fee: number; readonly other: number; readonly others: number; readonly currency: string | null }
  >`
    select s.day, sum(payments + refunds)::integer as count, sum(receivable - taken - given_back)::bigint as amount,
      sum(fee)::bigint as fee, sum(other_amount)::bigint as other, sum(other_rows)::integer as others, null as currency
    from bill_share s join bill b on b.store = ${account.homeStore} and b.id = s.bill and b.state = 'current'
    where s.store = any(${stores}) and s.account = ${account.id} and s.day >= ${first} and s.day <= ${last}
    group by s.day
  `.execute(database);
  return rows;
}

async function openOf(
  database: Database,
  account: OfficeAccount,
  stores: readonly string[],
  first: string,
  last: string,
) {
  const { rows } = await sql<Sum & { readonly state: string }>`
    select day, state, count(distinct coalesce(nullif(cause, ''), store || '/' || id))::integer as count,
      coalesce(sum(abs(amount)), 0)::bigint as amount
    from difference
    where store = any(${stores}) and account = ${account.id} and day >= ${first} and day <= ${last}
      and state in ('waiting', 'break')
    group by day, state
  `.execute(database);
  return rows;
}
