import { sql, type RawBuilder } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { accounts } from "../books/ledger.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { MatchedAccount } from "../reconcile/identity.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { movedRows, receivedSql, wholeFeeSql } from "../reconcile/moved-rows.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import type { Database } from "../store/database.ts";
import { flowEvents, ownFlowSql, ownNames } from "./flow-rows.ts";
import { currencyOf } from "./take-flow.ts";

/** What a trade bill's row `b` moved the balance by. */
const netSql = sql`case when b.moved then ${receivedSql} - ${wholeFeeSql} else 0 end`;

type Group = { readonly payment: string; readonly flow: number; readonly trade: number };

/**
 * Holds a day's fund flow against its trade bill (`books.md` 5): its own balance runs on from row to row and from day to day, and
 * every payment with its refunds and fees moved the balance by what the trade bill says. The ledger moved by the trade bill and the
 * flow's other rows together, so that from its opening on it comes to the flow's closing. What an open or mended difference explains is
 * not said twice. Nothing to say while one of the two is not here. The next day that has a flow goes on from this one: it is looked
 * at as well.
 */
export async function proveBalance(step: Database, account: MatchedAccount, day: string, at: Instant): Promise<void> {
  await proveDay(step, account, day, at);
  const after = await step
    .selectFrom("bill")
    .select("day")
    .where("store", "=", account.homeStore)
    .where("account", "=", account.id)
    .where("kind", "=", "fundFlow")
    .where("day", ">", day)
    .where("state", "=", "current")
    .orderBy("day")
    .limit(1)
    .executeTakeFirst();
  if (after !== undefined) await proveDay(step, account, after.day, at);
}

async function proveDay(step: Database, account: MatchedAccount, day: string, at: Instant): Promise<void> {
  const bills = await step
    .selectFrom("bill")
    .select(["id", "kind"])
    .where("store", "=", account.homeStore)
    .where("account", "=", account.id)
    .where("day", "=", day)
    .where("kind", "in", ["trade", "fundFlow"])
    .where("state", "in", ["current", "empty"])
    .execute();
  const flow = bills.find(({ kind }) => kind === "fundFlow");
  if (flow === undefined || bills.length < 2) return;
  const groups = await differingGroups(step, account, day, flow.id);
  const broken = await brokenRun(step, account, day, flow.id);
  const unposted = await unpostedOf(step, account, day, flow.id);
  const amount = groups.reduce((all, each) => all + each.flow - each.trade, 0) + broken + unposted;
  const isProved = groups.length === 0 && broken === 0 && unposted === 0;
  const identity = { store: account.homeStore, side: "bill", number: `balance/${day}` } as const;
  const place = placeOfBill(flow.id, day, await currencyOf(step, { store: account.homeStore }));
  const verdicts = isProved ? [] : [breakOf("balanceDiffers", amount)];
  await keepDifferences(step, account, [{ identity, verdicts, place, detail: { groups, broken, unposted } }], at);
}

/** Payments whose rows in the flow do not come to what the trade bill says, and that no difference explains. */
async function differingGroups(
  step: Database,
  account: MatchedAccount,
  day: string,
  flow: string,
): Promise<readonly Group[]> {
  const stores = await storesOf(step, { account: account.id, store: account.homeStore });
  // a table that is analyzed: every row of the flow is looked up in it by hash, also where there are a hundred thousand of each
  await sql`
    create temporary table proof_trade on commit drop as
    select payment, number, provider_number, ${netSql} as net from ${movedRows(stores, account.id, day)} b
  `.execute(step);
  await sql`analyze proof_trade`.execute(step);
  const { rows } = await sql<Group>`
    with moved as (
      select coalesce(n.payment, p.payment, case when n.payment is null and p.payment is null then (
          select m.attempt from movement m where m.store = any(${stores}) and m.account = ${account.id} and m.side = 'refund'
            and m.number = f.voucher limit 1) end,
          f.voucher) as payment, f.amount
      from flow_row f
      left join (select number, min(payment) as payment from proof_trade group by number) n on n.number = f.voucher
      left join (
        select provider_number, min(payment) as payment from proof_trade where provider_number <> '' group by provider_number
      ) p on p.provider_number = f.provider_number
      where f.store = ${account.homeStore} and f.account = ${account.id} and f.bill = ${flow}
        and not ${ownFlowSql}
    )
    select payment, sum(flow)::bigint as flow, sum(trade)::bigint as trade from (
      select payment, amount as flow, 0 as trade from moved
      union all
      select payment, 0, net from proof_trade
    ) both_sides
    group by payment
    having sum(flow) <> sum(trade) and not exists (
      select 1 from difference d where d.store = any(${stores}) and d.account = ${account.id} and d.state <> 'gone'
        and (d.number = payment or d.attempt = payment))
    order by payment limit 200
  `.execute(step);
  await sql`drop table proof_trade`.execute(step);
  return rows;
}

