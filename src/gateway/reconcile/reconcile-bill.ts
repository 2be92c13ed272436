import type { Instant } from "../../domain/clock.ts";
import { instantOfLocal, plusDays } from "../../domain/local-time.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { TakenBill } from "../bills/take-bill.ts";
import type { BillRules } from "../provider-bills.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import { bigWork } from "../store/big-work.ts";
import type { Database } from "../store/database.ts";
import { billDays } from "./bill-days.ts";
import { cameEarly } from "./bill-reach.ts";
import { feeRates } from "./fee-rates.ts";
import type { MatchedAccount } from "./identity.ts";
import { judgeFooter } from "./judge-footer.ts";
import { judgeSuspects } from "./judge-suspects.ts";
import { matchingWindowOf } from "./matching-windows.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { pairTenders } from "./pair-tenders.ts";
import { planBankMatch } from "../settlement/plan-bank-match.ts";
import { proveBalance } from "../settlement/prove-balance.ts";
import { takeFlow } from "../settlement/take-flow.ts";
import { postBill } from "./post-bill.ts";
import { unpairGone } from "./unpair.ts";
import { gatherChanged, gatherOpen, gatherSuspects } from "./suspects.ts";

/**
 * What follows from a bill whose rows are in, in the same SQL transaction: every number of its day judged against our captures and
 * sales, unproved tenders paired, its own footer held against its rows, and what it says posted. The same bill again finds nothing
 * to do; a corrected one judges what changed.
 */
export async function reconcileBill(
  step: Database,
  { bill, changed }: Pick<Extract<TakenBill, { kind: "taken" }>, "bill" | "changed">,
  rules: Pick<BillRules, "zone">,
  at: Instant,
): Promise<void> {
  await bigWork(step);
  await oneAtATime(step, bill.account);
  if (bill.kind === "fundFlow") return reconcileFlow(step, bill, at);
  const account: MatchedAccount = { id: bill.account, homeStore: bill.store };
  const window = await matchingWindowOf(step, account.id);
  const of = {
    account,
    stores: await storesOf(step, bill),
    day: bill.day,
    from: instantOfLocal(bill.day, 0, rules.zone),
    to: instantOfLocal(plusDays(bill.day, 1), 0, rules.zone),
    window,
  };
  const days = await billDays(step, account, rules, window.nearMinutes, at);
  const rates = await feeRates(step, account.id);
  const isFirst =
    changed === null || (await cameEarly(step, { account: account.id, ...account }, bill.day, rules.zone));
  if (isFirst) await gatherSuspects(step, of, rates.on(bill.day));
  if (changed !== null) await gatherChanged(step, !isFirst);
  await gatherOpen(step, of, [plusDays(bill.day, -1), bill.day, plusDays(bill.day, 1)]);
  await judgeSuspects(step, account, days, rates, at);
  if (changed !== null) await unpairGone(step, account, rules.zone, at);
  await pairTenders(step, account, of.stores, days, { ...of, zone: rules.zone }, at);
  await judgeFooter(step, account, bill, at);
  const others = await postBill(step, bill, changed === null, at);
  for (const day of [bill.day, ...others]) await proveBalance(step, account, day, at);
}

async function reconcileFlow(step: Database, bill: BillStoredRow, at: Instant): Promise<void> {
  const account = { id: bill.account, homeStore: bill.store };
  await judgeFooter(step, account, bill, at);
  await takeFlow(step, bill, at);
  await planBankMatch(step, bill, at);
  await proveBalance(step, account, bill.day, at);
}
