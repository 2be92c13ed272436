import { sql } from "kysely";
import type { AccountSettlement, OfficeSettlement } from "../../../contract/settlement.ts";
import type { Instant } from "../../../domain/clock.ts";
import { localTime, plusDays } from "../../../domain/local-time.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import { arrivesWithinDays } from "../../../domain/settlement/match-payouts.ts";
import { storesOf } from "../../bills/account-stores.ts";
import { accounts as names } from "../../books/ledger.ts";
import type { Accounts } from "../../payments/accounts.ts";
import type { Database } from "../../store/database.ts";
import type { OwnStores } from "../page.ts";
import { accountsAsked, accountsWithin, type OfficeAccount } from "../reconciliation/scope.ts";
import { banks } from "./banks.ts";
import { whyOff } from "./why-off.ts";

/** How many days of payouts are shown at most. */
export const settlementDaysMax = 90;
const settlementDays = 14;

/** What lies with each provider, what is on its way, and what should arrive when. */
export async function settlementOverview(
  database: Database,
  accounts: Accounts,
  days: number | null,
  now: Instant,
  own: OwnStores = null,
): Promise<OfficeSettlement> {
  const known = await accountsWithin(database, await accountsAsked(database, accounts, undefined), own, true);
  const told: AccountSettlement[] = [];
  for (const account of known)
    told.push(await ofAccount(database, account, Math.min(days ?? settlementDays, settlementDaysMax), now));
  return {
    accounts: told,
    banks: (await banks(database, now)).filter(({ store }) => own === null || own.includes(store)),
  };
}

async function ofAccount(
  database: Database,
  account: OfficeAccount,
  days: number,
  now: Instant,
): Promise<AccountSettlement> {
  const { currency } = await database
    .selectFrom("store")
    .select("currency")
    .where("id", "=", account.homeStore)
    .executeTakeFirstOrThrow();
  const of = (amount: number) => money(amount, currency as CurrencyCode);
  const from = plusDays(localTime(now, account.bills.zone).date, -days);
  const payouts = await payoutsSince(database, account, from);
  const last = await lastFlow(database, account);
  // a later day's bill may be here before its flow
  const booked = last === undefined ? 0 : await balanceOf(database, names.balance(account.id), last.day);
  const why = last === undefined ? [] : await whyOff(database, account, last.day, last.balance - booked);
  return {
    account: account.id,
    channel: account.channel,
    stores: [...(await storesOf(database, { account: account.id, store: account.homeStore }))],
    balance: of(await balanceOf(database, names.balance(account.id))),
    told:
      last === undefined
        ? null
        : {
            balance: of(last.balance),
            day: last.day,
            booked: of(booked),
            over: of(last.balance - booked),
            why: why.map((each) => ({ ...each, amount: of(each.amount) })),
          },
    receivable: of(await balanceOf(database, names.receivable(account.id))),
    inTransit: of(await balanceOf(database, names.payoutInTransit(account.id))),
    payouts: payouts.map((row) => ({
      number: row.number,
      day: row.day,
      amount: of(row.amount),
      state: row.state,
      expectedBy: plusDays(row.day, arrivesWithinDays),
      arrivedOn: row.arrived_on,
      credited: row.credited === null ? null : of(row.credited),
      isOpen: row.is_open,
    })),
  };
}

/** An account's balance, of everything or of the business days up to one. */
async function balanceOf(database: Database, account: string, through: string | null = null): Promise<number> {
  const { rows } = await sql<{ balance: number }>`
    select coalesce(sum(case when debit = ${account} then amount else -amount end), 0)::bigint as balance
    from ledger_transfer where (debit = ${account} or credit = ${account})
      and ${through === null ? sql`true` : sql`business_date <= ${through}`}`.execute(database);
  return rows[0]?.balance ?? 0;
}

/** Payouts from a day on, and whatever is still under way. */
async function payoutsSince(database: Database, account: OfficeAccount, from: string) {
  return database
    .selectFrom("payout")
    .leftJoin("bank_match", (join) =>
      join
        .onRef("bank_match.store", "=", "payout.store")
        .onRef("bank_match.account", "=", "payout.account")
        .onRef("bank_match.payout", "=", "payout.number"),
    )
    .select([
      "payout.number",
      "payout.day",
      "payout.amount",
      "payout.state",
      "payout.arrived_on",
      sql<number | null>`bank_match.amount`.as("credited"),
      sql<boolean>`exists (
        select 1 from difference d where d.store = payout.store and d.account = payout.account and d.side = 'payout'
          and d.number = payout.number and d.state = 'break')`.as("is_open"),
    ])
    .where("payout.store", "=", account.homeStore)
    .where("payout.account", "=", account.id)
    .where((row) => row.or([row("payout.day", ">=", from), row("payout.state", "=", "sent")]))
    .orderBy("payout.day", "desc")
    .orderBy("payout.number", "desc")
    .execute();
}

/** Where the provider's own last flow ends. */
async function lastFlow(database: Database, account: OfficeAccount) {
  return database
    .selectFrom("flow_row")
    .innerJoin("bill", (join) => join.onRef("bill.store", "=", "flow_row.store").onRef("bill.id", "=", "flow_row.bill"))
    .select(["flow_row.balance", "flow_row.day"])
    .where("flow_row.store", "=", account.homeStore)
    .where("flow_row.account", "=", account.id)
    .where("bill.state", "=", "current")
    .orderBy("flow_row.day", "desc")
    .orderBy("flow_row.line", "desc")
    .limit(1)
    .executeTakeFirst();
}
