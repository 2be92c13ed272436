import { makeId, type RefundId } from "../../domain/identifier.ts";
import { negate } from "../../domain/money.ts";
import type { Carried } from "../../domain/returns.ts";
import { cashBack, type Tender } from "../../domain/tender.ts";
import { breakOn, countStep, stepsSoFar, type Core } from "../core.ts";
import { completeSale } from "../paying/complete-sale.ts";
import { finishSale } from "../paying/finish-sale.ts";
import { backOf, originalOf } from "./plan-return.ts";
import { isLeftHere } from "./own-returns.ts";
import { isStillHeld, leaveUnsettled } from "./settle-return.ts";
import { isShiftOver, refuseMoney } from "../shift/shift-over.ts";

/** Gives back what the plan says, and completes: cash over the counter, the rest as refunds that the gateway keeps. */
export async function giveBack(core: Core): Promise<void> {
  if (core.state.get().counter.kind !== "giveBack" || !(await isStillHeld(core))) return;
  const { sale, counter, settings } = core.state.get();
  if (sale === null || settings === null || counter.kind !== "giveBack") return;
  // the ticket was changed beside the plan
  if (backOf(sale).amount !== sumOf(counter.plan.parts)) return core.state.patch({ counter: { kind: "goods" } });
  const of = originalOf(sale);
  countStep(core);
  const steps = stepsSoFar(core);
  const written = await core.ports.ledger.transact(async (transaction) => {
    if (isShiftOver(transaction)) return "shiftOver";
    const tenders = counter.plan.parts.map((part): Tender => {
      if (part.kind === "cash" || of === null) return cashBack(part.amount);
      const refund = makeId<RefundId>(transaction.at, settings.tag, core.ports.random);
      return {
        kind: "refund",
        amount: negate(part.amount),
        refund,
        attempt: part.attempt,
        channel: part.channel,
        of,
      };
    });
    if (!(await isLeftHere(transaction.database, { ...sale, tenders }, core.returnHeld))) return "nothingLeft";
    return completeSale(transaction, sale, tenders, steps);
  });
  if (!written.ok) breakOn(core, written.refusal);
  else if (written.value === "nothingLeft") leaveUnsettled(core, written.value);
  else if (written.value === "shiftOver") refuseMoney(core, written.value);
  else finishSale(core, written.value);
}

function sumOf(parts: readonly Carried[]): number {
  return parts.reduce((all, part) => all + part.amount.amount, 0);
}
