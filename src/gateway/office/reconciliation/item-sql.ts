import { sql, type RawBuilder } from "kysely";
import type { ItemFilter } from "../../../contract/reconciliation.ts";
import { standsSql } from "./movement-stands.ts";
import type { BillReach } from "../../reconcile/bill-reach.ts";

/** One item as the queries give it, whichever side it was found on. */
export type ItemRow = {
  readonly store: string;
  readonly account: string;
  readonly side: string;
  readonly number: string;
  readonly at: number | null;
  readonly day: string;
  readonly channel: string | null;
  readonly till: string | null;
  readonly staff: string | null;
  readonly label: string | null;
  readonly receipt: string | null;
  readonly ours: number | null;
  readonly theirs: number | null;
  readonly fee: number | null;
  readonly currency: string;
  readonly state: string | null;
  readonly class: string | null;
  readonly until: number | null;
  readonly amount: number;
  readonly opened_at: number | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
  readonly staff_name?: string | null;
  readonly cause?: string | null;
  /** How many items of one cause the line is, and the sum of their amounts without signs. */
  readonly alike?: number;
  readonly broken?: number;
};

export type ItemScope = {
  readonly stores: readonly string[];
  readonly accounts: readonly string[];
  /** The accounts' day as instants, by account; empty without a day. */
  readonly day: string | null;
  readonly from: number;
  readonly to: number;
  /** The accounts whose bill of the day is here, and up to when each knows. */
  readonly reaches: readonly BillReach[];
};

const columns = sql`store, account, side, number, at, day, channel, till, staff, label, receipt, ours, theirs, fee, currency,
  state, class, until, amount, opened_at, closed_at, closed_by, provider_number, staff_name, cause`;

/** What a number's row of theirs comes to: below zero when money goes back. */
const theirs = sql`
  left join lateral (
    select sum(case when b.side = 'payment' then b.receivable else -b.receivable end)::bigint as theirs,
      sum(sign(b.fee)::bigint * ((abs(b.fee) * 2 + 1000) / 2000))::bigint as fee, max(b.currency) as currency, max(b.provider_number) as provider_number
    from bill_row b where b.store = i.store and b.account = i.account and b.number = i.number and b.gone_with is null
      and b.side = i.side
  ) b on true`;

const people = sql`
  left join sale s on s.store = i.store and s.id = i.sale
  left join till t on t.id = i.till
  left join staff p on p.id = s.staff`;

/** Every item of a provider's day: what moved by our word with its row and its difference, and what stands on their side alone. */
export function dayItems(scope: ItemScope): RawBuilder<unknown> {
  const { reaches } = scope;
  const until = sql`(select r.until
    from unnest(${reaches.map(({ account }) => account)}::text[], ${reaches.map(({ until: at }) => at)}::bigint[]) as r (account, until)
    where r.account = i.account)`;
  const isAwaited = sql`(b.theirs is null and i.at > coalesce(${until}, -1))`;
  const awaitedAs = sql`case when ${until} is null then 'billNotHere' else 'billEarly' end`;
  const moved = sql`
    select i.store, i.account, i.side, i.number, i.at, ${scope.day} as day, i.channel, i.till, s.staff, t.label,
      s.receipt_number as receipt, case when i.side = 'payment' then i.receivable else -i.receivable end as ours, b.theirs, b.fee,
      i.currency, coalesce(d.state, case when ${isAwaited} then 'waiting' end) as state,
      coalesce(d.class, case when ${isAwaited} then ${awaitedAs} end) as class,
      d.until, coalesce(d.amount, 0) as amount, d.opened_at, d.closed_at, d.closed_by,
      coalesce(nullif(i.provider_number, ''), b.provider_number) as provider_number, p.name as staff_name, d.cause
    from movement i ${theirs} ${people}
    left join lateral (
      select * from difference d where d.store = i.store and d.account = i.account and d.side = i.side and d.number = i.number
        and (d.state in ('waiting', 'break') or (d.state = 'mended' and d.side = 'payment' and b.theirs is null))
      order by d.state = 'mended', d.state, d.class limit 1
    ) d on true
    where i.store = any(${scope.stores}) and i.account = any(${scope.accounts}) and i.side in ('payment', 'refund')
      and ${standsSql("i")} and i.at >= ${scope.from} and i.at < ${scope.to}`;
  const theirsAlone = sql`
    select i.store, i.account, i.side, i.number, i.at, i.day, null as channel, null as till, null as staff, null as label,
      null as receipt, null::bigint as ours, case when i.side = 'payment' then i.receivable else -i.receivable end as theirs,
      sign(i.fee)::bigint * ((abs(i.fee) * 2 + 1000) / 2000) as fee, i.currency, 'other' as state, null as class, null::bigint as until,
      0::bigint as amount, null::bigint as opened_at, null::bigint as closed_at, null::text as closed_by, i.provider_number, null as staff_name, null as cause
    from bill_row i
    where i.store = any(${scope.stores}) and i.account = any(${scope.accounts}) and i.day = ${scope.day} and i.gone_with is null
      and not i.own`;
  const different = sql`
    select * from (${differences(scope, ["waiting", "break"])}) x where x.day = ${scope.day}
      and not exists (select 1 from movement m where m.store = x.store and m.account = x.account and m.side = x.side
        and m.number = x.number and m.at >= ${scope.from} and m.at < ${scope.to})`;
  return sql`select ${columns} from (${moved}) a union all select ${columns} from (${theirsAlone}) c
    union all select ${columns} from (${different}) e`;
}

