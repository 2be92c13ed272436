import { sql } from "kysely";
import { voucherOf, type Voucher } from "../close/voucher.ts";
import type { Database } from "../store/database.ts";

/** A day to be exported: as it stands for ever, or as it is now. */
export type DayVoucher = {
  readonly voucher: Voucher;
  readonly isDraft: boolean;
  readonly sha256: string | null;
  readonly at: number | null;
};

/** Days of a store in order: closed ones from their frozen bytes, open ones (drafts) from the ledger as it is. */
export async function dayVouchers(
  database: Database,
  { store, from, to }: { readonly store: string; readonly from: string; readonly to: string },
): Promise<readonly DayVoucher[]> {
  const frozen = await database
    .selectFrom("voucher")
    .selectAll()
    .where("store", "=", store)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .execute();
  const { rows: posted } = await sql<{ day: string }>`
    select distinct posting_date as day from ledger_transfer
    where store = ${store} and posting_date >= ${from} and posting_date <= ${to}
  `.execute(database);
  const days = [...new Set([...frozen.map(({ day }) => day), ...posted.map(({ day }) => day)])].toSorted();
  const vouchers: DayVoucher[] = [];
  for (const day of days) {
    const row = frozen.find((each) => each.day === day);
    vouchers.push(
      row === undefined
        ? { voucher: await voucherOf(database, store, day, 0), isDraft: true, sha256: null, at: null }
        : {
            voucher: JSON.parse(Buffer.from(row.bytes).toString("utf8")) as Voucher,
            isDraft: false,
            sha256: Buffer.from(row.sha256).toString("hex"),
            at: row.at,
          },
    );
  }
  return vouchers;
}
