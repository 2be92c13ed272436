import type { SaleId, StoreId } from "../../domain/identifier.ts";
import { allocate, money, subtract, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { TaxLine } from "../../domain/sale-totals.ts";
import { taxOf } from "../../domain/tax.ts";
import { accounts, type Transfer } from "../books/ledger.ts";
import { soldOf } from "../returns/find-sales.ts";
import type { Database } from "../store/database.ts";
import type { MendRefusal } from "./adopt.ts";
import { postMending, sayMended, sizeOf, type MendBy, type MendItem } from "./mend-item.ts";

/**
 * Takes a refund that was made outside as money back on its sale (`books.md` 10, row 16): out of returns and tax by the sale's rates,
 * and used up on its tender, so that no later return gives it again. Goods are not booked back: nobody here has seen them.
 */
export async function adoptRefund(step: Database, item: MendItem, by: MendBy): Promise<Result<null, MendRefusal>> {
  const { row } = item;
  if (row.attempt === null) return refuse("nothingToGoBy");
  const original = await step
    .selectFrom("sale_tender")
    .innerJoin("sale", (join) =>
      join.onRef("sale.store", "=", "sale_tender.store").onRef("sale.id", "=", "sale_tender.sale"),
    )
    .select(["sale.id", "sale.body"])
    .where("sale_tender.store", "=", row.store)
    .where("sale_tender.attempt", "=", row.attempt)
    .where("sale_tender.kind", "=", "payment")
    .where("sale.state", "=", "completed")
    .forUpdate("sale")
    .executeTakeFirst();
  if (original === undefined) return refuse("nothingToGoBy");
  const amount = sizeOf(item);
  const { body, left } = await soldOf(step, row.store as StoreId, original.body);
  const tender = left.find((each) => each.kind === "payment" && each.attempt === row.attempt);
  if (tender === undefined || tender.left.amount < amount.amount) return refuse("changed");
  await step
    .insertInto("used_tender")
    .values({
      store: row.store,
      original: original.id as SaleId,
      sale: by.mending,
      n: 1,
      kind: "payment",
      attempt: row.attempt,
      amount: amount.amount,
    })
    .execute();
  await postMending(step, item, returnTransfers(body.sale.taxes, amount.amount, row.currency as CurrencyCode), by);
  await sayMended(step, item, by);
  return ok(null);
}

/** The amount over the sale's rates: what each was of the whole, and the tax inside it. */
export function returnTransfers(taxes: readonly TaxLine[], amount: number, currency: CurrencyCode): Transfer[] {
  const weights = taxes.map((line) => Math.max(line.net.amount + line.tax.amount, 0));
  const shares = weights.every((weight) => weight === 0) ? [] : allocate(money(amount, currency), weights);
  const transfers = shares.flatMap((share, nth) => {
    const rate = taxes[nth]?.rate;
    if (rate === undefined || share.amount === 0) return [];
    const tax = taxOf(share, rate, "included");
    return [
      { debit: accounts.returns(rate), credit: accounts.unexplained, amount: subtract(share, tax) },
      { debit: accounts.outputTax(rate), credit: accounts.unexplained, amount: tax },
    ];
  });
  const own = transfers.filter((transfer) => transfer.amount.amount !== 0);
  if (own.length > 0) return own;
  return [{ debit: accounts.returns(0), credit: accounts.unexplained, amount: money(amount, currency) }];
}
