import { balanceOf } from "../../domain/sale.ts";
import { itemCountOf, saleTotal } from "../../domain/sale-totals.ts";
import type { PaymentId, SaleId } from "../../domain/identifier.ts";
import type { LedgerDatabase, TicketRow } from "../../storage/database.ts";
import type { Core } from "../core.ts";
import type { Ticket } from "../state.ts";

/** Reads which sales of this till wait: held, or part-paid in no living window. Oldest first. */
export async function refreshTickets(core: Core): Promise<void> {
  const read = await core.ports.ledger.run((database) => database.ticket.toArray());
  if (!read.ok) return;
  const shown: Ticket[] = [];
  for (const row of read.value) if (await waits(core, row)) shown.push(ticketOf(row));
  const { tickets } = core.state.get();
  core.state.patch({ tickets: asBefore(tickets, shown).toSorted((a, b) => a.at - b.at) });
}

/** What waits still stays the same object, so that a finger on its row presses that row. */
function asBefore(before: readonly Ticket[], now: readonly Ticket[]): readonly Ticket[] {
  const isSame = (one: Ticket, other: Ticket): boolean =>
    one.sale === other.sale && one.kind === other.kind && one.at === other.at && one.due.amount === other.due.amount;
  return now.map((ticket) => before.find((each) => isSame(each, ticket)) ?? ticket);
}

async function waits(core: Core, row: TicketRow): Promise<boolean> {
  if (row.kind !== "partPaid") return row.kind === "held" || row.kind === "released";
  if (!(await isFree(core, row))) return false;
  return core.state.get().sale?.id !== row.id && !(await hasLiveAttempt(core, row));
}

/** No other living window has that ticket on its screen. */
export async function isFree(core: Core, row: TicketRow): Promise<boolean> {
  const isOthers = row.kind === "partPaid" && row.window !== core.ports.draft.window;
  return !isOthers || !(await core.ports.draft.isAlive(row.window));
}

async function hasLiveAttempt(core: Core, row: TicketRow): Promise<boolean> {
  const read = await core.ports.ledger.run((database) => isBeingPaid(database, row.id));
  return read.ok && read.value;
}

/** A payment for it, other than `except`, is on its way, or stands aside: it is listed there, and takes no other tender. */
export async function isBeingPaid(
  database: LedgerDatabase,
  sale: SaleId,
  except: PaymentId | null = null,
): Promise<boolean> {
  const attempts = await database.attempt.where("sale.id").equals(sale).toArray();
  return attempts.some(
    (row) => row.id !== except && (row.parked === 1 || (row.resolved === 0 && row.abandoned !== "freed")),
  );
}

function ticketOf(row: TicketRow): Ticket {
  const { sale } = row;
  return {
    kind: row.kind === "partPaid" ? "partPaid" : row.kind === "released" ? "leaving" : "held",
    sale: sale.id,
    total: saleTotal(sale),
    due: balanceOf(sale),
    itemCount: itemCountOf(sale.lines),
    firstItem: sale.lines[0]?.names ?? null,
    staff: sale.staff,
    at: row.at,
  };
}
