import { makeId, type PaymentId, type RefundId, type StoreId, type Tag } from "../../domain/identifier.ts";
import type { Random } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { owedTransfers } from "../books/refund-transfers.ts";
import { post } from "../books/post.ts";
import { applyLocked } from "../payments/apply-event.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import type { Attempt } from "../payments/attempt.ts";
import { oweRefund } from "../refunds/owe.ts";
import type { Database } from "../store/database.ts";
import { captureInBill, type MendRefusal } from "./adopt.ts";
import { explain, sayMended, sizeOf, type MendBy, type MendItem } from "./mend-item.ts";

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
  const done =
    item.class === "captureWithoutSale" || item.class === "paidTwice"
      ? await oweWhatIsLeft(step, random, item, attempt, by)
      : await takeLateYes(step, item, attempt, by);
  if (!done.ok) return done;
  await sayMended(step, item, by);
  return ok(null);
}

async function takeLateYes(
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

async function oweWhatIsLeft(
  step: Database,
  random: Random,
  item: MendItem,
  attempt: Attempt,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const { captured } = attempt.memo;
  if (captured === null || attempt.account === null || attempt.channel === null) return refuse("nothingToGoBy");
  const { tag } = await step
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", attempt.store)
    .where("holder", "=", "gateway")
    .executeTakeFirstOrThrow();
  const amount = sizeOf(item);
  const isNew = await oweRefund(
    step,
    {
      store: attempt.store,
      id: makeId<RefundId>(by.at, tag as Tag, random),
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
  await post(
    step,
    {
      store: attempt.store,
      posting: `mending/${by.mending}/${attempt.id}`,
      event: "refundOwed",
      subject: attempt.id,
      businessDate: attempt.businessDate,
      transfers: owedTransfers(attempt.account, amount),
    },
    by.at,
  );
  return ok(null);
}
