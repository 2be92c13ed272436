import type { LedgerTransaction } from "../../storage/ledger.ts";
import { hasTicket, openLines, tell, type Core } from "../core.ts";
import type { Refusal } from "../refusal.ts";

/** Whether the shift has its Z: another window closed it, and no more money belongs to it. */
export function isShiftOver(transaction: LedgerTransaction): boolean {
  return transaction.session?.session.state === "closed";
}

/** Tells why money was not taken. Where the shift is over, the ticket waits on the screen until the next one is open. */
export function refuseMoney(core: Core, why: Refusal): void {
  if (why === "shiftOver") {
    openLines(core);
    core.state.patch({ phase: "openShift", counter: { kind: "goods" } });
  }
  tell(core, { kind: "refused", why });
}

/** Another window may have closed the shift: whoever stands at this one without a ticket signs on anew. */
export function leaveClosedShift(core: Core): void {
  const { phase, session, counter } = core.state.get();
  if (phase !== "selling" || session?.state !== "closed" || hasTicket(core) || counter.kind !== "goods") return;
  core.state.patch({ who: null, phase: "signOn", notice: null, undo: null });
}
