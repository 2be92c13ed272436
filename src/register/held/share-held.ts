import { claimAgainMs, claimAnswer, holdAnswer } from "../../contract/held.ts";
import { plusMs, sleep } from "../../domain/clock.ts";
import type { SaleId } from "../../domain/identifier.ts";
import { saleTotal } from "../../domain/sale-totals.ts";
import type { Sale } from "../../domain/sale.ts";
import type { Core } from "../core.ts";

/** Asking the gateway about held sales may take this long; then only this till's own are shown. */
export const heldWithinMs = 4_000;

/** Lets the other tills of the store see what is held here and they do not know yet; asked again with every pull. */
export async function shareHeld(core: Core): Promise<void> {
  const read = await core.ports.ledger.run((database) => database.ticket.where("kind").equals("held").toArray());
  if (!read.ok) return;
  for (const row of read.value.filter((each) => each.shared === 0)) {
    const body = { v: 1, ticket: heldTicketOf(row.sale), total: saleTotal(row.sale), heldAt: row.at };
    const answer = await core.ports.client.ask(
      { method: "PUT", path: `/v1/held-sales/${row.id}`, body, withinMs: heldWithinMs },
      holdAnswer,
    );
    if (answer.kind !== "answer") continue;
    const marked = await core.ports.ledger.run((database) => database.ticket.update(row.id, { shared: 1 }));
    // taken up again while this was on its way: the others need not see it
    if (marked.ok && marked.value === 0) await claimHeld(core, row.id);
  }
}

/** A ticket without what only an open sale has. */
export function heldTicketOf(sale: Sale): object {
  const { liveAttempt: _live, tenders: _tenders, carried: _carried, state: _state, ...ticket } = sale;
  return ticket;
}

type Claim = { readonly ends?: boolean; readonly got?: boolean };

/** Asks for a held ticket, or says that this till has taken up its own. `ends`: it waits no longer; `got`: it is stored here. */
export function claimHeld(core: Core, id: SaleId, { ends = false, got = false }: Claim = {}) {
  const body = { v: 1, ends, ...(got ? { got } : {}) };
  return core.ports.client.ask(
    { method: "POST", path: `/v1/held-sales/${id}/claims`, body, withinMs: heldWithinMs },
    claimAnswer,
  );
}

/** Asks for another till's ticket until that till has let it go; when it does not in time, it is wanted no more. */
export async function askForHeld(core: Core, id: SaleId): ReturnType<typeof claimHeld> {
  const { clock } = core.ports;
  const until = plusMs(clock.now(), heldWithinMs);
  for (;;) {
    const ends = clock.now() >= until;
    const answer = await claimHeld(core, id, { ends });
    if (ends || answer.kind === "problem" || (answer.kind === "answer" && answer.value.ticket !== null)) return answer;
    await sleep(clock, claimAgainMs);
  }
}
