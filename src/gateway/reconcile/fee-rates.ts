import { feeBackOf, feeOf, wholeFee, type FeeRate, type FeeStand } from "../../domain/reconciliation/fee.ts";
import type { Database } from "../store/database.ts";

/** What an account costs on each day, as the owner has set it. */
export type FeeRates = {
  /** Null where nothing was agreed yet. */
  on(day: string): FeeRate | null;
};

/** The rates of an account by the day they are in force from. */
export async function feeRates(step: Database, account: string): Promise<FeeRates> {
  const rows = await step
    .selectFrom("fee_rate")
    .select(["since", "rate", "gives_back"])
    .where("account", "=", account)
    .orderBy("since", "desc")
    .execute();
  return {
    on: (day) => {
      const row = rows.find(({ since }) => since <= day);
      return row === undefined ? null : { rate: row.rate, givesBack: row.gives_back };
    },
  };
}

type RowFee = readonly [receivable: number, feeThousandths: number];

/** How the fees of a payment's rows in the bill (thousandths) stand to what the rate gives for each; null without a rate. */
export function feesTaken(fee: FeeRate | null, rows: readonly RowFee[]): FeeStand | null {
  if (fee === null) return null;
  return standOf(rows.map(([receivable, parts]) => feeOf(fee, receivable) - wholeFee(parts)));
}

/** The same for what a refund gave back; the same row again gives back the same again. */
export function feesGivenBack(
  fee: FeeRate | null,
  of: { readonly receivable: number; readonly takenBefore: number },
  rows: readonly RowFee[],
): FeeStand | null {
  if (fee === null) return null;
  return standOf(rows.map(([taken, parts]) => wholeFee(-parts) - feeBackOf(fee, of.receivable, of.takenBefore, taken)));
}

function standOf(more: readonly number[]): FeeStand {
  return { isRight: more.every((each) => each === 0), more: more.reduce((all, each) => all + each, 0) };
}
