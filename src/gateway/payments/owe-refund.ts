import { invariant } from "../../domain/assert.ts";
import type { Instant } from "../../domain/clock.ts";
import { idWithTag, type RefundId, type Tag } from "../../domain/identifier.ts";
import { owedTransfers } from "../books/refund-transfers.ts";
import { post } from "../books/post.ts";
import { oweRefund } from "../refunds/owe.ts";
import type { Database } from "../store/database.ts";
import type { Attempt } from "./attempt.ts";

/**
 * Owes back, by itself, all of a payment that no sale wants: it came too late, its sale was freed, or its reversal was
 * refused. Its number is the payment's with the gateway's tag, so that it is made once whoever makes it. The payment's row is
 * locked by the caller.
 */
export async function oweForAttempt(
  step: Database,
  attempt: Attempt,
  cause: "freed" | "lateCapture" | "reversalRefused",
  at: Instant,
): Promise<void> {
  const { captured } = attempt.memo;
  invariant(captured !== null && attempt.account !== null && attempt.channel !== null, "what was captured goes back");
  const { tag } = await step
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", attempt.store)
    .where("holder", "=", "gateway")
    .executeTakeFirstOrThrow();
  const isNew = await oweRefund(
    step,
    {
      store: attempt.store,
      id: idWithTag<RefundId>(attempt.id, tag as Tag),
      attempt: attempt.id,
      account: attempt.account,
      channel: attempt.channel,
      cause,
      sale: null,
      till: attempt.till,
      amount: captured.order,
      businessDate: attempt.businessDate,
      captured: captured.order,
    },
    at,
  );
  if (!isNew) return;
  const common = { store: attempt.store, subject: attempt.id, businessDate: attempt.businessDate };
  const transfers = owedTransfers(attempt.account, captured.order);
  await post(step, { ...common, posting: `${attempt.id}/owedBack`, event: "refundOwed", transfers }, at);
}
