import type { Instant, Random } from "../../domain/clock.ts";
import type { MatchingWindow } from "../../domain/reconciliation/matching-window.ts";
import { audit } from "../audit/audit.ts";
import { matchingWindowOf } from "../reconcile/matching-windows.ts";
import type { Database } from "../store/database.ts";

/** Sets what clocks may differ by for an account; what is judged from now on goes by it, and whoever sets it has the days that are here judged anew. */
export async function setMatchingWindow(
  step: Database,
  random: Random,
  account: string,
  window: MatchingWindow,
  by: { readonly who: string; readonly secondPerson: string | null },
  at: Instant,
): Promise<void> {
  const before = await matchingWindowOf(step, account);
  const set = { near_minutes: window.nearMinutes, pair_minutes: window.pairMinutes, set_by: by.who, set_at: at };
  await step
    .insertInto("matching_window")
    .values({ account, ...set })
    .onConflict((conflict) => conflict.column("account").doUpdateSet(set))
    .execute();
  const { who, secondPerson } = by;
  await audit(step, random, {
    store: null,
    who,
    act: "windowChanged",
    subject: account,
    before,
    after: window,
    secondPerson,
    at,
  });
}
