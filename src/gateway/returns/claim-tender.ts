import { claimMs, type TenderClaim, type ReturnClaimAnswer } from "../../contract/returns.ts";
import { plusMs } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import type { TillPass } from "../routes/passes.ts";
import { inTransaction, json } from "../store/database.ts";
import { isOpenTender } from "./refund-trust.ts";
import { checkSecondPerson, type SecondPersonRefusal } from "./second-person.ts";

/**
 * Has the gateway see the second person before a till takes a captured tender off its open sale: what the till then writes is more
 * than its word. Kept as a claim on the payment; the fact uses it up.
 */
export async function claimTender(
  parts: Pick<GatewayParts, "clock" | "random" | "database" | "keys">,
  till: TillPass,
  { sale, attempt: id, amount, asker, approval }: TenderClaim,
): Promise<Result<ReturnClaimAnswer, SecondPersonRefusal | { readonly kind: "notFound" }>> {
  const acts = [{ act: "returnTender", size: amount } as const];
  const approved = await checkSecondPerson(parts, till.store, acts, { asker, approval, subject: sale, amount });
  if (!approved.ok) return approved;
  const at = parts.clock.now();
  const expiresAt = plusMs(at, claimMs);
  const isHeld = await inTransaction(parts.database, async (step) => {
    const attempt = await lockAttempt(step, till.store, id);
    const captured = attempt?.memo.captured ?? null;
    if (attempt === null || captured === null || attempt.channel === null || amount > captured.order.amount)
      return false;
    if (!(await isOpenTender(step, { store: till.store, till: till.id }, attempt, sale))) return false;
    const part = { kind: "payment", attempt: id, channel: attempt.channel, amount: { ...captured.order, amount } };
    const held = { till: till.id, lines: json([]), parts: json([part]), approval: json(approved.value), at };
    await step
      .insertInto("return_claim")
      .values({ store: till.store, original: id, sale, ...held, expires_at: expiresAt })
      .onConflict((conflict) =>
        conflict.columns(["store", "original", "sale"]).doUpdateSet({ ...held, expires_at: expiresAt }),
      )
      .execute();
    return true;
  });
  return isHeld ? ok({ approval: approved.value, expiresAt }) : refuse({ kind: "notFound" });
}
