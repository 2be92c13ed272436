import type { CashReason } from "../../domain/journal.ts";
import { negate, subtract, type Money } from "../../domain/money.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import { accounts, type Transfer } from "./ledger.ts";

/** The float comes out of the safe (`books.md` 10, row 19). */
export function floatTransfers(till: string, float: Money): readonly Transfer[] {
  return float.amount === 0 ? [] : [{ debit: accounts.drawer(till), credit: accounts.safe, amount: float }];
}

/** Money in or out of the drawer beside the sales (row 20). */
export function cashMovedTransfers(
  till: string,
  kind: "paidIn" | "paidOut",
  reason: CashReason,
  amount: Money,
): readonly Transfer[] {
  const drawer = accounts.drawer(till);
  if (kind === "paidIn") return [{ debit: drawer, credit: sources[reason] ?? accounts.otherIncome, amount }];
  return [{ debit: sources[reason] ?? accounts.expense(reason), credit: drawer, amount }];
}

const sources: { readonly [R in CashReason]?: string } = {
  change: accounts.safe,
  safe: accounts.safe,
  owner: accounts.owner,
};

/** What was counted goes to the safe; what is over or short waits for a decision (rows 18 and 19). */
export function countedTransfers(till: string, { cash }: Pick<ShiftTotals, "cash">): readonly Transfer[] {
  if (cash.counted === null) return [];
  const drawer = accounts.drawer(till);
  const short = subtract(cash.expected, cash.counted);
  const rows: Transfer[] = [];
  if (cash.counted.amount !== 0) rows.push({ debit: accounts.safe, credit: drawer, amount: cash.counted });
  if (short.amount > 0) rows.push({ debit: accounts.cashPending, credit: drawer, amount: short });
  if (short.amount < 0) rows.push({ debit: drawer, credit: accounts.cashPending, amount: negate(short) });
  return rows;
}
