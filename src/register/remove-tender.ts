import { makeId, type RefundId } from "../domain/identifier.ts";
import { saleAfter } from "../domain/sale.ts";
import type { Tender } from "../domain/tender.ts";
import { cashMoved } from "./close-session.ts";
import { breakOn, byWindow, showSale, tell, type Core } from "./core.ts";
import { saveDraft } from "./draft.ts";
import { afterCommit } from "./finish-sale.ts";
import { permitted, type Proof } from "./permit.ts";
import { refuseMoney } from "./shift-over.ts";
import { keepPartPaid, payable } from "./take-tender.ts";

/**
 * The rows below move up when a tender is taken off, so that the second press of a double one comes down on the next tender's
 * key: for this long after one nothing more is taken off.
 */
const rowsMoveMs = 600;

/**
 * Takes this tender, as it stood there when pressed, off the open sale: cash goes back over the counter, a captured payment by its refund, which
 * is a fact at once and kept by the gateway (`tenderReturned`).
 */
export async function removeTender(core: Core, tender: Tender): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null || !sale.tenders.includes(tender) || sale.state !== "tendering" || isTooSoon(core)) return;
  if (tender.kind !== "payment") return take(core, tender, null);
  const ask = { act: "returnTender", size: tender.amount.amount, amount: tender.amount, subject: sale.id } as const;
  await permitted(core, ask, (proof) => take(core, tender, proof));
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
      const amount = {
        ...tender.amount,
        amount: (tender.amount.amount + tender.tip.amount) as typeof tender.amount.amount,
      };
      await transaction.append(
        {
          kind: "tenderReturned",
          body: { sale: sale.id, attempt: tender.attempt, refund, amount, channel: tender.channel },
        },
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
  core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null });
  void saveDraft(core);
  afterCommit(core);
}
