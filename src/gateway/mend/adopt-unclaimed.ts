import type { Random } from "../../domain/clock.ts";
import { makeId, type PaymentId, type RefundId, type StoreId, type Tag } from "../../domain/identifier.ts";
import { money, subtract, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { accounts, matched, shopFunded } from "../books/ledger.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import type { Attempt } from "../payments/attempt.ts";
import { applyLockedRefund, sayLess } from "../refunds/apply-refund.ts";
import type { Refund } from "../refunds/refund.ts";
import { oweRefund } from "../refunds/owe.ts";
import { lockRefund, refundsOf, tellRefund } from "../refunds/refund-store.ts";
import { ofPayers, type BreakClass } from "../../domain/reconciliation/verdict.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import type { MendRefusal } from "./adopt.ts";
import { askedOutside } from "./back-outside.ts";
import { oweWhatIsLeft, takeLateYes } from "./give-back.ts";
import { tenderLeft } from "./tender-left.ts";
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
  return owed === null || !owed.ok ? owed : paidBy(step, item, attempt, owed.value, by);
}

async function paidBy(
  step: Database,
  item: MendItem,
  attempt: Attempt,
  id: RefundId,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const refund = await lockRefund(step, attempt.store, id);
  return refund === null ? refuse("changed") : paidOutside(step, item, refund, attempt, by);
}

/**
 * Takes a refund made outside that is no return of its sale for a part of one of ours that did not get through: what is left of that one is
 * still owed. `refuse(why)` where none is that much.
 */
export async function adoptPart(
  step: Database,
  random: Random,
  item: MendItem,
  asked: number,
  why: MendRefusal,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const attempt = await lockAttempt(step, item.row.store as StoreId, item.row.attempt as PaymentId);
  if (attempt === null) return refuse(why);
  const larger = (await refundsOf(step, attempt.store, attempt.id)).filter(
    (refund) => isStuck(refund) && refund.amount.amount > asked,
  );
  const [whole] = larger.toSorted((a, b) => a.amount.amount - b.amount.amount);
  if (whole === undefined) return refuse(why);
  return paidBy(step, item, attempt, await parted(step, random, attempt, whole, asked, by), by);
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
  const open = await openPayment(step, item, ofPayers);
  if (open === null) return null;
  if (open.class === "captureWithoutSale" || open.class === "paidTwice") {
    if (Math.abs(open.row.amount) < asked) return refuse("changed");
    return oweWhatIsLeft(step, random, attempt, money(asked, item.row.currency as CurrencyCode), by);
  }
  const taken = await takeLateYes(step, open, attempt, by);
  if (!taken.ok) return taken;
  await sayMended(step, open, by);
  const [promised] = (await refundsOf(step, attempt.store, attempt.id)).filter(isStuck);
  if (promised === undefined || promised.amount.amount < asked) return refuse("changed");
  return ok(promised.amount.amount === asked ? promised.id : await parted(step, random, attempt, promised, asked, by));
}

/** The part of a refund that went back outside becomes one of its own; nobody is sending it. */
async function parted(
  step: Database,
  random: Random,
  attempt: Attempt,
  whole: Refund,
  asked: number,
  by: MendBy,
): Promise<RefundId> {
  const amount = money(asked, whole.amount.currency);
  const rest = subtract(whole.amount, amount);
  await tellRefund(step, whole, by.at, "parted", { by: by.mending, amount });
  await step
    .updateTable("refund")
    // counted up, so that its till hears of it
    .set(({ eb }) => ({
      amount: rest.amount,
      version: eb("version", "+", 1),
      updated_at: by.at,
    }))
    .where("store", "=", whole.store)
    .where("id", "=", whole.id)
    .execute();
  await sayLess(step, { ...whole, amount: rest });
  const { tag } = await step
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", whole.store)
    .where("holder", "=", "gateway")
    .executeTakeFirstOrThrow();
  const id = makeId<RefundId>(by.at, tag as Tag, random);
  const captured = attempt.memo.captured?.order ?? whole.amount;
  await oweRefund(step, { ...whole, id, amount, captured, replaces: 0, onTrust: false }, by.at);
  return id;
}

/** Whether a refund made outside is money that is the payer's anyway: taking it in is what ends it. */
export async function isPayersAnyway(step: Database, item: MendItem): Promise<boolean> {
  const { store, attempt } = item.row;
  if (item.class !== "refundOutside" || attempt === null) return false;
  return (
    (await openPayment(step, item, ofPayers)) !== null || (await isStuckToo(step, store as StoreId, attempt, item))
  );
}

/** Whether a refund of ours that did not get through is it, or more than it where it is no return. */
async function isStuckToo(step: Database, store: StoreId, attempt: string, item: MendItem): Promise<boolean> {
  const asked = (await askedOutside(step, item.row)) ?? 0;
  const stuck = (await refundsOf(step, store, attempt as PaymentId)).filter(isStuck);
  if (stuck.some(({ amount }) => amount.amount === asked)) return true;
  if (!stuck.some(({ amount }) => amount.amount > asked)) return false;
  return ((await tenderLeft(step, item.row))?.left ?? 0) < asked;
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
