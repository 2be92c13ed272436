import { invariant } from "../../domain/assert.ts";
import { makeId, type PaymentId, type RefundId, type StoreId, type Tag } from "../../domain/identifier.ts";
import type { Random } from "../../domain/clock.ts";
import type { Money } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { owedTransfers } from "../books/refund-transfers.ts";
import { post } from "../books/post.ts";
import { applyLocked } from "../payments/apply-event.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import type { Attempt } from "../payments/attempt.ts";
import { oweRefund } from "../refunds/owe.ts";
import { refundsOf } from "../refunds/refund-store.ts";
import type { Database } from "../store/database.ts";
import { captureInBill, type MendRefusal } from "./adopt.ts";
import { explain, sayMended, sizeOf, type MendBy, type MendItem } from "./mend-item.ts";
import { backOutside } from "./back-outside.ts";

/**
 * Gives money back that no sale counts: owed by the gateway and pursued like every refund (`books.md` 10, row 15). What we had not
 * heard of is first taken as the late yes that it is, which owes it back by itself.
 */
export async function giveBack(
  step: Database,
  random: Random,
  item: MendItem,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const attempt = await lockAttempt(step, item.row.store as StoreId, item.row.number as PaymentId);
  if (attempt === null || attempt.account === null || attempt.channel === null) return refuse("nothingToGoBy");
  const isUnclaimed = item.class === "captureWithoutSale" || item.class === "paidTwice";
  if ((await backOutside(step, attempt.account, attempt)) > 0) return refuse("backOutside");
  const done = isUnclaimed
    ? await oweWhatIsLeft(step, random, attempt, sizeOf(item), by)
    : await takeLateYes(step, item, attempt, by);
  if (!done.ok) return done;
  await sayMended(step, item, by);
  return ok(null);
}

/** Takes what the bill says was paid as the late yes that it is; it is owed back by itself. */
export async function takeLateYes(
  step: Database,
  item: MendItem,
  attempt: Attempt,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const { kind } = attempt.state;
  if (kind !== "closed" && kind !== "declined" && kind !== "reversed") return refuse("stillAsked");
  const capture = await captureInBill(step, item);
  if (capture === null) return refuse("nothingToGoBy");
  const told = { kind: "billed", detail: { by: by.person, mending: by.mending } };
  await applyLocked(step, attempt, { kind: "captured", capture }, told, by.at);
  await explain(step, item, by);
  return ok(null);
}

/** Owes `amount` of a captured payment that no sale counts back to its payer; the payment's row is locked by the caller. */
export async function oweWhatIsLeft(
  step: Database,
  random: Random,
  attempt: Attempt,
  amount: Money,
  by: MendBy,
): Promise<Result<RefundId, MendRefusal>> {
  const { captured } = attempt.memo;
  if (captured === null || attempt.account === null || attempt.channel === null) return refuse("nothingToGoBy");
  const standing = (await refundsOf(step, attempt.store, attempt.id)).filter(({ memo }) => memo.replacedBy === null);
  const promised = standing.reduce((all, each) => all + each.amount.amount, 0);
  if (promised + amount.amount > captured.order.amount) return refuse("changed");
  const { tag } = await step
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", attempt.store)
    .where("holder", "=", "gateway")
    .executeTakeFirstOrThrow();
  const id = makeId<RefundId>(by.at, tag as Tag, random);
  const isNew = await oweRefund(
    step,
    {
      store: attempt.store,
      id,
      attempt: attempt.id,
      account: attempt.account,
      channel: attempt.channel,
      cause: "lateCapture",
      sale: null,
      till: attempt.till,
      amount,
      businessDate: attempt.businessDate,
      captured: captured.order,
    },
    by.at,
  );
  if (!isNew) return refuse("changed");
  const isPosted = await post(
    step,
    {
      store: attempt.store,
      // by the refund: one mending may give a payment back in several parts
      posting: `mending/${by.mending}/${id}`,
      event: "refundOwed",
      subject: attempt.id,
      businessDate: attempt.businessDate,
      transfers: owedTransfers(attempt.account, amount),
    },
    by.at,
  );
  invariant(isPosted, "what is owed is posted once");
  return ok(id);
}
