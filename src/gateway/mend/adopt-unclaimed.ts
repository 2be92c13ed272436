import type { Random } from "../../domain/clock.ts";
import type { PaymentId, RefundId, StoreId } from "../../domain/identifier.ts";
import { money, subtract, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { accounts, matched, shopFunded } from "../books/ledger.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import type { Attempt } from "../payments/attempt.ts";
import { applyLockedRefund } from "../refunds/apply-refund.ts";
import type { Refund } from "../refunds/refund.ts";
import { lockRefund, refundsOf } from "../refunds/refund-store.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import type { MendRefusal } from "./adopt.ts";
import { oweWhatIsLeft, takeLateYes } from "./give-back.ts";
import { postMending, sayMended, sizeOf, type MendBy, type MendItem } from "./mend-item.ts";

/**
 * Takes a refund made outside for money that is the payer's anyway: a refund of ours of the same amount that did not get through, or
 * money that no sale counts. It is owed by us and paid by what the bill shows, so that nobody gives it back again. Null where it is
 * neither, and may be a return of the payment's sale.
 *
 * @param asked what was given back by it, in minor units
 */
export async function adoptUnclaimed(
  step: Database,
  random: Random,
  item: MendItem,
  asked: number,
  by: MendBy,
): Promise<Result<null, MendRefusal> | null> {
  const attempt = await lockAttempt(step, item.row.store as StoreId, item.row.attempt as PaymentId);
  if (attempt === null) return null;
  const owed = await owedBy(step, random, item, attempt, asked, by);
  if (owed === null || !owed.ok) return owed;
  const refund = await lockRefund(step, attempt.store, owed.value);
  if (refund === null) return refuse("changed");
  return paidOutside(step, item, refund, attempt, by);
}

/** The refund of ours that it is: one that stands and waits for a person, else one that is promised now. */
async function owedBy(
  step: Database,
  random: Random,
  item: MendItem,
  attempt: Attempt,
  asked: number,
  by: MendBy,
): Promise<Result<RefundId, MendRefusal> | null> {
  const standing = (await refundsOf(step, attempt.store, attempt.id)).filter(isStuck);
  const same = standing.find(({ amount }) => amount.amount === asked);
  if (same !== undefined) return ok(same.id);
  const open = await openPayment(step, item, ["captureWithoutSale", "paidTwice", "paidAfterGivingUp", "notGivenBack"]);
  if (open === null) return null;
  if (open.class === "captureWithoutSale" || open.class === "paidTwice") {
    if (Math.abs(open.row.amount) < asked) return refuse("changed");
    return oweWhatIsLeft(step, random, attempt, money(asked, item.row.currency as CurrencyCode), by);
  }
  // all of it is owed back by itself: a part of it would be left owed twice
  if (sizeOf(open).amount !== sizeOf(item).amount) return refuse("nothingToGoBy");
  const taken = await takeLateYes(step, open, attempt, by);
  if (!taken.ok) return taken;
  await sayMended(step, open, by);
  const [promised] = (await refundsOf(step, attempt.store, attempt.id)).filter(isStuck);
  return promised === undefined ? refuse("changed") : ok(promised.id);
}

/** Not taken on by the provider, nor being asked about, and with none in its place. */
function isStuck({ state: { kind }, memo: { replacedBy } }: Refund): boolean {
  return replacedBy === null && (kind === "owed" || kind === "failed" || kind === "abnormal");
}

/** The break of the payment itself, locked. */
async function openPayment(
  step: Database,
  { row: { store, account, attempt } }: MendItem,
  classes: readonly BreakClass[],
): Promise<MendItem | null> {
  const row: DifferenceRow | undefined = await step
    .selectFrom("difference")
    .selectAll()
    .where("store", "=", store)
    .where("account", "=", account)
    .where("side", "=", "payment")
    .where("number", "=", attempt ?? "")
    .where("state", "=", "break")
    .where("class", "in", classes)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : { row, class: row.class as BreakClass };
}

/** Owed no longer: what the bill took for it is explained, and what a coupon of the shop's had paid of it is undone. */
async function paidOutside(
  step: Database,
  item: MendItem,
  refund: Refund,
  attempt: Attempt,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const detail = { by: by.person, mending: by.mending, from: "provider", proof: item.row.number };
  const told = { kind: "paidOtherwise", detail };
  const after = await applyLockedRefund(step, refund, { kind: "paidOtherwise" }, told, by.at);
  if (after.refund.state.kind !== "paidOtherwise") return refuse("stillAsked");
  const taken = sizeOf(item);
  const less = subtract(refund.amount, taken);
  const credits = [
    { account: accounts.unexplained, amount: taken },
    ...(less.amount > 0 ? shopFunded(less, attempt.snapshot?.taxes ?? []) : []),
  ];
  const owed = { account: accounts.refundsOwed(refund.account), amount: refund.amount };
  await postMending(step, item, matched([owed], credits), by);
  await sayMended(step, item, by);
  return ok(null);
}
