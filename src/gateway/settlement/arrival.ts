import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { accounts } from "../books/ledger.ts";
import type { Posting } from "../books/post.ts";

/** What a bank's line that brought a payout posts (`books.md` 10, row 11). */
export function arrival(
  bank: string,
  line: { readonly id: string; readonly day: string },
  payout: { readonly store: string; readonly account: string; readonly number: string; readonly currency: string },
  amount: number,
): Posting {
  const debit = accounts.bank(bank);
  const credit = accounts.payoutInTransit(payout.account);
  return {
    store: payout.store as StoreId,
    posting: `arrived/${bank}/${line.id}/${payout.number}`,
    event: "payoutArrived",
    subject: payout.number,
    businessDate: line.day,
    transfers: [{ debit, credit, amount: money(amount, payout.currency as CurrencyCode) }],
  };
}
