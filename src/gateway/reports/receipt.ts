import type { ReportReceipt } from "../../contract/reports.ts";
import { completedSale } from "../../contract/sale.ts";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { Database } from "../store/database.ts";

/** What a completed sale's paper was made from; null when there is no such sale. */
export async function readReceipt(database: Database, id: string): Promise<ReportReceipt | null> {
  const stores = await database.selectFrom("store").selectAll().execute();
  const row = await database
    .selectFrom("sale")
    .innerJoin("till", "till.id", "sale.till")
    .select(["sale.store", "sale.id", "sale.staff", "sale.at", "sale.body", "till.label"])
    .where(
      "sale.store",
      "in",
      stores.map((store) => store.id),
    )
    .where("sale.id", "=", id)
    .where("sale.state", "=", "completed")
    .executeTakeFirst();
  const store = stores.find((each) => each.id === row?.store);
  if (row === undefined || store === undefined) return null;
  const freed = await database
    .selectFrom("payment_attempt")
    .select(["id", "amount", "currency"])
    .where("store", "=", row.store)
    .where("sale", "=", id)
    .where("freed", "=", true)
    .orderBy("created_at")
    .execute();
  const { name, address, phone, zone } = store;
  return {
    shop: { name, address, phone, zone, language: store.display_language as ReportReceipt["shop"]["language"] },
    tillLabel: row.label,
    cashier: row.staff ?? "",
    id: row.id as SaleId,
    at: row.at as Instant,
    sold: completedSale.parse(row.body),
    // given up out of the gateway's reach: the paper promises their money back, if it was taken
    promised: freed.map((attempt) => ({
      attempt: attempt.id as PaymentId,
      amount: money(attempt.amount, attempt.currency as CurrencyCode),
    })),
  };
}
