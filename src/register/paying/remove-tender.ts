import { returnClaimAnswer } from "../../contract/returns.ts";
import { makeId, type RefundId, type SaleId } from "../../domain/identifier.ts";
import { add, type Money } from "../../domain/money.ts";
import { saleAfter } from "../../domain/sale.ts";
import type { Tender } from "../../domain/tender.ts";
import { cashMoved } from "../shift/close-session.ts";
import { breakOn, byWindow, showSale, tell, type Core, type Proof } from "../core.ts";
import { saveDraft } from "../draft.ts";
import { afterCommit } from "./finish-sale.ts";
import { permitted } from "../people/permit.ts";
import { nothingAsked } from "./part-asked.ts";
import { methodNow } from "./method-now.ts";
import type { Notice } from "../state.ts";
import { refuseMoney } from "../shift/shift-over.ts";
import { keepPartPaid, payable } from "./take-tender.ts";

/**
 * The rows below move up when a tender is taken off, so that the second press of a double one comes down on the next tender's
 * key: for this long after one nothing more is taken off.
 */
const rowsMoveMs = 600;
const askWithinMs = 6_000;

/**
 * Takes this tender, as it stood there when pressed, off the open sale: cash goes back over the counter, a captured payment by its refund, which
 * is a fact at once and kept by the gateway (`tenderReturned`). One noted unproved leaves a fact behind, too: its money may be with
 * the shop, and only what was noted of it finds it in the provider's bill.
 */
export async function removeTender(core: Core, tender: Tender): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null || !sale.tenders.includes(tender) || sale.state !== "tendering" || isTooSoon(core)) return;
  if (tender.kind !== "payment" && tender.kind !== "unverified") return take(core, tender, null);
  // the tip goes back with it
  const amount = tender.kind === "payment" ? add(tender.amount, tender.tip) : tender.amount;
  const ask = { act: "returnTender", size: amount.amount, amount, subject: sale.id } as const;
  await permitted(core, ask, async (proof) => {
    if (tender.kind === "payment" && !(await isAllowedThere(core, sale.id, tender, amount, proof))) return;
    await take(core, tender, proof);
  });
}

/**
 * The gateway sends the refund, and checks who allowed it by itself while it is heard. Without it the entry's word has to do, which
 * it believes up to the shop's limit.
 */
async function isAllowedThere(
  core: Core,
  sale: SaleId,
  tender: Extract<Tender, { kind: "payment" }>,
  amount: Money,
  proof: Proof | null,
): Promise<boolean> {
  const { who, connection } = core.state.get();
  if (who === null || !connection.online) return true;
  const approval = proof === null ? null : proof.asked;
  const body = { v: 1, sale, attempt: tender.attempt, amount: amount.amount, asker: who.id, approval };
  const answer = await core.ports.client.ask(
    { method: "POST", path: "/v1/tender-returns", body, withinMs: askWithinMs },
    returnClaimAnswer,
  );
  if (answer.kind !== "problem") return true;
  tell(core, { kind: "refused", why: "notPermitted" });
  return false;
}

function isTooSoon(core: Core): boolean {
  const since = core.tenderOffAt === null ? rowsMoveMs : core.ports.clock.now() - core.tenderOffAt;
  return since >= 0 && since < rowsMoveMs;
}

async function take(core: Core, tender: Tender, proof: Proof | null): Promise<void> {
  const { sale, settings } = core.state.get();
  if (sale === null || settings === null) return;
  const at = sale.tenders.indexOf(tender);
  const returned = saleAfter(sale, { kind: "tenderReturned", at });
  if (!returned.ok) return tell(core, { kind: "refused", why: returned.refusal });
  const written = await core.ports.ledger.transact(async (transaction) => {
    const refusal = await payable(transaction, sale);
    if (refusal !== null) return refusal;
    if (tender.kind === "payment") {
      const refund = makeId<RefundId>(transaction.at, settings.tag, core.ports.random);
      const amount = add(tender.amount, tender.tip);
      await transaction.append(
        {
          kind: "tenderReturned",
          body: { sale: sale.id, attempt: tender.attempt, refund, amount, channel: tender.channel },
        },
        { ...byWindow(core), ...(proof === null ? {} : { approval: proof.approval }) },
      );
    }
    if (tender.kind === "unverified") {
      const { amount, channel, tail } = tender;
      await transaction.append(
        { kind: "unverifiedRemoved", body: { sale: sale.id, amount, channel, tail, notedAt: tender.at } },
        { ...byWindow(core), ...(proof === null ? {} : { approval: proof.approval }) },
      );
    }
    await keepPartPaid(transaction, returned.value, core.ports.draft.window);
    if (tender.kind === "cash") await cashMoved(transaction);
    return null;
  });
  if (!written.ok) return breakOn(core, written.refusal);
  if (written.value !== null) return refuseMoney(core, written.value);
  core.tenderOffAt = core.ports.clock.now();
  showSale(core, returned.value);
  core.state.patch({
    counter: { kind: "tender", method: methodNow(core) },
    notice: noticeOf(tender, core.state.get().connection.online),
    ...nothingAsked,
  });
  void saveDraft(core);
  afterCommit(core);
}

/** What becomes of the money: a payment's goes back by itself, one that was noted is nobody's here to give back. */
function noticeOf(tender: Tender, online: boolean): Notice | null {
  if (tender.kind === "unverified") return { kind: "notedOff", amount: tender.amount, channel: tender.channel };
  if (tender.kind !== "payment") return null;
  return { kind: "goesBack", amount: add(tender.amount, tender.tip), channel: tender.channel, online };
}
