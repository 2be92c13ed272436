import type { SaleSnapshot } from "./journal.ts";
import type { Sale } from "./sale.ts";
import { totalsOf } from "./sale-totals.ts";

/** What the customer owes and for what: the sale without its tenders, as it is frozen for a payment and for the journal. */
export function snapshotOf(sale: Sale): SaleSnapshot {
  const { taxes, savings, rounding, total } = totalsOf(sale);
  return {
    id: sale.id,
    taxMode: sale.taxMode,
    openedAt: sale.openedAt,
    lines: sale.lines,
    discount: sale.discount,
    taxes,
    savings,
    rounding,
    total,
  };
}
