import type { BillTotals } from "../../domain/bills/bill.ts";
import { footerDifferences, footerOver, type FooterDifference } from "../../domain/bills/totals.ts";
import type { Instant } from "../../domain/clock.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { currencyOf } from "../settlement/take-flow.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import type { MatchedAccount } from "./identity.ts";
import { keepDifferences, type Settled } from "./keep-differences.ts";
import { placeOfBill } from "./place-of-bill.ts";

/**
 * A bill whose own totals are not what its rows come to is one break. What a person has accepted stays so while the same totals differ
 * by the same, whatever they come to in a corrected bill: the amount does not say so, being nought for counts, and having been nought for everything in earlier builds. That the bill
 * was missing is over.
 */
export async function judgeFooter(
  step: Database,
  account: MatchedAccount,
  bill: BillStoredRow,
  at: Instant,
): Promise<void> {
  const differences =
    bill.footer === null || bill.counted === null
      ? []
      : footerDifferences(bill.counted as BillTotals, bill.footer as BillTotals);
  const identity = { store: account.homeStore, side: "bill", number: `${bill.kind}/${bill.day}` } as const;
  const place = placeOfBill(bill.id, bill.day, await currencyOf(step, bill));
  const verdicts = differences.length === 0 ? [] : [breakOf("footerDiffers", footerOver(differences))];
  const isSameAs = ({ detail }: Settled): boolean => isSameFooter(detail as { differences?: unknown }, differences);
  await keepDifferences(step, account, [{ identity, verdicts, place, detail: { differences }, isSameAs }], at);
}

function isSameFooter(before: { differences?: unknown }, now: readonly FooterDifference[]): boolean {
  const written = (all: readonly FooterDifference[]): string =>
    JSON.stringify(all.map(({ member, footer, counted }) => [member, counted - footer]).toSorted());
  return Array.isArray(before.differences) && written(before.differences as FooterDifference[]) === written(now);
}
