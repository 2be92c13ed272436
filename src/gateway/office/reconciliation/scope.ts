import { sql } from "kysely";
import type { Instant } from "../../../domain/clock.ts";
import { instantOfLocal, localTime, plusDays } from "../../../domain/local-time.ts";
import type { StoreId } from "../../../domain/identifier.ts";
import type { Accounts } from "../../payments/accounts.ts";
import type { BillRules } from "../../provider-bills.ts";
import type { Database } from "../../store/database.ts";
import { storesOf } from "../../bills/account-stores.ts";
import { storesAsked, type OwnStores } from "../page.ts";

/** An account with what its days are. */
export type OfficeAccount = {
  readonly id: string;
  readonly homeStore: string;
  readonly channel: string;
  readonly bills: BillRules;
};

/** Every provider account, or the one asked for. */
export async function accountsAsked(
  database: Database,
  accounts: Accounts,
  account: string | undefined,
): Promise<readonly OfficeAccount[]> {
  const rows = await database
    .selectFrom("provider_account")
    .select(["id", "home_store"])
    .where(account === undefined ? sql<boolean>`true` : sql<boolean>`id = ${account}`)
    .orderBy("id")
    .execute();
  const known: OfficeAccount[] = [];
  for (const { id, home_store: homeStore } of rows) {
    const { provider } = await accounts.byId(database, id);
    known.push({ id, homeStore, channel: provider.channel, bills: provider.bills });
  }
  return known;
}

/** The stores asked for, and the homes of the accounts where all are; none but `own`. */
export async function scopeStores(
  database: Database,
  store: StoreId | undefined,
  own: OwnStores = null,
): Promise<readonly string[]> {
  return storesAsked(database, store, own);
}

/**
 * Those of `known` that serve one of `own`; where `isWhole`, those that serve no other: what is about a whole account (its balance,
 * payouts, bills and rates) is for whoever has all of its stores.
 */
export async function accountsWithin(
  database: Database,
  known: readonly OfficeAccount[],
  own: OwnStores,
  isWhole: boolean,
): Promise<readonly OfficeAccount[]> {
  if (own === null) return known;
  const within: OfficeAccount[] = [];
  for (const account of known) {
    const stores = await storesOf(database, { account: account.id, store: account.homeStore });
    const isOwn = (store: string): boolean => own.includes(store);
    if (isWhole ? stores.every(isOwn) : stores.some(isOwn)) within.push(account);
  }
  return within;
}

/** The provider's day as instants; `to` is exclusive. */
export function dayInstants(day: string, zone: string): { readonly from: Instant; readonly to: Instant } {
  return { from: instantOfLocal(day, 0, zone), to: instantOfLocal(plusDays(day, 1), 0, zone) };
}

/** When a day's bill is first asked for. */
export function dueAt(day: string, { zone, readyMinute }: BillRules): Instant {
  return instantOfLocal(plusDays(day, 1), readyMinute, zone);
}

/** The provider's day at `at`. */
export function dayOf(at: Instant, { zone }: BillRules): string {
  return localTime(at, zone).date;
}
