import { sql } from "kysely";
import { ofPayers } from "../../domain/reconciliation/verdict.ts";
import type { Database } from "../store/database.ts";
import type { Identity, MatchedAccount } from "./identity.ts";
import type { Judged } from "./keep-differences.ts";

/**
 * Refunds and reversals made outside that somebody gave up for lost or charged to somebody while nobody could say whose money it was, and
 * whose payment is now judged to be its payer's: that was no loss, and until it is taken in nothing else can end the payment's break.
 */
export async function givenUpOutside(
  step: Database,
  account: MatchedAccount,
  payments: readonly Pick<Judged, "identity" | "verdicts">[],
): Promise<readonly Identity[]> {
  const of = payments
    .filter(({ verdicts }) => verdicts.some((each) => each.kind === "break" && ofPayers.includes(each.class)))
    .map(({ identity }) => identity);
  if (of.length === 0) return [];
  const { rows } = await sql<Identity>`
    with w as (
      select * from unnest(${of.map(({ store }) => store)}::text[], ${of.map(({ number }) => number)}::text[]) as w (store, payment)
    ), outside as (
      select w.store, 'payment' as side, w.payment as number from w
      union
      select w.store, 'refund', b.number from w
      join bill_row b on b.store = w.store and b.account = ${account.id} and b.side = 'refund' and b.payment = w.payment
        and b.gone_with is null
    )
    select o.store, o.side, o.number from outside o
    join difference d on d.store = o.store and d.id = ${account.id} || '/' || o.side || '/' || o.number || '/refundOutside'
      and d.state = 'mended'
    join mending_item i on i.difference_store = d.store and i.difference = d.id and i.mending = d.closed_by
    join mending m on m.store = i.store and m.id = i.mending and m.action in ('writeOff', 'chargeToStaff')
  `.execute(step);
  return rows;
}
