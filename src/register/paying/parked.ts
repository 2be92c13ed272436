import { itemCountOf, saleTotal } from "../../domain/sale-totals.ts";
import type { AttemptRow } from "../../storage/database.ts";
import type { Core } from "../core.ts";
import type { ParkedSale } from "../state.ts";

/** Reads which sales stand aside, oldest first. */
export async function refreshParked(core: Core): Promise<void> {
  const read = await core.ports.ledger.run((database) => database.attempt.where("parked").equals(1).toArray());
  if (!read.ok) return;
  const parked = read.value.map(parkedSale).toSorted((a, b) => a.parkedAt - b.parkedAt);
  core.state.patch({ parked });
}

function parkedSale(row: AttemptRow): ParkedSale {
  const { sale } = row;
  return {
    attempt: row.id,
    sale: sale.id,
    total: saleTotal(sale),
    itemCount: itemCountOf(sale.lines),
    hasMoney: sale.tenders.length > 0,
    firstItem: sale.lines[0]?.names ?? null,
    parkedAt: row.parkedAt ?? row.startedAt,
    stage: row.resolved === 1 ? "unpaid" : row.abandoned === "no" ? "asking" : "undoing",
  };
}
