import { allocate, money, subtract, type Money } from "../../domain/money.ts";
import type { TaxLine } from "../../domain/sale-totals.ts";
import { taxOf } from "../../domain/tax.ts";
import { invariant } from "../../domain/assert.ts";

/** One row of a posting (house decision 15): it balances by itself. A red entry is a negative amount. */
export type Transfer = { readonly debit: string; readonly credit: string; readonly amount: Money };

export type Side = { readonly account: string; readonly amount: Money };

/** Accounts by name; a slash stands before what makes several of a kind. */
export const accounts = {
  drawer: (till: string) => `drawer/${till}`,
  receivable: (providerAccount: string) => `receivable/${providerAccount}`,
  suspense: "suspense",
  revenue: (rate: number) => `revenue/${rate}`,
  outputTax: (rate: number) => `outputTax/${rate}`,
  shopDiscount: "shopDiscount",
  rounding: "rounding",
  returns: (rate: number) => `returns/${rate}`,
  /** Per provider account. A list: its balance equals the refunds that are open. */
  refundsOwed: (providerAccount: string) => `refundsOwed/${providerAccount}`,
  /** Unverified tenders, until the bill proves them. */
  unproven: "unproven",
  tipsPayable: "tipsPayable",
  safe: "safe",
  /** A list: cash that left a safe for the bank, and what came otherwise than it left; equals its open deposits. */
  cashInTransit: "cashInTransit",
  owner: "owner",
  otherIncome: "otherIncome",
  expense: (reason: string) => `expense/${reason}`,
  /** 待处理财产损溢: drawers over and short, until somebody decides. */
  cashPending: "cashPending",
  /** What a provider charges for its service. */
  fees: "fees",
  /** A list: money with a provider that our books do not explain, one way or the other; equals its open differences. */
  unexplained: "unexplained",
  /** Money through a provider account that no till of ours took. */
  otherBusiness: "otherBusiness",
  /** What the provider holds for us and has not paid out. */
  balance: (providerAccount: string) => `balance/${providerAccount}`,
  /** A list: money that left the provider and is not at the bank yet. */
  payoutInTransit: (providerAccount: string) => `payoutInTransit/${providerAccount}`,
  bank: (bankAccount: string) => `bank/${bankAccount}`,
  /** What was with the provider, or in a safe, before our books began. */
  openingBalance: "openingBalance",
  settlementDifferences: "settlementDifferences",
  loss: "loss",
  /** What a person of the staff owes the shop. */
  staffReceivable: (staff: string) => `staffReceivable/${staff}`,
  /** A store's share in an account that stands in another store's books (house decision 14). */
  betweenStores: (store: string) => `betweenStores/${store}`,
} as const;

/** `books.md` 10, row 2b and 8: the same posting in red. */
export function reversedTransfers(transfers: readonly Transfer[]): readonly Transfer[] {
  return transfers.map((transfer) => ({
    ...transfer,
    amount: money(-transfer.amount.amount, transfer.amount.currency),
  }));
}

/**
 * `books.md` 10, row 2's first part, 3 and 4: the order is owed to the sale (suspense); what the provider will pay is
 * receivable, and what the shop funds itself is its discount and the tax inside it.
 */
export function capturedTransfers(
  providerAccount: string,
  capture: { readonly order: Money; readonly receivable: Money },
  taxes: readonly TaxLine[],
): readonly Transfer[] {
  const discount = subtract(capture.order, capture.receivable);
  const debits: Side[] = [{ account: accounts.receivable(providerAccount), amount: capture.receivable }];
  if (discount.amount !== 0) debits.push(...shopFunded(discount, taxes));
  return matched(debits, [{ account: accounts.suspense, amount: capture.order }]);
}

/**
 * A coupon's part that the shop pays itself: its discount and the tax inside it, spread over what was sold by rate. Where only
 * returns are left of a rate nothing is; where of all, the discount stands alone.
 */
export function shopFunded(amount: Money, taxes: readonly TaxLine[]): readonly Side[] {
  const weights = taxes.map((line) => Math.max(line.net.amount + line.tax.amount, 0));
  if (weights.every((weight) => weight === 0)) return [{ account: accounts.shopDiscount, amount }];
  return allocate(amount, weights).flatMap((part, nth) => {
    const rate = taxes[nth]?.rate;
    if (rate === undefined || part.amount === 0) return [];
    const tax = taxOf(part, rate, "included");
    return [
      { account: accounts.shopDiscount, amount: subtract(part, tax) },
      { account: accounts.outputTax(rate), amount: tax },
    ];
  });
}

/** Takes each debit against the credits in order; throws when the two sides differ. */
export function matched(debits: readonly Side[], credits: readonly Side[]): readonly Transfer[] {
  const transfers: Transfer[] = [];
  const open = credits.map((side) => ({ account: side.account, left: side.amount.amount as number }));
  for (const debit of debits) {
    let left: number = debit.amount.amount;
    for (const credit of open) {
      const taken = Math.min(left, credit.left);
      if (taken <= 0) continue;
      // what an account owes itself (tax of an exchange) moves nothing
      if (debit.account !== credit.account)
        transfers.push({ debit: debit.account, credit: credit.account, amount: money(taken, debit.amount.currency) });
      left -= taken;
      credit.left -= taken;
    }
    invariant(left === 0, "a posting's debits are covered by its credits");
  }
  invariant(
    open.every((credit) => credit.left === 0),
    "a posting's credits are covered by its debits",
  );
  return transfers;
}
