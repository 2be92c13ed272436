import { sql, type RawBuilder } from "kysely";
import {
  officePageMax,
  type OfficeFilter,
  type OfficeSale,
  type OfficeSaleRow,
  type OfficeSales,
} from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import type { CompletedSale } from "../../domain/journal.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { itemCountOf } from "../../domain/sale-totals.ts";
import { attemptOf, bodyOf } from "../payments/attempt.ts";
import type { Database } from "../store/database.ts";
import { after, cursorAfter, storesAsked, type OwnStores } from "./page.ts";
import { storyOfSale } from "./story.ts";

/** Completed sales of the filter, newest first: 100 of them, and the count and sum of all. */
export async function officeSales(
  database: Database,
  filter: OfficeFilter,
  own: OwnStores = null,
): Promise<OfficeSales> {
  const stores = await storesAsked(database, filter.store, own);
  const found = completedSales(database, stores).where(await isWanted(database, stores, filter));
  const rows = await found
    .where(after("sale", filter.before))
    .orderBy("sale.at", "desc")
    .orderBy("sale.id", "desc")
    .limit(officePageMax + 1)
    .execute();
  const { count, sum, currency } = await database
    .selectFrom(found.as("found"))
    .select([
      sql<number>`count(*)`.as("count"),
      sql<number>`coalesce(sum(total), 0)::bigint`.as("sum"),
      sql<CurrencyCode>`coalesce(min(currency), 'CNY')`.as("currency"),
    ])
    .executeTakeFirstOrThrow();
  const page = rows.slice(0, officePageMax);
  return {
    sales: page.map(saleRowOf),
    next: cursorAfter(page, rows.length > page.length),
    count,
    sum: money(sum, currency),
  };
}

/** One sale with its lines, its payments and all that happened; null when there is none. */
export async function officeSale(database: Database, id: string): Promise<OfficeSale | null> {
  const stores = await storesAsked(database, undefined);
  const row = await completedSales(database, stores).where("sale.id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const attempts = await database
    .selectFrom("payment_attempt")
    .selectAll()
    .where("store", "=", row.store)
    .where("sale", "=", id)
    .orderBy("created_at")
    .execute();
  return {
    row: saleRowOf(row),
    body: row.body as OfficeSale["body"],
    story: await storyOfSale(database, row.store, id, attempts),
    payments: attempts.map((attempt) => bodyOf(attemptOf(attempt), null)),
  };
}

/** Completed sales of `stores`, each with its till's label and its cashier's name. */
export function completedSales(database: Database, stores: readonly string[]) {
  return database
    .selectFrom("sale")
    .innerJoin("till", "till.id", "sale.till")
    .leftJoin("staff", "staff.id", "sale.staff")
    .select([
      "sale.id",
      "sale.store",
      "sale.till",
      "sale.receipt_number",
      "sale.business_date",
      "sale.at",
      "sale.body",
      "sale.total",
      "sale.currency",
    ])
    .select(["till.label", "staff.name as staff_name"])
    .where("sale.store", "in", stores)
    .where("sale.state", "=", "completed");
}

/** The sales that a text names look in every date; without a text the date decides. */
async function isWanted(
  database: Database,
  stores: readonly string[],
  filter: OfficeFilter,
): Promise<RawBuilder<boolean>> {
  const text = filter.query?.trim() ?? "";
  if (text === "")
    return filter.date === undefined ? sql<boolean>`true` : sql<boolean>`sale.business_date = ${filter.date}`;
  const sales = database.selectFrom("sale").select("id").where("store", "in", stores);
  const paid = database.selectFrom("payment_attempt").select("sale as id").where("store", "in", stores);
  const named = await sales
    .where("id", "=", text.toUpperCase())
    .union(sales.where("receipt_number", "=", text.toUpperCase()))
    .union(paid.where("id", "=", text.toUpperCase()))
    .union(paid.where("provider_transaction", "=", text))
    .execute();
  return sql<boolean>`sale.id = any(${named.map(({ id }) => id)}::text[])`;
}

type FoundSale = Awaited<ReturnType<ReturnType<typeof completedSales>["execute"]>>[number];

/** A sale as the office's lists show it. */
export function saleRowOf(row: FoundSale): OfficeSaleRow {
  const { sale, tenders } = row.body as CompletedSale;
  const currency = row.currency as CurrencyCode;
  return {
    id: row.id as SaleId,
    store: row.store as StoreId,
    till: row.till as TillId,
    tillLabel: row.label,
    staffName: row.staff_name ?? "",
    receipt: row.receipt_number ?? "",
    businessDate: row.business_date ?? "",
    completedAt: row.at as Instant,
    itemCount: itemCountOf(sale.lines),
    total: money(row.total, currency),
    tenders: tenders.map((tender) => ({
      kind: tender.kind,
      channel: tender.kind === "cash" ? null : tender.channel,
      amount: tender.amount,
      attempt: tender.kind === "payment" || tender.kind === "refund" ? tender.attempt : null,
    })),
  };
}
