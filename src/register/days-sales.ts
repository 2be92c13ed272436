import type { SaleId } from "../domain/identifier.ts";
import { breakOn, byWindow, type Core } from "./core.ts";
import { afterCommit, printReceipt } from "./paying/finish-sale.ts";

/** The list shows this many sales at most; older ones are in the office. */
export const daysSalesMax = 500;

/** Opens the list of this till's sales of the business date. */
export async function showDaysSales(core: Core): Promise<void> {
  const { session, counter } = core.state.get();
  if (session === null || counter.kind === "waiting") return;
  const read = await core.ports.ledger.run((database) => {
    const newestFirst = database.sale.orderBy("completedAt").reverse(); // oxlint-disable-line unicorn/no-array-reverse -- a Dexie collection
    return newestFirst.limit(daysSalesMax).toArray();
  });
  if (!read.ok) return breakOn(core, read.refusal);
  core.state.patch({
    today: read.value.filter((row) => row.businessDate === session.businessDate),
    counter: { kind: "sales" },
    notice: null,
  });
}

/** Prints a sale's receipt again, marked as a copy; each copy is journalled. */
export async function reprint(core: Core, sale: SaleId): Promise<void> {
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = await transaction.database.sale.get(sale);
    if (row === undefined) return null;
    const copied = { ...row, copies: row.copies + 1 };
    await transaction.database.sale.put(copied);
    await transaction.append(
      { kind: "receiptReprinted", body: { sale, receipt: row.receipt, copy: copied.copies } },
      byWindow(core),
    );
    return copied;
  });
  if (!written.ok) return breakOn(core, written.refusal);
  if (written.value === null) return;
  afterCommit(core);
  await printReceipt(core, written.value, written.value.copies);
}
