import { sql } from "kysely";
import { officePageMax, type OfficeSale, type OfficeSaleRow, type OfficeSales } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import type { CompletedSale } from "../../domain/journal.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { totalsOf } from "../../domain/sale-totals.ts";
import { attemptOf, bodyOf } from "../payments/attempt.ts";
import type { Database } from "../store/database.ts";
import { after, cursorAfter } from "./page.ts";
import { storyOfPayment, storyOfSale } from "./story.ts";

/** Completed sales, newest first, whose receipt number, id, payment or provider's number is `query`; all when it is empty. */
export async function officeSales(database: Database, cursor: string | null, query: string): Promise<OfficeSales> {
  const found = completedSales(database, query);
  const rows = await found
    .where(after("sale", cursor))
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
    sales: page.map(rowOf),
    next: cursorAfter(page, rows.length > page.length),
    count,
    sum: money(sum, currency),
  };
}

/** One sale with its lines, its payments and all that happened; null when there is none. */
export async function officeSale(database: Database, id: string): Promise<OfficeSale | null> {
  const row = await completedSales(database, "").where("sale.id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const attempts = await database
    .selectFrom("payment_attempt")
    .selectAll()
    .where("store", "=", row.store)
    .where("sale", "=", id)
    .orderBy("created_at")
    .execute();
  const stories = await Promise.all(attempts.map((attempt) => storyOfPayment(database, attempt.store, attempt.id)));
  const story = [...(await storyOfSale(database, row.store, id)), ...stories.flat()].toSorted((a, b) => a.at - b.at);
  return {
    row: rowOf(row),
    body: row.body as OfficeSale["body"],
    story,
    payments: attempts.map((attempt) => bodyOf(attemptOf(attempt), null)),
  };
}

function completedSales(database: Database, query: string) {
  const completed = database
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
    .where("sale.state", "=", "completed");
  const wanted = query.trim().toUpperCase();
  if (wanted === "") return completed;
  return completed.where((row) =>
    row.or([
      row("sale.receipt_number", "=", wanted),
      row("sale.id", "=", wanted),
      row.exists(
        row
          .selectFrom("payment_attempt")
          .select("payment_attempt.id")
          .whereRef("payment_attempt.store", "=", "sale.store")
          .whereRef("payment_attempt.sale", "=", "sale.id")
          .where((attempt) =>
            attempt.or([
              attempt("payment_attempt.id", "=", wanted),
              attempt("payment_attempt.provider_transaction", "=", query.trim()),
            ]),
          ),
      ),
    ]),
  );
}

type FoundSale = Awaited<ReturnType<ReturnType<typeof completedSales>["execute"]>>[number];

function rowOf(row: FoundSale): OfficeSaleRow {
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
    itemCount: totalsOf({ lines: sale.lines, currency, taxMode: sale.taxMode }).itemCount,
    total: money(row.total, currency),
    tenders: tenders.map((tender) => ({
      kind: tender.kind,
      channel: tender.kind === "payment" ? tender.channel : null,
      amount: tender.amount,
      attempt: tender.kind === "payment" ? tender.attempt : null,
    })),
  };
}
