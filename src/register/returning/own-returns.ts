import type { SaleId } from "../../domain/identifier.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import {
  areLeft,
  returnedLines,
  tendersLess,
  tendersOf,
  usedOfOriginal,
  type Carried,
  type ReturnedLine,
  type TenderLeft,
} from "../../domain/returns.ts";
import type { Sale } from "../../domain/sale.ts";
import type { LedgerDatabase, SaleRow } from "../../storage/database.ts";
import type { ReturnHeld } from "../core.ts";
import type { FoundSale } from "./found-sale.ts";
import { originalOf } from "./plan-return.ts";
import { soldSaleOf } from "./return-goods.ts";

/** Two tills' clocks, or one before and after it was set, are no further apart: a return may seem so much older than its sale. */
const clocksApartMs = 24 * 3_600_000;

type PastSale = Pick<FoundSale, "body" | "completedAt">;

/** What is left of a sale of this till's, by this till's own returns. */
export function leftOf(
  original: SaleRow,
  all: readonly SaleRow[],
): { readonly returned: readonly ReturnedLine[]; readonly left: TenderLeft[] } {
  const { currency } = original.body.sale.total;
  const { returned, used } = backFrom(original.id, currency, all);
  const { sale, tenders, carried } = original.body;
  const own = tendersOf({ ...sale, tenders, carried, currency });
  return { returned, left: tendersLess(own, used) };
}

/** What came back of `original` in these sales: goods, and what that took of its tenders. */
export function backFrom(
  original: SaleId,
  currency: CurrencyCode,
  all: readonly SaleRow[],
): { readonly returned: readonly ReturnedLine[]; readonly used: readonly Carried[] } {
  const of = all.filter((row) => row.body.sale.lines.some((line) => line.returnOf?.sale === original));
  // a sale takes back lines of one original only
  const returned = of.flatMap((row) => returnedLines(row.body.sale.lines));
  return { returned, used: of.flatMap(({ body }) => usedOfOriginal({ ...body.sale, ...body, currency })) };
}

/** This till's own returns of a past sale, by its ledger. */
export async function ownReturnsOf(database: LedgerDatabase, { body, completedAt }: PastSale): Promise<SaleRow[]> {
  const since = completedAt - clocksApartMs;
  const later = await database.sale.where("completedAt").aboveOrEqual(since).toArray();
  return later.filter((row) => originalOf(row.body.sale) === body.sale.id);
}

/**
 * Whether what `sale` takes back, and what it uses of the tenders that paid for it, is there still by this till's own ledger: another
 * window, or a ticket that was held, may have brought it back since it was looked at. Asked inside the transaction that takes money
 * or gives it. Nothing is held by the gateway against the till that holds it.
 *
 * @param sale with the tenders that it is to be completed with
 */
export async function isLeftHere(database: LedgerDatabase, sale: Sale, held: ReturnHeld | null): Promise<boolean> {
  if (originalOf(sale) === null) return true;
  if (held?.sale !== sale.id) return false;
  const { found, known } = held;
  const since = (await ownReturnsOf(database, found)).filter((row) => !known.has(row.id));
  const { returned, used } = backFrom(found.body.sale.id, sale.currency, since);
  const left = tendersLess(found.left, [...used, ...usedOfOriginal(sale)]);
  const isRoom = left.every((each) => each.left.amount >= 0);
  return isRoom && areLeft(soldSaleOf(found), [...found.returned, ...returned], returnedLines(sale.lines));
}
