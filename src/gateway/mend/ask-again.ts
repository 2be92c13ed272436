import type { PaymentId, StoreId } from "../../domain/identifier.ts";
import { fetchBill } from "../bills/fetch-bill.ts";
import { refundKind } from "../refunds/refund-store.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { askProvider } from "../payments/watch-work.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";

/**
 * Asks the provider anew about breaks: a payment by its number, a refund by its job, everything about a whole bill by the bill. What it
 * says goes the usual way, and closes the break by itself if that explains it.
 */
export async function askAgain(
  engine: PaymentEngine,
  items: readonly { readonly store: string; readonly id: string }[],
): Promise<void> {
  const { database } = engine.parts;
  const days = new Set<string>();
  for (const { store, id } of items) {
    const row = await database
      .selectFrom("difference")
      .selectAll()
      .where("store", "=", store)
      .where("id", "=", id)
      .executeTakeFirst();
    if (row === undefined) continue;
    if (row.side === "payment" && row.attempt !== null)
      await askProvider(engine, row.store as StoreId, row.attempt as PaymentId);
    if (row.side === "refund") await wakeRefund(engine, row);
    if (row.side === "payment" || row.side === "bill") days.add(`${row.account}\n${row.day}`);
  }
  for (const each of days) {
    const [account = "", day = ""] = each.split("\n");
    await askBills(engine, account, day);
  }
}

async function wakeRefund({ parts }: PaymentEngine, row: DifferenceRow): Promise<void> {
  await parts.database
    .updateTable("job")
    .set({ due_at: parts.clock.now() })
    .where("store", "=", row.store)
    .where("id", "=", `${refundKind}/${row.number}`)
    .where("claimed_until", "is", null)
    .execute();
}

async function askBills({ parts, accounts }: PaymentEngine, id: string, day: string): Promise<void> {
  const row = await parts.database
    .selectFrom("provider_account")
    .select("home_store")
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined || day === "") return;
  const account = await accounts.byId(parts.database, id);
  for (const kind of account.provider.bills.kinds) await fetchBill(parts, account, row.home_store, kind, day);
}
