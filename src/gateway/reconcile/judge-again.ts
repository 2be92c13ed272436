import type { Instant } from "../../domain/clock.ts";
import { instantOfLocal, plusDays } from "../../domain/local-time.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { BillRules } from "../provider-bills.ts";
import { billDays } from "./bill-days.ts";
import { feeRates } from "./fee-rates.ts";
import type { MatchedAccount } from "./identity.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { matchingWindowOf } from "./matching-windows.ts";
import { judgeSuspects } from "./judge-suspects.ts";
import { dropSuspects, gatherOpen, gatherSuspects } from "./suspects.ts";
import type { Database } from "../store/database.ts";

/** Judges every day of an account from `since` on anew, whose bill is here: its rate has been set otherwise. */
export async function judgeAgainSince(
  step: Database,
  account: MatchedAccount,
  rules: Pick<BillRules, "zone">,
  since: string,
  at: Instant,
): Promise<void> {
  await oneAtATime(step, account.id);
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
  for (const { day } of rows) await judgeDay(step, account, rules, day, at);
}

/** Judges one day of an account anew, all of it. */
export async function judgeDayAgain(
  step: Database,
  account: MatchedAccount,
  rules: Pick<BillRules, "zone">,
  day: string,
  at: Instant,
): Promise<void> {
  await oneAtATime(step, account.id);
  await judgeDay(step, account, rules, day, at);
}

async function judgeDay(
  step: Database,
  account: MatchedAccount,
  rules: Pick<BillRules, "zone">,
  day: string,
  at: Instant,
): Promise<void> {
  const stores = await storesOf(step, { account: account.id, store: account.homeStore });
  const window = await matchingWindowOf(step, account.id);
  const days = await billDays(step, account, rules, window.nearMinutes, at);
  const rates = await feeRates(step, account.id);
  const from = instantOfLocal(day, 0, rules.zone);
  const to = instantOfLocal(plusDays(day, 1), 0, rules.zone);
  const of = { account, stores, day, from, to, window };
  await gatherSuspects(step, of, rates.on(day));
  await gatherOpen(step, of, [day]);
  await judgeSuspects(step, account, days, rates, at);
  await dropSuspects(step);
}
