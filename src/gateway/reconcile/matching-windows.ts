import { usualWindow, type MatchingWindow } from "../../domain/reconciliation/matching-window.ts";
import type { Database } from "../store/database.ts";

/** What clocks may differ by for this account: as somebody has set it, else as the house has it. */
export async function matchingWindowOf(step: Database, account: string): Promise<MatchingWindow> {
  const row = await step
    .selectFrom("matching_window")
    .select(["near_minutes", "pair_minutes"])
    .where("account", "=", account)
    .executeTakeFirst();
  return row === undefined ? usualWindow : { nearMinutes: row.near_minutes, pairMinutes: row.pair_minutes };
}
