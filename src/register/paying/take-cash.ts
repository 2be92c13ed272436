import type { Money } from "../../domain/money.ts";
import { amountSlip, cashSlip } from "../../domain/slip.ts";
import { cashTender, partCash, type Tender } from "../../domain/tender.ts";
import { asksOnce } from "../ask-once.ts";
import { awaitsApproval, breakOn, countStep, due, showSale, stepsSoFar, tell, type Core } from "../core.ts";
import { methodNow } from "./method-now.ts";
import { nothingAsked } from "./part-asked.ts";
import { afterCommit, finishSale } from "./finish-sale.ts";
import { saveDraft } from "../draft.ts";
import { isLeftHere } from "../returning/own-returns.ts";
import { isStillHeld } from "../returning/settle-return.ts";
import { refuseMoney } from "../shift/shift-over.ts";
import { takeTender, type Taken } from "./take-tender.ts";

/** `whole`: the cash closes the balance, and change goes back. `part`: it is less, and the rest is paid another way. */
export type CashPart = "whole" | "part";

/**
 * Takes cash and completes the sale when nothing is left. Offline, on storage the browser may drop, a second person must have
 * allowed it for the shift.
 */
export async function takeCash(core: Core, given: Money, part: CashPart = "whole"): Promise<void> {
  if (!(await isStillHeld(core))) return;
  const { sale, storage, connection, settings } = core.state.get();
  const balance = due(core);
  if (sale === null || balance === null || sale.state !== "tendering" || balance.amount <= 0) return;
  if (sale.liveAttempt !== null) return tell(core, { kind: "refused", why: "attemptLive" });
  if (awaitsApproval(core)) return tell(core, { kind: "refused", why: "notPermitted" });
  const rounding = settings?.rules?.rounding ?? null;
  const tender = part === "part" ? partCash(balance, given, rounding) : cashTender(balance, given, rounding);
  if (!tender.ok) return tell(core, { kind: "refused", why: tender.refusal });
  const isSlip = part === "part" ? amountSlip(balance, given) : cashSlip(balance, given);
  if (isSlip && asksOnce(core, sale.id, given, balance)) return;
  if (!connection.online && !storage.persisted && !storage.fragileAllowed) {
    return core.state.patch({
      counter: {
        kind: "secondPerson",
        act: "sellOnFragileStorage",
        size: 0,
        amount: null,
        attempt: null,
        refusal: null,
      },
      notice: null,
    });
  }
  countStep(core);
  await addTender(core, tender.value);
}

/** Puts a tender that needs nobody else's answer into the sale on screen. */
export async function addTender(core: Core, tender: Tender): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null) return;
  const steps = stepsSoFar(core);
  const { window } = core.ports.draft;
  const written = await core.ports.ledger.transact(async (transaction): Promise<Taken> => {
    if (!(await isLeftHere(transaction.database, sale, core.returnHeld)))
      return { kind: "refused", why: "nothingLeft" };
    return takeTender(transaction, sale, tender, steps, window);
  });
  if (!written.ok) return breakOn(core, written.refusal);
  if (written.value.kind === "refused") return refuseMoney(core, written.value.why);
  if (written.value.kind === "completed") return finishSale(core, written.value.row);
  showSale(core, written.value.sale);
  core.state.patch({ counter: { kind: "tender", method: methodNow(core) }, notice: null, ...nothingAsked });
  void saveDraft(core);
  afterCommit(core);
}
