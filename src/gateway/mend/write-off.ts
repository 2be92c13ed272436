import { unreachable } from "../../domain/assert.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { accounts, type Transfer } from "../books/ledger.ts";
import { isUnexplained } from "../reconcile/unexplained.ts";
import { sizeOf, type MendItem } from "./mend-item.ts";

/**
 * What ending a difference does to the books: what is missing goes to `to` (loss, a person of the staff, or the safe where it turned up), what is over is other
 * income; never against revenue or tax (`books.md` 4 and 10). The account it leaves is the list where the difference stands.
 */
export function writeOffTransfers(item: MendItem, to: string): readonly Transfer[] {
  const amount = sizeOf(item);
  if (amount.amount === 0) return [];
  const less = (account: string): Transfer[] => [{ debit: to, credit: account, amount }];
  const more = (account: string): Transfer[] => [{ debit: account, credit: accounts.otherIncome, amount }];
  const { row } = item;
  const receivable = accounts.receivable(row.account);
  switch (item.class) {
    case "amountDiffers":
      if (isOfOrderAlone(row.detail)) return [];
      return row.amount < 0 ? less(receivable) : more(receivable);
    case "withUsNotWithThem":
      return row.amount < 0 ? less(receivable) : more(receivable);
    case "saleWithoutPayment":
      return less(accounts.suspense);
    case "tenderDiffers":
      return row.amount < 0 ? less(accounts.suspense) : more(accounts.suspense);
    case "refundOutside":
      return less(accounts.unexplained);
    case "unprovenTender":
      return less(accounts.unproven);
    case "balanceDiffers":
      return row.amount < 0 ? less(accounts.balance(row.account)) : more(accounts.balance(row.account));
    case "settlementShort":
      return [{ debit: accounts.settlementDifferences, credit: accounts.payoutInTransit(row.account), amount }];
    case "settlementOver":
      return [{ debit: accounts.payoutInTransit(row.account), credit: accounts.settlementDifferences, amount }];
    case "drawerShort":
    case "safeShort":
      return less(accounts.cashPending);
    case "drawerOver":
    case "safeOver":
      return more(accounts.cashPending);
    case "depositMissing":
    case "depositShort":
      return less(accounts.cashInTransit);
    case "depositOver":
      return more(accounts.cashInTransit);
    case "paymentUnknown":
      return [{ debit: accounts.unexplained, credit: accounts.otherBusiness, amount }];
    case "captureUnknown":
    case "captureWithoutSale":
    case "paidTwice":
    case "paidAfterGivingUp":
    case "notGivenBack":
    case "rateDiffers":
    case "refundStuck":
    case "footerDiffers":
    case "billMissing":
    case "flowMissing":
    case "settlementLate":
    case "payoutReturned":
    case "creditUnknown":
      return [];
    default:
      return unreachable(item.class);
  }
}

/** The amounts of a number's two sides as they were judged: what the provider owes or takes for it is a payment's receivable, a refund's taken. */
type TwoSides = {
  readonly [side in "ours" | "theirs"]?: { readonly receivable?: number; readonly taken?: number } | null;
} & { readonly theirReversed?: number | null };

/** Whether only what was ordered or asked for differs, and not what the provider owes for it: then nothing stands in the receivable. */
function isOfOrderAlone(detail: unknown): boolean {
  const { ours, theirs, theirReversed = null } = detail as TwoSides;
  const our = ours?.receivable ?? ours?.taken;
  return theirReversed === null && our !== undefined && our === (theirs?.receivable ?? theirs?.taken);
}

/** Whether the money of a class stands in `unexplained` until it is mended. */
export function standsUnexplained({ class: type }: MendItem): boolean {
  return isUnexplained(type);
}

/** `amount` in the item's currency. */
export function inCurrencyOf({ row }: MendItem, amount: number): Money {
  return money(amount, row.currency as CurrencyCode);
}
