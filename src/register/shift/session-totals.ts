import type { SessionTotals } from "../../domain/journal.ts";
import { money, sum } from "../../domain/money.ts";
import type { SessionRow } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";

/** What a session sold, from the ledger's own sales, for the entry that closes it. */
export async function sessionTotals(
  transaction: LedgerTransaction,
  session: SessionRow["session"],
): Promise<SessionTotals> {
  const { currency } = transaction.install.settings.store;
  const sales = await transaction.database.sale.where("session").equals(session.id).toArray();
  const open = await transaction.database.attempt.where("resolved").equals(0).toArray();
  const tenders = sales.flatMap((row) => row.body.tenders);
  const of = (kind: "cash" | "payment") =>
    sum(
      tenders.filter((tender) => tender.kind === kind).map((tender) => tender.amount),
      currency,
    );
  return {
    openedAt: session.openedAt,
    sales: sales.length,
    total: sum([money(0, currency), ...sales.map((row) => row.body.sale.total)], currency),
    cash: of("cash"),
    payments: of("payment"),
    inDoubt: open.map((row) => row.id),
    shift: null,
  };
}
