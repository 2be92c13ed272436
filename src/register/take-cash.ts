import type { Money } from "../domain/money.ts";
import { cashTender } from "../domain/tender.ts";
import { breakOn, countStep, due, stepsSoFar, tell, type Core } from "./core.ts";
import { completeSale } from "./complete-sale.ts";
import { finishSale } from "./finish-sale.ts";

/**
 * Takes cash for the whole balance and completes the sale. Offline, on storage the browser may drop, a second person must
 * have allowed it for the shift.
 */
export async function takeCash(core: Core, given: Money): Promise<void> {
  const { sale, storage, connection } = core.state.get();
  const balance = due(core);
  if (sale === null || balance === null || sale.state !== "tendering") return;
  if (sale.liveAttempt !== null) return tell(core, { kind: "refused", why: "attemptLive" });
  const tender = cashTender(balance, given);
  if (!tender.ok) return tell(core, { kind: "refused", why: tender.refusal });
  if (!connection.online && !storage.persisted && !storage.fragileAllowed) {
    return core.state.patch({
      counter: { kind: "secondPerson", act: "sellOnFragileStorage", attempt: null, refusal: null },
      notice: null,
    });
  }
  countStep(core);
  const steps = stepsSoFar(core);
  const written = await core.ports.ledger.transact((transaction) =>
    completeSale(transaction, sale, tender.value, steps),
  );
  if (written.ok) finishSale(core, written.value);
  else breakOn(core, written.refusal);
}
