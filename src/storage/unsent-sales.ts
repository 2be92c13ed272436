import { parseEntry } from "../contract/journal.ts";
import type { SaleId } from "../domain/identifier.ts";
import type { LedgerDatabase } from "./database.ts";
import { headOfInstall } from "./outbox.ts";

/** Ids of the completed sales that the gateway has not acknowledged. */
export async function unsentSales(database: LedgerDatabase): Promise<readonly SaleId[]> {
  return database.transaction("r", database.install, database.head, database.entry, async () => {
    const head = await headOfInstall(database);
    if (head === null) return [];
    const rows = await database.entry
      .where("[series+number]")
      .between([head.series, head.acknowledged + 1], [head.series, head.number], true, true)
      .toArray();
    return rows.flatMap(({ text }) => {
      const entry = parseEntry(text);
      return entry.ok && entry.value.kind === "saleCompleted" ? [entry.value.body.sale.id] : [];
    });
  });
}
