import { sql, type RawBuilder } from "kysely";
import {
  officePageMax,
  type OfficeFilter,
  type OfficePayment,
  type OfficePaymentRow,
  type OfficePayments,
} from "../../contract/office.ts";
import type { RefundBody } from "../../contract/refund.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { BusinessDate } from "../../domain/till-session.ts";
import { attemptOf, bodyOf } from "../payments/attempt.ts";
import type { Database } from "../store/database.ts";
import { after, cursorAfter, storesAsked, type OwnStores } from "./page.ts";
import { storyOfPayment } from "./story.ts";

/**
 * Payment attempts of the filter, newest first: 100 of them; how many in all, what is captured and what of it was given back, how
 * many are in doubt.
 */
export async function officePayments(
  database: Database,
  filter: OfficeFilter,
  own: OwnStores = null,
): Promise<OfficePayments> {
  const stores = await storesAsked(database, filter.store, own);
  const found = attempts(database, stores).where(await isWanted(database, stores, filter));
  const rows = await found
    .where(after("payment_attempt", filter.before))
    .orderBy("payment_attempt.created_at", "desc")
    .orderBy("payment_attempt.id", "desc")
    .limit(officePageMax + 1)
    .execute();
  const { count, captured, back, inDoubt, currency } = await database
    .selectFrom(found.as("found"))
    .select([
      sql<number>`count(*)`.as("count"),
      sql<number>`coalesce(sum(amount) filter (where state = 'captured'), 0)::bigint`.as("captured"),
      sql<number>`coalesce(sum(back) filter (where state = 'captured'), 0)::bigint`.as("back"),
      sql<number>`count(*) filter (where state in ('unknown', 'reversing', 'closing'))`.as("inDoubt"),
      sql<CurrencyCode>`coalesce(min(currency) filter (where currency <> ''), 'CNY')`.as("currency"),
    ])
    .executeTakeFirstOrThrow();
  const page = rows.slice(0, officePageMax);
  const next = cursorAfter(
    page.map(({ created_at, id }) => ({ at: created_at, id })),
    rows.length > page.length,
  );
  return {
    payments: page.map(rowOf),
    next,
    count,
    captured: money(captured, currency),
    givenBack: money(back, currency),
    inDoubt,
  };
}

/** One payment with its story; null when there is none. */
export async function officePayment(database: Database, id: string): Promise<OfficePayment | null> {
  const stores = await storesAsked(database, undefined);
  const row = await attempts(database, stores).where("payment_attempt.id", "=", id).executeTakeFirst();
  return row === undefined ? null : { row: rowOf(row), story: await storyOfPayment(database, row) };
}

/** The provider has accepted the refund: the money is the payer's (`books.md` 10, row 7). */
const goneBack = ["processing", "succeeded"] as const satisfies readonly RefundBody["state"][];

function attempts(database: Database, stores: readonly string[]) {
  return database
    .selectFrom("payment_attempt")
    .innerJoin("till", "till.id", "payment_attempt.till")
    .innerJoin("store", "store.id", "payment_attempt.store")
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
            .whereRef("late_capture.attempt", "=", "payment_attempt.id")
            .where("late_capture.settled_at", "is", null),
        )
        .as("late"),
    )
    .select((row) =>
      row
        .selectFrom("refund")
        // made at the provider in parts it is several, and any of them may be owed still, or again
        .select(
          sql<
            boolean | null
          >`bool_and(refund.state in ('succeeded', 'paidOtherwise')) and bool_or(refund.state = 'succeeded')`.as("all"),
        )
        .whereRef("refund.store", "=", "payment_attempt.store")
        .whereRef("refund.attempt", "=", "payment_attempt.id")
        .where("refund.cause", "in", ["lateCapture", "freed", "reversalRefused"])
        .where(sql<string | null>`refund.memo->>'replacedBy'`, "is", null)
        .as("given_back"),
    )
    .select((row) =>
      row
        .selectFrom("refund")
        .select(sql<number>`coalesce(sum(refund.amount), 0)::bigint`.as("sum"))
        .whereRef("refund.store", "=", "payment_attempt.store")
        .whereRef("refund.attempt", "=", "payment_attempt.id")
        .where("refund.state", "in", [...goneBack])
        .as("back"),
    )
    .where("payment_attempt.store", "in", stores);
}

/** The payments that a text names look in every date; without a text the date decides. */
async function isWanted(
  database: Database,
  stores: readonly string[],
  filter: OfficeFilter,
): Promise<RawBuilder<boolean>> {
  const text = filter.query?.trim() ?? "";
  if (text === "") return filter.date === undefined ? sql<boolean>`true` : isOfDate(filter.date);
  const own = database.selectFrom("payment_attempt").select("id").where("store", "in", stores);
  const bySale = database
    .selectFrom("payment_attempt")
    .innerJoin("sale", (join) =>
      join.onRef("sale.store", "=", "payment_attempt.store").onRef("sale.id", "=", "payment_attempt.sale"),
    )
    .select("payment_attempt.id")
    .where("payment_attempt.store", "in", stores)
    .where("sale.store", "in", stores);
  const named = await own
    .where("id", "=", text.toUpperCase())
    .union(own.where("sale", "=", text.toUpperCase()))
    .union(own.where("provider_transaction", "=", text))
    .union(bySale.where("sale.receipt_number", "=", text.toUpperCase()))
    .execute();
  return sql<boolean>`payment_attempt.id = any(${named.map(({ id }) => id)}::text[])`;
}

/** An id that was closed unseen has no business date of its own: the day it was closed is its day. */
function isOfDate(date: BusinessDate): RawBuilder<boolean> {
  return sql<boolean>`(payment_attempt.business_date = ${date} or (payment_attempt.business_date = '' and to_char(
    to_timestamp(payment_attempt.created_at / 1000.0) at time zone store.zone - store.cut_minute * interval '1 minute',
    'YYYY-MM-DD') = ${date}))`;
}

function rowOf(row: Awaited<ReturnType<ReturnType<typeof attempts>["execute"]>>[number]): OfficePaymentRow {
  const { label, receipt_number, late, given_back: isGivenBack, back, ...attempt } = row;
  const gone = back ?? 0;
  return {
    payment: bodyOf(attemptOf(attempt), null),
    store: row.store as StoreId,
    tillLabel: label,
    receipt: receipt_number,
    ...(gone === 0 ? {} : { givenBack: money(gone, row.currency as CurrencyCode) }),
    owed: isGivenBack === true ? null : late ? "lateCapture" : isRefundOwed(attempt) ? "refundOwed" : null,
  };
}

function isRefundOwed(row: { readonly state: string; readonly detail: unknown }): boolean {
  return row.state === "captured" && (row.detail as { readonly refundOwed?: boolean }).refundOwed === true;
}
