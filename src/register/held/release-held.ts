import { releaseAnswer } from "../../contract/held.ts";
import type { SaleId, TillId } from "../../domain/identifier.ts";
import type { TicketRow } from "../../storage/database.ts";
import { breakOn, type Core } from "../core.ts";
import { draftKeptMs } from "../draft.ts";
import { heldTicketOf, heldWithinMs } from "./share-held.ts";
import { isBeingPaid, refreshTickets } from "./tickets.ts";

/**
 * Another till asks for a ticket that is held here. It leaves this till's list first, so that nobody takes it up here as well;
 * whether it is here at all, this till alone can say.
 */
export async function releaseHeld(core: Core, id: SaleId, to: TillId): Promise<void> {
  const written = await core.ports.ledger.transact(async ({ database, at }) => {
    const [row, sold] = await Promise.all([database.ticket.get(id), database.sale.get(id)]);
    if (sold !== undefined) return null;
    if (row?.kind === "released") return row;
    if (row?.kind !== "held" || (await isBeingPaid(database, id))) return null;
    const released: TicketRow = { ...row, kind: "released", to, releasedAt: at };
    await database.ticket.put(released);
    return released;
  });
  if (!written.ok) return breakOn(core, written.refusal);
  await tellHeld(core, id, written.value?.to ?? to, written.value);
}

/** Asks once more what became of tickets that were let go without an answer, and forgets those that no draft can be of any more. */
export async function settleReleased(core: Core): Promise<void> {
  const forgottenAt = core.ports.clock.now() - draftKeptMs;
  const read = await core.ports.ledger.run(async (database) => {
    await database.ticket.filter((row) => row.kind === "given" && row.at < forgottenAt).delete();
    return database.ticket.where("kind").equals("released").toArray();
  });
  if (!read.ok) return;
  for (const row of read.value) if (row.to !== undefined) await tellHeld(core, row.id, row.to, row);
}

/** Until the gateway says who has it, it is nobody's here: an answer that was lost may have given it away. */
async function tellHeld(core: Core, id: SaleId, to: TillId, row: TicketRow | null): Promise<void> {
  const body = { v: 1, to, ticket: row === null ? null : heldTicketOf(row.sale) };
  const answer = await core.ports.client.ask(
    { method: "POST", path: `/v1/held-sales/${id}/releases`, body, withinMs: heldWithinMs },
    releaseAnswer,
  );
  if (answer.kind === "answer" && row !== null) {
    const own = core.state.get().settings?.till ?? null;
    const isKept = answer.value.to === null || answer.value.to === own;
    const { to: _to, releasedAt: _at, ...kept } = row;
    const written = await core.ports.ledger.transact(async ({ database }) => {
      const now = await database.ticket.get(id);
      // an answer that comes late says nothing of a ticket that has been put back, taken up or sold since
      if (now?.kind !== "released" || now.to !== row.to || now.releasedAt !== row.releasedAt) return;
      await database.ticket.put(isKept ? { ...kept, kind: "held" } : { ...row, kind: "given" });
    });
    if (!written.ok) breakOn(core, written.refusal);
  }
  await refreshTickets(core);
  core.ports.windows.post({ kind: "ledgerChanged", v: 1 });
}
