import type { ItemName, ReconciliationItemOpened } from "../../../contract/reconciliation.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import type { Database } from "../../store/database.ts";

/** What the books know of a number of which nothing has moved: a refund that is promised, or what a receipt counts. */
export type Counted = {
  readonly shown: NonNullable<ReconciliationItemOpened["counted"]>;
  readonly attempt: string | null;
  readonly sale: string | null;
};

/** Looked for where no movement says it; null where the books know nothing of that number. */
export function countedBeside(database: Database, name: ItemName): Promise<Counted | null> {
  if (name.side === "refund") return promisedRefund(database, name);
  return name.side === "payment" ? countingReceipt(database, name) : Promise.resolve(null);
}

async function promisedRefund(database: Database, { store, number }: ItemName): Promise<Counted | null> {
  const row = await database
    .selectFrom("refund")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", number)
    .executeTakeFirst();
  if (row === undefined) return null;
  const amount = money(row.amount, row.currency as CurrencyCode);
  return {
    shown: { kind: "refund", amount, at: row.created_at as Instant, businessDate: row.business_date },
    attempt: row.attempt,
    sale: row.sale === "" ? null : row.sale,
  };
}

async function countingReceipt(database: Database, { store, number }: ItemName): Promise<Counted | null> {
  const row = await database
    .selectFrom("sale_tender")
    .innerJoin("sale", (join) =>
      join.onRef("sale.store", "=", "sale_tender.store").onRef("sale.id", "=", "sale_tender.sale"),
    )
    .select(["sale.id", "sale.at", "sale.business_date", "sale.currency", "sale_tender.amount", "sale_tender.tip"])
    .where("sale_tender.store", "=", store)
    .where("sale_tender.attempt", "=", number)
    .where("sale_tender.kind", "=", "payment")
    .executeTakeFirst();
  if (row === undefined) return null;
  const amount = money(row.amount + row.tip, row.currency as CurrencyCode);
  return {
    shown: { kind: "sale", amount, at: row.at as Instant, businessDate: row.business_date ?? "" },
    attempt: null,
    sale: row.id,
  };
}
