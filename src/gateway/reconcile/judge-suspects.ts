import type { Instant } from "../../domain/clock.ts";
import type { Database } from "../store/database.ts";
import type { BillDays } from "./bill-days.ts";
import type { FeeRates } from "./fee-rates.ts";
import type { Identity, MatchedAccount } from "./identity.ts";
import { judgeIdentities } from "./judge-identities.ts";
import { nextSuspects } from "./suspects.ts";

const judgedAtOnce = 2_000;

/** Judges everything gathered, some thousands at a time. */
export async function judgeSuspects(
  step: Database,
  account: MatchedAccount,
  days: BillDays,
  rates: FeeRates,
  at: Instant,
): Promise<void> {
  for (let last: Identity | null = null; ;) {
    const some: readonly Identity[] = await nextSuspects(step, last, judgedAtOnce);
    await judgeIdentities(step, account, some, days, rates, at);
    if (some.length < judgedAtOnce) return;
    last = some.at(-1) ?? null;
  }
}
