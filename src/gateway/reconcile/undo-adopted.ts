import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { RefundId, StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { raiseException } from "../books/exceptions.ts";
import { tellRefund } from "../refunds/refund-store.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";

/**
 * A refund made outside that somebody had taken in is in no bill any more: what it used up of its sale is free again, and a refund of
 * ours that it had paid is owed and before a person, as one that nobody has agreed to send.
 *
 * @param owed what the taking in had posted against refunds owed, in minor units; nought where it was taken for a return
 */
export async function undoAdopted(step: Database, row: DifferenceRow, owed: number, at: Instant): Promise<void> {
  const { store, attempt, closed_by: mending, currency } = row;
  if (attempt === null || mending === null) return;
  if (owed === 0) {
    await sql`
      delete from used_tender where (store, original, sale, n) = (
        select store, original, sale, n from used_tender
        where store = ${store} and sale = ${mending} and attempt = ${attempt} and amount >= ${Math.abs(row.amount)}
        order by amount, n limit 1)
    `.execute(step);
    return;
  }
  const { rows } = await sql<{ id: string }>`
    update refund set state = 'owed', detail = '{}', version = version + 1, updated_at = ${at}
    where (store, id) = (
      select r.store, r.id from refund r where r.store = ${store} and r.attempt = ${attempt} and r.state = 'paidOtherwise' and r.amount = ${owed}
        and exists (select 1 from refund_event e where e.store = r.store and e.refund = r.id and e.kind = 'paidOtherwise'
          and e.detail->>'mending' = ${mending} and e.detail->>'proof' = ${row.number})
      order by r.updated_at desc, r.id limit 1)
    returning id
  `.execute(step);
  const [refund] = rows;
  if (refund === undefined) return;
  await tellRefund(step, { store: store as StoreId, id: refund.id as RefundId }, at, "owed", { undone: mending });
  await step
    .updateTable("late_capture")
    .set({ settled_at: null })
    .where("store", "=", store)
    .where("attempt", "=", attempt)
    .execute();
  const amount = money(owed, currency as CurrencyCode);
  const detail = { amount, detail: "the refund that had paid it is in no bill any more", staff: null };
  await raiseException(step, { store: store as StoreId, kind: "refundUnapproved", subject: refund.id, detail }, at);
}
