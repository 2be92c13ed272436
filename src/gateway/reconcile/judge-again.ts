import type { Instant } from "../../domain/clock.ts";
import { instantOfLocal, plusDays } from "../../domain/local-time.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { BillRules } from "../provider-bills.ts";
import { billDays } from "./bill-days.ts";
import { feeRates } from "./fee-rates.ts";
import type { MatchedAccount } from "./identity.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { matchingWindowOf } from "./matching-windows.ts";
import { pairTenders } from "./pair-tenders.ts";
import { judgeSuspects } from "./judge-suspects.ts";
import { dropSuspects, gatherOpen, gatherSuspects } from "./suspects.ts";
import type { Database } from "../store/database.ts";

/** The days from `since` on whose trade bill of an account is here, in order. */
export async function billedDays(step: Database, account: MatchedAccount, since: string): Promise<readonly string[]> {
  const rows = await step
    .selectFrom("bill")
    .select("day")
    .where("store", "=", account.homeStore)
    .where("account", "=", account.id)
    .where("kind", "=", "trade")
    .where("state", "=", "current")
    .where("day", ">=", since)
    .orderBy("day")
    .execute();
  return rows.map(({ day }) => day);
}

/** Judges these days of an account anew, whose bills are here: its rate or the minutes of its matching have been set otherwise. */
export async function judgeAgain(
  step: Database,
  account: MatchedAccount,
  rules: Pick<BillRules, "zone">,
  billed: readonly string[],
  at: Instant,
): Promise<void> {
  await oneAtATime(step, account.id);
  const stores = await storesOf(step, { account: account.id, store: account.homeStore });
  const window = await matchingWindowOf(step, account.id);
  const days = await billDays(step, account, rules, window.nearMinutes, at);
  const rates = await feeRates(step, account.id);
  for (const day of billed) {
    const of = {
      account,
      stores,
      day,
      from: instantOfLocal(day, 0, rules.zone),
      to: instantOfLocal(plusDays(day, 1), 0, rules.zone),
      window,
    };
    await gatherSuspects(step, of, rates.on(day));
    await gatherOpen(step, of, [day]);
    await judgeSuspects(step, account, days, rates, at);
    await dropSuspects(step);
    await pairTenders(step, account, stores, days, { ...of, zone: rules.zone }, at);
  }
}
