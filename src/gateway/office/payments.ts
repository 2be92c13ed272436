import { sql } from "kysely";
import {
  officePageMax,
  type OfficePayment,
  type OfficePaymentRow,
  type OfficePayments,
} from "../../contract/office.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { attemptOf, bodyOf } from "../payments/attempt.ts";
import type { Database } from "../store/database.ts";
import { after, cursorAfter } from "./page.ts";
import { storyOfPayment } from "./story.ts";

/** Payment attempts, newest first, whose id, sale, receipt or provider's number is `query`; all when it is empty. */
export async function officePayments(
  database: Database,
  cursor: string | null,
  query: string,
): Promise<OfficePayments> {
  const found = attempts(database, query);
  const rows = await found
    .where(after("payment_attempt", cursor))
    .orderBy("payment_attempt.created_at", "desc")
    .orderBy("payment_attempt.id", "desc")
    .limit(officePageMax + 1)
    .execute();
  const { count, captured, currency } = await database
    .selectFrom(found.as("found"))
    .select([
      sql<number>`count(*)`.as("count"),
      sql<number>`coalesce(sum(amount) filter (where state = 'captured'), 0)::bigint`.as("captured"),
      sql<CurrencyCode>`coalesce(min(currency) filter (where currency <> ''), 'CNY')`.as("currency"),
    ])
    .executeTakeFirstOrThrow();
  const page = rows.slice(0, officePageMax);
  const next = cursorAfter(
    page.map(({ created_at, id }) => ({ at: created_at, id })),
    rows.length > page.length,
  );
  return { payments: page.map(rowOf), next, count, captured: money(captured, currency) };
}

/** One payment with its story; null when there is none. */
export async function officePayment(database: Database, id: string): Promise<OfficePayment | null> {
  const row = await attempts(database, "").where("payment_attempt.id", "=", id).executeTakeFirst();
  return row === undefined ? null : { row: rowOf(row), story: await storyOfPayment(database, row.store, id) };
}

function attempts(database: Database, query: string) {
  const all = database
    .selectFrom("payment_attempt")
    .innerJoin("till", "till.id", "payment_attempt.till")
    .leftJoin("sale", (join) =>
      join.onRef("sale.store", "=", "payment_attempt.store").onRef("sale.id", "=", "payment_attempt.sale"),
    )
    .selectAll("payment_attempt")
    .select(["till.label", "sale.receipt_number"])
    .select((row) =>
      row
        .exists(
          row
            .selectFrom("late_capture")
            .select("late_capture.attempt")
            .whereRef("late_capture.store", "=", "payment_attempt.store")
            .whereRef("late_capture.attempt", "=", "payment_attempt.id"),
        )
        .as("late"),
    );
  const wanted = query.trim().toUpperCase();
  if (wanted === "") return all;
  return all.where((row) =>
    row.or([
      row("payment_attempt.id", "=", wanted),
      row("payment_attempt.sale", "=", wanted),
      row("payment_attempt.provider_transaction", "=", query.trim()),
      row("sale.receipt_number", "=", wanted),
    ]),
  );
}

function rowOf(row: Awaited<ReturnType<ReturnType<typeof attempts>["execute"]>>[number]): OfficePaymentRow {
  const { label, receipt_number, late, ...attempt } = row;
  return {
    payment: bodyOf(attemptOf(attempt), null),
    store: row.store as StoreId,
    tillLabel: label,
    receipt: receipt_number,
    lateCapture: Boolean(late),
  };
}
