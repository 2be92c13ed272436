import { sql } from "kysely";
import { foundSalesMax, type SoldSaleFound } from "../../contract/returns.ts";
import { completedSale } from "../../contract/sale.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money } from "../../domain/money.ts";
import { tendersLess, tendersOf, type Carried, type ReturnedLine, type TenderLeft } from "../../domain/returns.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { refundBodyOf, refundOf } from "../refunds/refund.ts";
import type { Database } from "../store/database.ts";

/** Digits of a number's end that are enough to look by. */
const tailMin = 4;

/**
 * Completed sales of `store` that `number` names: receipt, sale or payment number of ours, the provider's number or refund
 * number, or the last digits (four or more) of a receipt; newest first.
 */
export async function findSales(database: Database, store: StoreId, number: string): Promise<SoldSaleFound[]> {
  const asked = number.trim();
  if (asked === "") return [];
  const upper = asked.toUpperCase();
  const sales = database.selectFrom("sale").select("id").where("store", "=", store).where("state", "=", "completed");
  const attempts = database.selectFrom("payment_attempt").select("sale as id").where("store", "=", store);
  const named = await sales
    .where("id", "=", upper)
    .union(sales.where("receipt_number", "=", upper))
    .union(attempts.where("id", "=", upper))
    .union(attempts.where("provider_transaction", "=", asked))
    .union(database.selectFrom("refund").select("sale as id").where("store", "=", store).where("id", "=", upper))
    .limit(foundSalesMax)
    .execute();
  const found = named.length > 0 || upper.length < tailMin ? named : await byTail(database, store, upper);
  if (found.length === 0) return [];
  const rows = await database
    .selectFrom("sale")
    .innerJoin("till", "till.id", "sale.till")
    .select(["sale.id", "sale.at", "sale.body", "till.label"])
    .where("sale.store", "=", store)
    .where("sale.state", "=", "completed")
    .where(sql<boolean>`sale.id = any(${found.map(({ id }) => id)}::text[])`)
    .orderBy("sale.at", "desc")
    .limit(foundSalesMax)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      store,
      tillLabel: row.label,
      completedAt: row.at as Instant,
      ...(await soldOf(database, store, row.body)),
    })),
  );
}

function byTail(database: Database, store: StoreId, tail: string): Promise<{ id: string }[]> {
  return database
    .selectFrom("sale")
    .select("id")
    .where("store", "=", store)
    .where("state", "=", "completed")
    .where(sql<boolean>`right(receipt_number, ${tail.length}) = ${tail}`)
    .orderBy("at", "desc")
    .limit(foundSalesMax)
    .execute();
}

/** A completed sale with what has come back of it and what is left on its tenders. */
export async function soldOf(
  database: Database,
  store: StoreId,
  stored: unknown,
): Promise<Pick<SoldSaleFound, "body" | "returned" | "left" | "refunds">> {
  const body = completedSale.parse(stored);
  const { id, total } = body.sale;
  const own = tendersOf({ ...body.sale, tenders: body.tenders, carried: body.carried, currency: total.currency });
  const attempts = own.flatMap((each) => (each.kind === "payment" ? [each.attempt as string] : []));
  const [lines, used, refunds] = await Promise.all([
    database
      .selectFrom("returned_line")
      .select(["line", "thousandths", "amount", "tax"])
      .where("store", "=", store)
      .where("original", "=", id)
      .execute(),
    database
      .selectFrom("used_tender")
      .select(["kind", "attempt", "amount"])
      .where("store", "=", store)
      .where("original", "=", id)
      .execute(),
    database
      .selectFrom("refund")
      .selectAll()
      .where("store", "=", store)
      .where(sql<boolean>`attempt = any(${attempts}::text[])`)
      .orderBy("created_at")
      .execute(),
  ]);
  const parts = used.map((row): Carried => {
    const amount = money(row.amount, total.currency);
    if (row.kind === "cash" || row.attempt === null) return { kind: "cash", amount };
    return { kind: "payment", attempt: row.attempt as never, channel: channelOf(own, row.attempt), amount };
  });
  return {
    body,
    returned: lines satisfies readonly ReturnedLine[],
    left: tendersLess(own, parts),
    refunds: refunds.map((row) => refundBodyOf(refundOf(row))),
  };
}

function channelOf(own: readonly TenderLeft[], attempt: string): PaymentChannel {
  const known = own.find((each) => each.kind === "payment" && each.attempt === attempt);
  return known?.kind === "payment" ? known.channel : "wechat";
}
