import { sql } from "kysely";
import type { PaymentId, StoreId } from "../../domain/identifier.ts";
import type { Database } from "../store/database.ts";

type PaymentNamed = { readonly store: StoreId; readonly id: PaymentId };

/**
 * What bills say was given back of a payment without a word of ours (at the provider's own pages, by its own reversal), in minor units, and
 * was not taken in by mending: what was stands as a refund or a return of ours.
 */
export async function backOutside(step: Database, account: string, { store, id }: PaymentNamed): Promise<number> {
  const { rows } = await sql<{ readonly back: number }>`
    select coalesce(sum(b.amount), 0)::bigint as back from bill_row b
    where b.store = ${store} and b.account = ${account} and b.gone_with is null
      and ((b.side = 'refund' and b.payment = ${id}) or (b.side = 'reversal' and b.number = ${id}))
      and not exists (select 1 from refund r where r.store = b.store and r.id = b.number)
      and not exists (select 1 from movement v where v.store = b.store and v.account = b.account and v.side = 'reversal'
        and v.number = b.number and b.side = 'reversal')
      and not exists (select 1 from difference d
        join mending_item i on i.difference_store = d.store and i.difference = d.id and i.mending = d.closed_by
        join mending m on m.store = i.store and m.id = i.mending and m.action = 'adoptRefund'
        where d.store = b.store and d.account = b.account and d.number = b.number and d.class = 'refundOutside'
          and d.state = 'mended')
  `.execute(step);
  return rows[0]?.back ?? 0;
}

/** What was asked back by the refund or reversal of this number, by the bill; what left the receivable may be less. Null without a row. */
export async function askedOutside(
  step: Database,
  { store, account, side, number }: Readonly<Record<"store" | "account" | "side" | "number", string>>,
): Promise<number | null> {
  const row = await step
    .selectFrom("bill_row")
    .select(({ fn }) => fn.sum<number | null>("amount").as("asked"))
    .where("store", "=", store)
    .where("account", "=", account)
    .where("side", "=", side === "payment" ? "reversal" : "refund")
    .where("number", "=", number)
    .where("gone_with", "is", null)
    .executeTakeFirst();
  return row?.asked === null || row?.asked === undefined ? null : Number(row.asked);
}
