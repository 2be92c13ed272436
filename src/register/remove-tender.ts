import { makeId, type RefundId } from "../domain/identifier.ts";
import { saleAfter } from "../domain/sale.ts";
import { cashMoved } from "./close-session.ts";
import { breakOn, byWindow, showSale, tell, type Core } from "./core.ts";
import { saveDraft } from "./draft.ts";
import { afterCommit } from "./finish-sale.ts";
import { permitted } from "./permit.ts";
import { keepPartPaid, payable } from "./take-tender.ts";

/**
 * Takes the tender at this place off the open sale: cash goes back over the counter, a captured payment by its refund, which
 * is a fact at once and kept by the gateway (`tenderReturned`).
 */
export async function removeTender(core: Core, at: number): Promise<void> {
  const { sale } = core.state.get();
  const tender = sale?.tenders[at];
  if (sale === null || tender === undefined || sale.state !== "tendering") return;
  if (tender.kind !== "payment") return take(core, at, null);
  const ask = { act: "returnTender", size: tender.amount.amount, amount: tender.amount, subject: sale.id } as const;
  await permitted(core, ask, (proof) => take(core, at, proof));
}

async function take(core: Core, at: number, proof: Parameters<Parameters<typeof permitted>[2]>[0]): Promise<void> {
  const { sale, settings } = core.state.get();
  const tender = sale?.tenders[at];
  if (sale === null || settings === null || tender === undefined) return;
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
  if (written.value !== null) return tell(core, { kind: "refused", why: written.value });
  showSale(core, returned.value);
  core.state.patch({ counter: { kind: "tender", method: "code" }, notice: null });
  void saveDraft(core);
  afterCommit(core);
}