/**
 * What the day's trade bill and the flow's rows beside it come to, less what the ledger's balance moved by them: nothing, unless
 * something was posted twice or not. What a person's mending posted is no part of it.
 */
async function unpostedOf(step: Database, account: MatchedAccount, day: string, flow: string): Promise<number> {
  const stores = await storesOf(step, { account: account.id, store: account.homeStore });
  const names = await ownNames(step, { store: account.homeStore, account: account.id, day });
  const numbers = [...new Set(names.map(({ name }) => name))];
  const balance = accounts.balance(account.id);
  const bills = await idsOfBills(step, account, day);
  const { rows } = await sql<{ said: number; posted: number }>`
    select (
      -- the fees of a file together: what its rows leave over is posted as one fee line
      select coalesce(sum(received - fee), 0)::bigint from (
        select sum(${receivedSql}) as received, round(sum(b.fee) / 1000.0) as fee
        from ${movedRows(stores, account.id, day)} b where b.moved group by b.kind
      ) files
    ) + (
      select coalesce(sum(amount), 0)::bigint from flow_row f
      where f.store = ${account.homeStore} and f.account = ${account.id} and f.bill = ${flow} and ${ownFlowSql}
    ) as said, (
      select coalesce(sum(case when debit = ${balance} then amount else -amount end), 0)::bigint from (
        -- each by its subjects' index: together they would be looked for in everything the store ever posted
        select * from ${postedUnder(account, day, bills, ["billTaken", "billReplaced"])}
        union all
        select * from ${postedUnder(account, day, numbers, flowEvents)}
      ) both_kinds
    ) as posted
  `.execute(step);
  const { said = 0, posted = 0 } = rows[0] ?? {};
  return said - posted;
}

/** The day's bills as they came, also those that count no longer. */
async function idsOfBills(step: Database, account: MatchedAccount, day: string): Promise<readonly string[]> {
  const rows = await step
    .selectFrom("bill")
    .select("id")
    .where("store", "=", account.homeStore)
    .where("day", "=", day)
    .where("account", "=", account.id)
    .execute();
  return rows.map(({ id }) => id);
}

/** What moved the ledger's balance on that day under these subjects and events. */
function postedUnder(
  account: MatchedAccount,
  day: string,
  subjects: readonly string[],
  events: readonly string[],
): RawBuilder<unknown> {
  const balance = accounts.balance(account.id);
  return sql`(
    select debit, amount from ledger_transfer
    where store = ${account.homeStore} and subject = any(${subjects}::text[]) and event = any(${events}::text[])
      and business_date = ${day} and (debit = ${balance} or credit = ${balance})
  ) posted`;
}

/** Whether every day between these two has its flow or is empty: over one that is still to come nothing can run on. */
async function areFlowsHere(step: Database, account: MatchedAccount, from: string, to: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from generate_series(${from}::timestamp + interval '1 day', ${to}::timestamp - interval '1 day', interval '1 day') as g (day)
    where not exists (select 1 from bill b where b.store = ${account.homeStore} and b.account = ${account.id} and b.kind = 'fundFlow'
      and b.day = to_char(g.day, 'YYYY-MM-DD') and b.state in ('current', 'empty'))
    limit 1
  `.execute(step);
  return rows.length === 0;
}

/** By how much the flow's own balance does not run on: from row to row, and from the last day that has one. */
async function brokenRun(step: Database, account: MatchedAccount, day: string, flow: string): Promise<number> {
  const { rows } = await sql<{ off: number; opening: number | null }>`
    select coalesce(sum(case when before is null then 0 else balance - amount - before end), 0)::bigint as off,
      min(case when before is null then balance - amount end) as opening
    from (
      select balance, amount, lag(balance) over (order by line) as before from flow_row
      where store = ${account.homeStore} and account = ${account.id} and bill = ${flow}
    ) run
  `.execute(step);
  const { off = 0, opening = null } = rows[0] ?? {};
  if (opening === null) return off;
  const before = await sql<{ closing: number; day: string }>`
    select balance as closing, f.day from flow_row f join bill b on b.store = f.store and b.id = f.bill and b.state = 'current'
    where f.store = ${account.homeStore} and f.account = ${account.id} and f.day <= ${plusDays(day, -1)}
    order by f.day desc, f.line desc limit 1
  `.execute(step);
  const [last] = before.rows;
  if (last === undefined || !(await areFlowsHere(step, account, last.day, day))) return off;
  return off + opening - last.closing;
}
