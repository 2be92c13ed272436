import type { LedgerLine } from "../../src/domain/accounting/account-map.ts";
import { suggestedAccounts } from "../../src/domain/accounting/suggested-accounts.ts";
import type { DayVoucher } from "../../src/gateway/accounting/vouchers.ts";

export const exportMap = suggestedAccounts("general");
export const exportedLines: readonly LedgerLine[] = [
  { account: "drawer/till-a1", debit: 11300, credit: 0 },
  { account: "receivable/wechat", debit: 11300, credit: 68 },
  { account: "fees", debit: 68, credit: 0 },
  { account: "revenue/1300", debit: 0, credit: 20000 },
  { account: "outputTax/1300", debit: 0, credit: 2600 },
];

export function exportedDay(change: Partial<DayVoucher["voucher"]> = {}, isDraft = false): DayVoucher {
  const debits = exportedLines.reduce((all, { debit }) => all + debit, 0);
  return {
    voucher: {
      v: 1,
      store: "heping",
      day: "2026-11-20",
      number: 7,
      currency: "CNY",
      lines: exportedLines,
      late: [],
      debits,
      credits: debits,
      transfers: 5,
      journals: [],
      bills: [],
      ...change,
    },
    isDraft,
    sha256: null,
    at: null,
  };
}
