import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, StoreId } from "../../domain/identifier.ts";
import { money, subtract, type CurrencyCode } from "../../domain/money.ts";
import type { Capture } from "../../domain/payment-attempt.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { applyLocked } from "../payments/apply-event.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import type { Database } from "../store/database.ts";
import { keepUnasked } from "./unasked.ts";
import { explain, sayMended, type MendBy, type MendItem } from "./mend-item.ts";

/** Why an action cannot be done as things stand now. */
export type MendRefusal =
  /** It is not what it was: propose anew. */
  | "changed"
  /** The provider is still being asked: wait for its answer. */
  | "stillAsked"
  /** There is no row of theirs, or no payment of ours, to go by. */
  | "nothingToGoBy"
  /** Something that the action needs was not named, or is not as it must be. */
  | "badParameters"
  /** Money of this payment was given back at the provider already: that refund is to be taken in first. */
  | "backOutside"
  /** Not enough is known of the sale: its parts were paid otherwise, or were never frozen. */
  | "notCompletable";

/** What the bill says of a payment, as a capture of ours. Null without a row. */
export async function captureInBill(step: Database, item: MendItem): Promise<Capture | null> {
  const row = await step
    .selectFrom("bill_row")
    .selectAll()
    .where("store", "=", item.row.store)
    .where("account", "=", item.row.account)
    .where("side", "=", "payment")
    .where("number", "=", item.row.number)
    .where("gone_with", "is", null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const currency = row.currency as CurrencyCode;
  const order = money(row.amount, currency);
  const receivable = money(row.receivable, currency);
  const byShop = subtract(order, receivable);
  return {
    order,
    receivable,
    // the bill does not say what left the payer's pocket: a memo, never compared
    paid: receivable,
    providerTransactionId: row.provider_number,
    capturedAt: row.at as Instant,
    discounts: byShop.amount === 0 ? [] : [{ funder: "shop", name: "", amount: byShop }],
  };
}

/** A sale counts the payment already: it is captured by the bill's word, and what was unexplained is explained. */
export async function adopt(step: Database, item: MendItem, by: MendBy): Promise<Result<null, MendRefusal>> {
  const capture = await captureInBill(step, item);
  if (capture === null) return refuse("nothingToGoBy");
  const store = item.row.store as StoreId;
  const known = await lockAttempt(step, store, item.row.number as PaymentId);
  const attempt = known ?? (await keepUnasked(step, item, by));
  if (attempt === null) return refuse("nothingToGoBy");
  const told = { kind: "adopted", detail: { by: by.person, mending: by.mending } };
  const after = await applyLocked(step, attempt, { kind: "adopted", capture }, told, by.at);
  if (after.attempt.state.kind !== "captured") return refuse("stillAsked");
  await explain(step, item, by);
  await sayMended(step, item, by);
  return ok(null);
}
