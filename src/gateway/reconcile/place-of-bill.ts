import type { ItemPlace } from "./identity.ts";

/** Where something belongs that is about a whole bill, a payout or a credit: no sale and no till. */
export function placeOfBill(bill: string | null, day: string, currency = ""): ItemPlace {
  return {
    attempt: null,
    sale: null,
    till: null,
    staff: null,
    channel: null,
    businessDate: "",
    bill,
    day,
    currency,
  };
}
