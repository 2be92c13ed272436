import type { SaleId, StoreId } from "../../domain/identifier.ts";
import type { TaxLine } from "../../domain/sale-totals.ts";
import { soldOf } from "../returns/find-sales.ts";
import type { Database } from "../store/database.ts";

/** What is left of a payment on the completed sale that counts it, in minor units, with that sale's rates. */
export type TenderLeft = { readonly sale: SaleId; readonly left: number; readonly taxes: readonly TaxLine[] };

/** The sale that a payment was taken for, locked, and what may still come back on it; null where no completed sale counts it. */
export async function tenderLeft(
  step: Database,
  { store, attempt }: { readonly store: string; readonly attempt: string | null },
): Promise<TenderLeft | null> {
  const original = await step
    .selectFrom("sale_tender")
    .innerJoin("sale", (join) =>
      join.onRef("sale.store", "=", "sale_tender.store").onRef("sale.id", "=", "sale_tender.sale"),
    )
    .select(["sale.id", "sale.body"])
    .where("sale_tender.store", "=", store)
    .where("sale_tender.attempt", "=", attempt ?? "")
    .where("sale_tender.kind", "=", "payment")
    .where("sale.state", "=", "completed")
    .forUpdate("sale")
    .executeTakeFirst();
  if (original === undefined) return null;
  const { body, left } = await soldOf(step, store as StoreId, original.body);
  const tender = left.find((each) => each.kind === "payment" && each.attempt === attempt);
  return { sale: original.id as SaleId, left: tender?.left.amount ?? 0, taxes: body.sale.taxes };
}
