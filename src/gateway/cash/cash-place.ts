import type { Instant } from "../../domain/clock.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import type { Database } from "../store/database.ts";

/** A store as its cash needs it: its money, its zone, its business day now. */
export type CashPlace = {
  readonly store: string;
  readonly currency: CurrencyCode;
  readonly zone: string;
  readonly today: string;
};

/** The store, or null where there is none of that name. */
export async function cashPlaceOf(database: Database, store: string, at: Instant): Promise<CashPlace | null> {
  const row = await database
    .selectFrom("store")
    .select(["zone", "cut_minute", "currency"])
    .where("id", "=", store)
    .executeTakeFirst();
  if (row === undefined) return null;
  const today = businessDateOf(at, { zone: row.zone, cutMinute: row.cut_minute });
  return { store, currency: row.currency as CurrencyCode, zone: row.zone, today };
}
