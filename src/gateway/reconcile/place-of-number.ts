import type { Instant } from "../../domain/clock.ts";
import type { BillStand } from "../../domain/reconciliation/verdict.ts";
import type { BillDays } from "./bill-days.ts";
import type { ItemPlace } from "./identity.ts";

/** What a query about payments or refunds tells of where a number belongs: ours where we know it, theirs where a bill has it. */
export type PlacedRow = {
  readonly sale: string | null;
  readonly till: string | null;
  readonly staff: string | null;
  readonly channel: string | null;
  readonly business_date: string | null;
  readonly currency: string | null;
  readonly our_at: number | null;
  readonly their_rate: number | null;
  readonly their_day: string | null;
  readonly their_bill: string | null;
  readonly their_currency: string | null;
};

/** Where one number belongs: on the day of the bill that has it, else on the one in which it should stand. */
export function placeOfNumber(row: PlacedRow, attempt: string | null, days: BillDays): ItemPlace {
  const ourDay = row.our_at === null ? null : days.dayOf(row.our_at as Instant);
  return {
    attempt,
    sale: row.sale,
    till: row.till,
    staff: row.staff,
    channel: row.channel,
    bill: row.their_bill,
    day: row.their_day ?? ourDay ?? "",
    businessDate: row.business_date ?? "",
    currency: row.currency ?? row.their_currency ?? "",
    rate: row.their_rate,
    isDayEmpty: row.their_day === null && ourDay !== null && days.isEmpty(ourDay),
  };
}

/** How far the bill is in which a movement of ours must stand; what we know of no movement is missed in none. */
export function standOfNumber({ our_at: at }: PlacedRow, days: BillDays): BillStand {
  return at === null ? { here: true, neighbourUntil: null } : days.standOf(at as Instant);
}
