import * as z from "zod/mini";
import { billTotalNames, type BesideBills } from "../../../contract/beside-bills.ts";
import type { ItemName } from "../../../contract/reconciliation.ts";
import type { CurrencyCode } from "../../../domain/money.ts";
import type { Database } from "../../store/database.ts";

const detailSchema = z.object({
  differences: z.array(z.object({ member: z.enum(billTotalNames), footer: z.number(), counted: z.number() })),
});

/** Which of a bill's own totals are not what its rows come to; null where they are, or the break is of another kind. */
export async function billBeside(
  database: Database,
  { store, account, number }: ItemName,
): Promise<BesideBills | null> {
  const row = await database
    .selectFrom("difference")
    .innerJoin("store", "store.id", "difference.store")
    .select(["detail", "store.currency as money"])
    .where("difference.store", "=", store)
    .where("account", "=", account)
    .where("side", "=", "bill")
    .where("number", "=", number)
    .where("class", "=", "footerDiffers")
    .executeTakeFirst();
  const detail = detailSchema.safeParse(row?.detail);
  if (row === undefined || !detail.success || detail.data.differences.length === 0) return null;
  return { kind: "bill", totals: detail.data.differences, currency: row.money as CurrencyCode };
}
