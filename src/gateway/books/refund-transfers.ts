import { subtract, type Money } from "../../domain/money.ts";
import type { TaxLine } from "../../domain/sale-totals.ts";
import { accounts, matched, shopFunded, type Transfer } from "./ledger.ts";

/** Money of a payment that no sale wants (`books.md` 10, row 15): out of suspense, owed to the payer. */
export function owedTransfers(providerAccount: string, amount: Money): readonly Transfer[] {
  return [{ debit: accounts.suspense, credit: accounts.refundsOwed(providerAccount), amount }];
}

/** The second part of row 7, when the provider takes a refund on: no longer owed by us, and off what the provider will pay. */
export function acceptedTransfers(providerAccount: string, asked: Money): readonly Transfer[] {
  return [
    { debit: accounts.refundsOwed(providerAccount), credit: accounts.receivable(providerAccount), amount: asked },
  ];
}

/**
 * When less left the receivable than was asked, because the shop had paid part itself by a coupon (row 4 backwards): the
 * receivable gets the difference back, the shop's discount and the tax inside it shrink.
 */
export function takenLessTransfers(
  providerAccount: string,
  asked: Money,
  taken: Money,
  taxes: readonly TaxLine[],
): readonly Transfer[] {
  const less = subtract(asked, taken);
  if (less.amount <= 0) return [];
  return matched([{ account: accounts.receivable(providerAccount), amount: less }], shopFunded(less, taxes));
}