/** Differences in these states, of any day. */
export function differences(scope: ItemScope, states: readonly string[]): RawBuilder<unknown> {
  return sql`
    select i.store, i.account, i.side, i.number, coalesce(m.at, r.at, i.opened_at) as at, i.day, i.channel, i.till, s.staff,
      t.label, coalesce(s.receipt_number, slip.slip) as receipt,
      case when m.side in ('payment', 'unverified') then m.receivable else -m.receivable end as ours, b.theirs, b.fee, i.currency, i.state, i.class,
      i.until, i.amount, i.opened_at, i.closed_at, i.closed_by, coalesce(nullif(m.provider_number, ''), b.provider_number) as provider_number, p.name as staff_name, i.cause
    from difference i ${theirs} ${people}
    left join movement m on m.store = i.store and m.account = i.account and m.number = i.number
      and m.side = case when i.side = 'tender' then 'unverified' else i.side end
    left join deposit slip on i.side = 'deposit' and slip.store = i.store and slip.id = i.number
    left join lateral (
      select at from bill_row r where r.store = i.store and r.account = i.account and r.side = i.side and r.number = i.number
        and r.gone_with is null limit 1
    ) r on true
    where i.store = any(${scope.stores}) and i.account = any(${scope.accounts}) and i.state = any(${states})`;
}

const lineOrder = sql`at desc, store desc, account desc, side desc, number desc, class desc`;

/** `items` as lines: those of one cause together, at the newest of them, with their sums. */
export function asLines(items: RawBuilder<unknown>): RawBuilder<unknown> {
  const isAlone = sql<boolean>`(coalesce(cause, '') = '' or state is null or state not in ('waiting', 'break'))`;
  const alike = sql`partition by state, cause`;
  return sql`
    with q as materialized (${items})
    select ${columns}, 1 as alike, abs(amount) as broken from q where ${isAlone}
    union all
    select store, account, side, number, at, day, channel, till, staff, label, receipt, together_ours as ours,
      together_theirs as theirs, together_fee as fee, currency, state, class, until, together as amount, opened_at, closed_at, closed_by,
      provider_number, staff_name, cause, alike, broken
    from (
      select q.*, row_number() over (${alike} order by ${lineOrder}) as nth, (count(*) over (${alike}))::integer as alike,
        (sum(ours) over (${alike}))::bigint as together_ours, (sum(theirs) over (${alike}))::bigint as together_theirs,
        (sum(fee) over (${alike}))::bigint as together_fee, (sum(amount) over (${alike}))::bigint as together,
        (sum(abs(amount)) over (${alike}))::bigint as broken
      from q where not ${isAlone}
    ) g where nth = 1`;
}

/** The filter's own conditions on items, whichever query they came from. */
export function wanted(filter: ItemFilter): RawBuilder<boolean> {
  const all: RawBuilder<boolean>[] = [];
  if (filter.day !== undefined) all.push(sql<boolean>`day = ${filter.day}`);
  if (filter.till !== undefined) all.push(sql<boolean>`till = ${filter.till}`);
  if (filter.staff !== undefined) all.push(sql<boolean>`staff = ${filter.staff}`);
  if (filter.class !== undefined) all.push(sql<boolean>`class = ${filter.class}`);
  if (filter.cause !== undefined) all.push(sql<boolean>`cause = ${filter.cause}`);
  if (filter.result === "matched") all.push(sql<boolean>`state is null`);
  else if (filter.result === "mended") all.push(sql<boolean>`state in ('mended', 'gone')`);
  else if (filter.result !== undefined && filter.result !== "all") all.push(sql<boolean>`state = ${filter.result}`);
  const text = filter.query?.trim() ?? "";
  if (text !== "") all.push(named(text));
  return all.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(all, sql` and `)}`;
}

const amountPattern = /^\d{1,10}(?:\.\d{1,2})?$/;

/** A number, a receipt, or an amount in yuan. */
function named(text: string): RawBuilder<boolean> {
  const upper = text.toUpperCase();
  const byName = sql<boolean>`number = ${text} or number = ${upper} or receipt = ${upper} or provider_number = ${text}`;
  if (!amountPattern.test(text)) return sql<boolean>`(${byName})`;
  const fen = Math.round(Number(text) * 100);
  return sql<boolean>`(${byName} or abs(ours) = ${fen} or abs(theirs) = ${fen} or abs(amount) = ${fen})`;
}
