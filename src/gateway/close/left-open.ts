import { sql } from "kysely";
import { breakClasses } from "../../contract/item-classes.ts";
import type { LeftOpen } from "../../contract/store-close.ts";
import type { Database } from "../store/database.ts";

/**
 * What is still open of a store's business day: whoever closes sees it and closes over it (`books.md` 6). Counts and sums in the
 * store's smallest unit; nothing is left out because it is small.
 */
export async function leftOpenOf(database: Database, store: string, day: string): Promise<LeftOpen> {
  // several of one cause are one to whoever decides, here as in the list of what is open
  const together = sql`count(distinct coalesce(nullif(cause, ''), id))::integer`;
  const { rows } = await sql<LeftOpen>`
    select
      (select count(*)::integer from shift where store = ${store} and business_date = ${day} and closed_at is null) as shifts,
      (select count(*)::integer from sale where store = ${store} and business_date = ${day} and state in ('open', 'parked'))
        as sales,
      (select count(*)::integer from payment_attempt where store = ${store} and business_date = ${day}
        and state not in ('captured', 'declined', 'reversed', 'closed')) as payments,
      (select count(*)::integer from refund where store = ${store} and business_date = ${day}
        and state not in ('succeeded', 'paidOtherwise') and memo->>'replacedBy' is null) as refunds,
      (select ${together} from difference where store = ${store} and state = 'break'
        and (business_date = ${day} or (business_date = '' and day = ${day}))) as breaks,
      (select ${together} from difference where store = ${store} and state = 'waiting'
        and not class = any(${[...breakClasses]}::text[]) and (business_date = ${day} or (business_date = '' and day = ${day}))) as waiting,
      (select ${together} from difference where store = ${store} and state = 'waiting'
        and class = any(${[...breakClasses]}::text[]) and (business_date = ${day} or (business_date = '' and day = ${day}))) as "letWait",
      (select count(*)::integer from movement m where m.store = ${store} and m.business_date = ${day} and m.side = 'payment'
        and not exists (select 1 from bill_row b where b.store = m.store and b.account = m.account and b.side = 'payment'
          and b.number = m.number and b.gone_with is null)
        and not exists (select 1 from difference d where d.store = m.store and d.account = m.account and d.side = 'payment'
          and d.number = m.number and d.class = 'withUsNotWithThem' and d.state = 'mended')) as unbilled,
      (select count(*)::integer from held_sale where store = ${store} and got_at is null) as held,
      (select count(*)::integer from act_alone where store = ${store} and reviewed_at is null) as "aloneActs",
      (select count(*)::integer from exception_item where store = ${store} and closed_at is null) as exceptions
  `.execute(database);
  const [row] = rows;
  if (row === undefined) throw new Error("the store's open items cannot be counted");
  return row;
}
