import type { Instant } from "../../domain/clock.ts";
import { instantOfLocal, localTime, plusDays } from "../../domain/local-time.ts";
import type { BillStand } from "../../domain/reconciliation/verdict.ts";
import type { BillRules } from "../provider-bills.ts";
import type { Database } from "../store/database.ts";
import { allDays, billReaches } from "./bill-reach.ts";

/** Until when a day's bill may still come without anybody being asked: noon of the day after (`books.md` 2). */
const lateMinute = 12 * 60;
const dayMinutes = 24 * 60;

/** Which of an account's bills are here. */
export type BillDays = {
  /** The provider's day of an instant. */
  dayOf(at: Instant): string;
  /** How far the bill is in which something that moved at `at` must stand. */
  standOf(at: Instant): BillStand;
  /** Whether the provider says of that day that nothing happened. */
  isEmpty(day: string): boolean;
};

/**
 * The days of an account's trade bills, as they are now.
 *
 * @param nearMinutes how near the provider's midnight a movement may stand in the neighbouring bill
 */
export async function billDays(
  step: Database,
  account: { readonly id: string; readonly homeStore: string },
  rules: Pick<BillRules, "zone">,
  nearMinutes: number,
  now: Instant,
): Promise<BillDays> {
  const of = { accounts: [account.id], stores: [account.homeStore], days: allDays };
  const rows = await billReaches(step, of, rules.zone);
  const here = new Map(rows.map(({ day, until }) => [day, until]));
  const empty = new Set(rows.filter(({ state }) => state === "empty").map(({ day }) => day));
  return {
    dayOf: (at) => localTime(at, rules.zone).date,
    isEmpty: (day) => empty.has(day),
    standOf: (at) => {
      const { date, minute } = localTime(at, rules.zone);
      const neighbour =
        minute < nearMinutes ? plusDays(date, -1) : minute >= dayMinutes - nearMinutes ? plusDays(date, 1) : null;
      const isHere = at <= (here.get(date) ?? -1);
      if (neighbour === null) return { here: isHere, neighbourUntil: null };
      // the neighbour's has to reach as far as the movement may lie in it
      const edge =
        neighbour < date ? instantOfLocal(date, 0, rules.zone) : instantOfLocal(neighbour, nearMinutes, rules.zone);
      if ((here.get(neighbour) ?? -1) >= edge) return { here: isHere, neighbourUntil: null };
      const until = lateAt(neighbour, rules.zone);
      return { here: isHere, neighbourUntil: until > now ? until : null };
    },
  };
}

/** When a day's bill is late. */
export function lateAt(day: string, zone: string): Instant {
  return instantOfLocal(plusDays(day, 1), lateMinute, zone);
}
