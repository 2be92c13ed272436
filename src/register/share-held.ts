import { claimAnswer, holdAnswer } from "../contract/held.ts";
import type { SaleId } from "../domain/identifier.ts";
import { saleTotal } from "../domain/sale-totals.ts";
import type { Core } from "./core.ts";

/** Asking the gateway about held sales may take this long; then only this till's own are shown. */
export const heldWithinMs = 4_000;

/** Lets the other tills of the store see what is held here and they do not know yet; asked again with every pull. */
export async function shareHeld(core: Core): Promise<void> {
  const read = await core.ports.ledger.run((database) => database.ticket.where("kind").equals("held").toArray());
  if (!read.ok) return;
  for (const row of read.value.filter((each) => each.shared === 0)) {
    const { liveAttempt: _live, tenders: _tenders, carried: _carried, state: _state, ...ticket } = row.sale;
    const body = { v: 1, ticket, total: saleTotal(row.sale), heldAt: row.at };
    const answer = await core.ports.client.ask(
      { method: "PUT", path: `/v1/held-sales/${row.id}`, body, withinMs: heldWithinMs },
      holdAnswer,
    );
    if (answer.kind !== "answer") continue;
    const marked = await core.ports.ledger.run((database) => database.ticket.update(row.id, { shared: 1 }));
    // taken up again while this was on its way: no other till may take it up as well
    if (marked.ok && marked.value === 0) await claimHeld(core, row.id);
  }
}

/** Asks for a held ticket, so that no other till takes it up; the same till may ask again. */
export function claimHeld(core: Core, id: SaleId) {
  return core.ports.client.ask(
    { method: "POST", path: `/v1/held-sales/${id}/claims`, body: { v: 1 }, withinMs: heldWithinMs },
    claimAnswer,
  );
}
