import { waitDaysMax, type MendingParameters } from "../../contract/mending.ts";
import type { Instant } from "../../domain/clock.ts";
import { instantOfLocal, isDate, localTime, plusDays } from "../../domain/local-time.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";

/** What was typed beside the reason. */
export type TypedParameters = {
  readonly until: string;
  readonly paidFrom: "safe" | "bank" | "owner";
  readonly proof: string;
  readonly since: string;
  readonly percent: string;
  readonly staff: string;
  readonly row: string;
};

const percentPattern = /^\d{1,2}(?:\.\d{1,4})?$/;
/** The highest rate that may be typed, in percent. */
export const percentMax = 10;
/** Parts per million in a percent. */
export const millionthsOfPercent = 10_000;
/** A day that is waited for begins at this minute: when the bills of the day before are in. */
const morningMinute = 12 * 60;

/** The first day and the last that may be waited for at `now`. */
export function waitingDays(now: number, zone: string): { readonly min: string; readonly max: string } {
  const { date, minute } = localTime(now as Instant, zone);
  const min = minute < morningMinute ? date : plusDays(date, 1);
  return { min, max: plusDays(min, waitDaysMax - 1) };
}

/** Whether a day may be waited for. */
export function isWaitingDay(day: string, now: number, zone: string): boolean {
  const { min, max } = waitingDays(now, zone);
  return isDate(day) && day >= min && day <= max;
}

/** The parameters of an action; null while one is missing or not right. */
export function parametersOf(action: MendingAction, typed: TypedParameters, zone: string): MendingParameters | null {
  switch (action) {
    case "wait":
      return isDate(typed.until) ? { until: instantOfLocal(typed.until, morningMinute, zone) as Instant } : null;
    case "payOtherwise":
      return typed.proof.trim() === "" ? null : { paidFrom: typed.paidFrom, proof: typed.proof.trim() };
    case "correctRate": {
      const text = typed.percent.trim();
      if (!isDate(typed.since) || !percentPattern.test(text) || Number(text) > percentMax) return null;
      return { since: typed.since, rate: Math.round(Number(text) * millionthsOfPercent) };
    }
    case "chargeToStaff":
      return typed.staff === "" ? null : { staff: typed.staff };
    case "pair":
      return typed.row === "" ? null : { row: typed.row };
    default:
      return {};
  }
}
