import type { StoreId } from "../../../domain/identifier.ts";
import type { Instant } from "../../../domain/clock.ts";
import { plusDays } from "../../../domain/local-time.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import type { ReconciliationOpen } from "../../../contract/reconciliation.ts";
import type { Accounts } from "../../payments/accounts.ts";
import { billReaches, forever } from "../../reconcile/bill-reach.ts";
import type { Database } from "../../store/database.ts";
import type { OwnStores } from "../page.ts";
import { daysMax } from "./days.ts";
import { oursOf } from "./ours-of-day.ts";
import { accountsAsked, accountsWithin, dayOf, scopeStores } from "./scope.ts";

/**
 * What moved on the days whose bill is not here yet, or came before the day was over, as far back as the list of days reaches: it waits
 * for a whole bill and has no difference of its own. As in that list, refunds count against payments.
 */
export async function billsAwaited(
  database: Database,
  accounts: Accounts,
  store: StoreId | undefined,
  now: Instant,
  own: OwnStores = null,
): Promise<ReconciliationOpen["forBills"]> {
  const stores = await scopeStores(database, store, own);
  const known = await accountsWithin(database, await accountsAsked(database, accounts, undefined), own, false);
  const sum = { count: 0, amount: 0, days: new Set<string>() };
  let currency = "CNY";
  for (const account of known) {
    const to = dayOf(now, account.bills);
    const from = plusDays(to, 1 - daysMax);
    const of = { accounts: [account.id], stores: [account.homeStore], days: { from, to } };
    const reaches = new Map(
      (await billReaches(database, of, account.bills.zone)).map(({ day, until }) => [day, until]),
    );
    for (let day = from; day <= to; day = plusDays(day, 1)) {
      const until = reaches.get(day);
      if (until === forever) continue;
      const ours = await oursOf(database, account, stores, day, until ?? -1);
      if (ours.later === 0) continue;
      sum.count += ours.later;
      sum.amount += ours.after;
      sum.days.add(day);
      currency = ours.currency ?? currency;
    }
  }
  return { count: sum.count, amount: money(sum.amount, currency as CurrencyCode), days: sum.days.size };
}
