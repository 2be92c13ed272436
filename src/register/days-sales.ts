import type { SaleId } from "../domain/identifier.ts";
import { ownDay } from "../domain/reports/own-day.ts";
import { breakOn, byWindow, type Core } from "./core.ts";
import { afterCommit, printReceipt } from "./paying/finish-sale.ts";

/** The list shows this many sales at most; older ones are in the office. */
export const daysSalesMax = 500;

/** No business date's first sale is made longer than this before its midnight in UTC: zones are up to 14 hours ahead. */
const dayBeginsWithinMs = 36 * 3_600_000;

/** Opens the list of this till's sales of the business date. */
export async function showDaysSales(core: Core): Promise<void> {
  const { session, counter } = core.state.get();
  if (session === null || counter.kind === "waiting") return;
  const { settings } = core.state.get();
  const { businessDate } = session;
  const begins = Date.parse(`${businessDate}T00:00:00Z`) - dayBeginsWithinMs;
  const read = await core.ports.ledger.run((database) => {
    const newestFirst = database.sale.where("completedAt").aboveOrEqual(begins).reverse(); // oxlint-disable-line unicorn/no-array-reverse -- a Dexie collection
    return newestFirst.filter((row) => row.businessDate === businessDate).toArray();
  });
  if (!read.ok) return breakOn(core, read.refusal);
  core.state.patch({
    today: read.value.slice(0, daysSalesMax),
    day: ownDay(read.value, settings?.store.zone ?? "UTC", core.ports.offset.offsetMs()),
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
