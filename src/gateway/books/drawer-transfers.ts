import type { CashReason } from "../../domain/journal.ts";
import { negate, subtract, type Money } from "../../domain/money.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import { accounts, type Transfer } from "./ledger.ts";

/**
 * What a float brings beside what the shift before had `left` comes out of the safe (`books.md` 10, row 19); what is missing of it waits
 * for a decision as any other lack of a drawer does (row 18).
 */
export function floatTransfers(till: string, float: Money, left: Money): readonly Transfer[] {
  const brought = subtract(float, left);
  const drawer = accounts.drawer(till);
  if (brought.amount > 0) return [{ debit: drawer, credit: accounts.safe, amount: brought }];
  return shortTransfers(drawer, negate(brought));
}

/** Cash leaves the drawer for the safe, and somebody has received it (row 19). */
export function handedOverTransfers(till: string, amount: Money): readonly Transfer[] {
  return [{ debit: accounts.safe, credit: accounts.drawer(till), amount }];
}

/** What is short of a drawer or safe waits for a decision; below zero what is over (row 18). */
export function shortTransfers(of: string, short: Money): readonly Transfer[] {
  if (short.amount > 0) return [{ debit: accounts.cashPending, credit: of, amount: short }];
  return short.amount < 0 ? [{ debit: of, credit: accounts.cashPending, amount: negate(short) }] : [];
}

/** A small difference ends by itself: what is short is a loss, what is over other income (row 18). */
export function smallTransfers(short: Money): readonly Transfer[] {
  if (short.amount > 0) return [{ debit: accounts.loss, credit: accounts.cashPending, amount: short }];
  return short.amount < 0 ? [{ debit: accounts.cashPending, credit: accounts.otherIncome, amount: negate(short) }] : [];
}

/** Cash on its way from the safe to the bank (row 19). */
export function depositTransfers(amount: Money): readonly Transfer[] {
  return [{ debit: accounts.cashInTransit, credit: accounts.safe, amount }];
}

/** The bank has it, as much as it says (row 19). */
export function depositArrivedTransfers(bank: string, credited: Money): readonly Transfer[] {
  return [{ debit: accounts.bank(bank), credit: accounts.cashInTransit, amount: credited }];
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

/**
 * What is over or short waits for a decision, and what was counted stays in the drawer until it is handed over (row 18). In a Z of a
 * build that knew no hand-over, what was counted went to the safe (row 19).
 */
export function countedTransfers(till: string, { cash }: Pick<ShiftTotals, "cash">): readonly Transfer[] {
  if (cash.counted === null) return [];
  const drawer = accounts.drawer(till);
  const short = shortTransfers(drawer, subtract(cash.expected, cash.counted));
  if (cash.kept !== undefined || cash.counted.amount === 0) return short;
  return [{ debit: accounts.safe, credit: drawer, amount: cash.counted }, ...short];
}
