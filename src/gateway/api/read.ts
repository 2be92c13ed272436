import { sql } from "kysely";
import { apiPageMax, type ApiListQuery, type ApiPayment, type ApiSale } from "../../contract/api.ts";
import type { breakClasses } from "../../contract/item-classes.ts";
import type { Instant } from "../../domain/clock.ts";
import type { CompletedSale } from "../../domain/journal.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { Voucher } from "../close/voucher.ts";
import type { Database } from "../store/database.ts";

const cursorPattern = /^(\d{1,16})\|(.{1,100})$/;

/** Where a page begins: after the last row of the one before, in the order of instant and id. */
function after(cursor: string | undefined): readonly [at: number, id: string] {
  const [, at, id] = cursorPattern.exec(cursor ?? "") ?? [];
  return at === undefined || id === undefined ? [-1, ""] : [Number(at), id];
}

function nextOf<Row>(rows: readonly Row[], of: (row: Row) => readonly [number, string]): string | null {
  const last = rows[apiPageMax - 1];
  return rows.length > apiPageMax && last !== undefined ? of(last).join("|") : null;
}

/** Completed sales, the oldest first, 100 a page. */
export async function salesPage(database: Database, query: ApiListQuery) {
  const [at, id] = after(query.after);
  const rows = await database
    .selectFrom("sale")
    .selectAll()
    .where("store", "=", query.store)
    .where("state", "=", "completed")
    .where("business_date", ">=", query.from ?? "")
    .where("business_date", "<=", query.to ?? "9999-12-31")
    .where(sql<boolean>`(at, id) > (${at}::bigint, ${id})`)
    .orderBy("at")
    .orderBy("id")
    .limit(apiPageMax + 1)
    .execute();
  const sales = rows.slice(0, apiPageMax).map((row): ApiSale => {
    const { sale, tenders } = row.body as CompletedSale;
    return {
      id: row.id,
      store: row.store,
      till: row.till,
      receipt: row.receipt_number ?? "",
      businessDate: row.business_date ?? "",
      completedAt: row.at as Instant,
      total: sale.total,
      tenders: tenders.map((tender) => ({
        kind: tender.kind,
        amount: tender.amount,
        payment: "attempt" in tender ? tender.attempt : null,
        channel: "channel" in tender ? tender.channel : null,
      })),
      lines: sale.lines.map((line) => ({
        product: line.product,
        name: line.names["zh-CN"],
        quantity: line.quantity.thousandths,
        unit: line.quantity.unit,
        amount: line.amount,
        taxRate: line.taxRate,
        isReturn: line.returnOf !== null,
      })),
      taxes: sale.taxes.map(({ rate, net, tax }) => ({ rate, net, tax })),
    };
  });
  return { sales, next: nextOf(rows, (row) => [row.at, row.id]) };
}

/** Payments with their refunds, the oldest first, 100 a page. */
export async function paymentsPage(database: Database, query: ApiListQuery) {
  const [at, id] = after(query.after);
  const rows = await database
    .selectFrom("payment_attempt")
    .selectAll()
    .where("store", "=", query.store)
    .where("currency", "<>", "")
    .where("business_date", ">=", query.from ?? "")
    .where("business_date", "<=", query.to ?? "9999-12-31")
    .where(sql<boolean>`(created_at, id) > (${at}::bigint, ${id})`)
    .orderBy("created_at")
    .orderBy("id")
    .limit(apiPageMax + 1)
    .execute();
  const shown = rows.slice(0, apiPageMax);
  const refunds = await database
    .selectFrom("refund")
    .select(["id", "attempt", "state", "amount", "currency"])
    .where("store", "=", query.store)
    .where("attempt", "in", [...shown.map((row) => row.id), ""])
    .orderBy("created_at")
    .execute();
  const payments = shown.map((row): ApiPayment => {
    const currency = row.currency as CurrencyCode;
    const captured = (row.memo as { readonly captured?: { readonly receivable: ApiPayment["receivable"] } | null })
      .captured;
    return {
      id: row.id,
      store: row.store,
      sale: row.sale === "" ? null : row.sale,
      channel: row.channel,
      state: row.state,
      amount: money(row.amount, currency),
      receivable: captured?.receivable ?? null,
      providerTransaction: row.provider_transaction,
      businessDate: row.business_date,
      startedAt: row.created_at as Instant,
      refunds: refunds
        .filter(({ attempt }) => attempt === row.id)
        .map((refund) => ({ id: refund.id, state: refund.state, amount: money(refund.amount, currency) })),
    };
  });
  return { payments, next: nextOf(rows, (row) => [row.created_at, row.id]) };
}

/** Open breaks, the oldest first, 100 a page. */
export async function breaksPage(database: Database, query: ApiListQuery) {
  const [at, id] = after(query.after);
  const rows = await database
    .selectFrom("difference")
    .selectAll()
    .where("store", "=", query.store)
    .where("state", "=", "break")
    .where("day", ">=", query.from ?? "")
    .where("day", "<=", query.to ?? "9999-12-31")
    .where(sql<boolean>`(opened_at, id) > (${at}::bigint, ${id})`)
    .orderBy("opened_at")
    .orderBy("id")
    .limit(apiPageMax + 1)
    .execute();
  const breaks = rows.slice(0, apiPageMax).map((row) => ({
    id: row.id,
    store: row.store,
    account: row.account,
    class: row.class as (typeof breakClasses)[number],
    number: row.number,
    day: row.day,
    amount: { amount: row.amount, currency: row.currency === "" ? "CNY" : row.currency },
    openedAt: row.opened_at as Instant,
  }));
  return { breaks, next: nextOf(rows, (row) => [row.opened_at, row.id]) };
}

/** Vouchers of closed days, in order, 100 a page: what they say never changes. */
export async function vouchersPage(database: Database, query: ApiListQuery) {
  const [number] = after(query.after);
  const rows = await database
    .selectFrom("voucher")
    .selectAll()
    .where("store", "=", query.store)
    .where("day", ">=", query.from ?? "")
    .where("day", "<=", query.to ?? "9999-12-31")
    .where("number", ">", number)
    .orderBy("number")
    .limit(apiPageMax + 1)
    .execute();
  const vouchers = rows.slice(0, apiPageMax).map((row) => {
    const voucher = JSON.parse(Buffer.from(row.bytes).toString("utf8")) as Voucher;
    const currency = (voucher.currency || "CNY") as CurrencyCode;
    return {
      store: row.store,
      day: row.day,
      number: row.number,
      debits: money(row.debits, currency),
      credits: money(row.credits, currency),
      lines: voucher.lines.map((line) => ({ ...line })),
      sha256: Buffer.from(row.sha256).toString("hex"),
    };
  });
  return { vouchers, next: nextOf(rows, (row) => [row.number, row.day]) };
}
