import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import { accounts, reversedTransfers, type Transfer } from "../books/ledger.ts";
import type { Posting } from "../books/post.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";

const unexplained: ReadonlySet<string> = new Set<BreakClass>([
  "captureUnknown",
  "paidAfterGivingUp",
  "paymentUnknown",
  "notGivenBack",
  "refundOutside",
]);

/** Classes whose money is with the provider and in no account of ours but `unexplained`. */
export function isUnexplained(type: string): boolean {
  return unexplained.has(type);
}

/** What an open difference leaves unexplained (`books.md` 10, rows 15 and 16), or the same in red when it is over. */
export function unexplainedPosting(row: DifferenceRow, isRed: boolean): readonly Posting[] {
  if (row.posting === "" || row.amount === 0) return [];
  const amount = money(Math.abs(row.amount), row.currency as CurrencyCode);
  const receivable = accounts.receivable(row.account);
  const transfers: readonly Transfer[] =
    row.amount > 0
      ? [{ debit: receivable, credit: accounts.unexplained, amount }]
      : [{ debit: accounts.unexplained, credit: receivable, amount }];
  return [
    {
      store: row.store as StoreId,
      posting: `${row.posting}/${row.round}${isRed ? "/red" : ""}`,
      event: isRed ? "differenceGone" : "differenceFound",
      subject: row.attempt ?? row.number,
      businessDate: row.business_date === "" ? row.day : row.business_date,
      transfers: isRed ? reversedTransfers(transfers) : transfers,
    },
  ];
}
