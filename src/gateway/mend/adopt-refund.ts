import { sql } from "kysely";
import type { Random } from "../../domain/clock.ts";
import { allocate, money, subtract, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { TaxLine } from "../../domain/sale-totals.ts";
import { taxOf } from "../../domain/tax.ts";
import { accounts, matched, shopFunded, type Transfer } from "../books/ledger.ts";
import type { Database } from "../store/database.ts";
import type { MendRefusal } from "./adopt.ts";
import { adoptPart, adoptUnclaimed } from "./adopt-unclaimed.ts";
import { askedOutside } from "./back-outside.ts";
import { postMending, sayMended, sizeOf, type MendBy, type MendItem } from "./mend-item.ts";
import { tenderLeft } from "./tender-left.ts";

/**
 * Takes a refund that was made outside as money back on its sale (`books.md` 10, row 16): out of returns and tax by the sale's rates,
 * and used up on its tender, so that no later return gives it again; what a coupon of the shop's had paid of it is undone. What is the
 * payer's anyway is no return (`adoptUnclaimed`). Goods are not booked back: nobody here has seen them.
 */
export async function adoptRefund(
  step: Database,
  random: Random,
  item: MendItem,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const { row } = item;
  const asked = await askedOutside(step, row);
  if (row.attempt === null || asked === null) return refuse("nothingToGoBy");
  const unclaimed = await adoptUnclaimed(step, random, item, asked, by);
  if (unclaimed !== null) return unclaimed;
  const original = await tenderLeft(step, row);
  if (original === null || original.left < asked)
    return adoptPart(step, random, item, asked, original === null ? "nothingToGoBy" : "changed", by);
  const amount = money(asked, row.currency as CurrencyCode);
  await step
    .insertInto("used_tender")
    .values({
      store: row.store,
      original: original.sale,
      sale: by.mending,
      // several of one sale may be taken together
      n: sql<number>`(select coalesce(max(n), 0) + 1 from used_tender
        where store = ${row.store} and original = ${original.sale} and sale = ${by.mending})`,
      kind: "payment",
      attempt: row.attempt,
      amount: amount.amount,
    })
    .execute();
  const { taxes } = original;
  const less = subtract(amount, sizeOf(item));
  const byShop =
    less.amount > 0 ? matched([{ account: accounts.unexplained, amount: less }], shopFunded(less, taxes)) : [];
  await postMending(step, item, [...returnTransfers(taxes, amount.amount, amount.currency), ...byShop], by);
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
