import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { MatchedAccount } from "../reconcile/identity.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import type { Database } from "../store/database.ts";
import { currencyOf } from "./take-flow.ts";

type Group = { readonly payment: string; readonly flow: number; readonly trade: number };

/**
 * Holds a day's fund flow against its trade bill (`books.md` 5): its own balance runs on from row to row and from day to day, and
 * every payment with its refunds and fees moved the balance by what the trade bill says. What an open or mended difference explains
 * is not said twice. Nothing to say while one of the two is not here.
 */
export async function proveBalance(step: Database, account: MatchedAccount, day: string, at: Instant): Promise<void> {
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
  const amount = groups.reduce((all, each) => all + each.flow - each.trade, 0) + broken;
  const isProved = groups.length === 0 && broken === 0;
  const identity = { store: account.homeStore, side: "bill", number: `balance/${day}` } as const;
  const place = placeOfBill(flow.id, day, await currencyOf(step, { store: account.homeStore }));
  const verdicts = isProved ? [] : [breakOf("balanceDiffers", amount)];
  await keepDifferences(step, account, [{ identity, verdicts, place, detail: { groups, broken } }], at);
}

/** Payments whose rows in the flow do not come to what the trade bill says, and that no difference explains. */
async function differingGroups(
  step: Database,
  account: MatchedAccount,
  day: string,
  flow: string,
): Promise<readonly Group[]> {
  const stores = await storesOf(step, { account: account.id, store: account.homeStore });
  const { rows } = await sql<Group>`
    with trade as (
      select payment, number, provider_number, side, store,
        case side when 'payment' then receivable else -receivable end
          - sign(fee)::bigint * ((abs(fee) * 2 + 1000) / 2000) as net
      from bill_row where store = any(${stores}) and account = ${account.id} and day = ${day} and gone_with is null
    ), moved as (
      select coalesce(
          (select t.payment from trade t where t.number = f.voucher limit 1),
          (select t.payment from trade t where t.provider_number = f.provider_number and t.provider_number <> '' limit 1),
          (select m.attempt from movement m where m.store = any(${stores}) and m.account = ${account.id} and m.side = 'refund'
            and m.number = f.voucher limit 1),
          f.voucher) as payment, f.amount
      from flow_row f
      where f.store = ${account.homeStore} and f.account = ${account.id} and f.bill = ${flow}
        and f.kind in ('payment', 'refund', 'fee', 'feeBack', 'other') and f.words !~ '提现'
    )
    select payment, sum(flow)::bigint as flow, sum(trade)::bigint as trade from (
      select payment, amount as flow, 0 as trade from moved
      union all
      -- a reversal takes back what its payment's row had brought; without that row nothing moved
      select payment, 0, case when side = 'reversal' and not exists (
          select 1 from bill_row p where p.store = trade.store and p.account = ${account.id} and p.side = 'payment'
            and p.number = trade.payment and p.gone_with is null) then 0 else net end
      from trade
    ) both_sides
    group by payment
    having sum(flow) <> sum(trade) and not exists (
      select 1 from difference d where d.store = any(${stores}) and d.account = ${account.id} and d.state <> 'gone'
        and (d.number = payment or d.attempt = payment))
    order by payment limit 200
  `.execute(step);
  return rows;
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
  const before = await sql<{ closing: number }>`
    select balance as closing from flow_row f join bill b on b.store = f.store and b.id = f.bill and b.state = 'current'
    where f.store = ${account.homeStore} and f.account = ${account.id} and f.day <= ${plusDays(day, -1)}
    order by f.day desc, f.line desc limit 1
  `.execute(step);
  const closing = before.rows[0]?.closing;
  return closing === undefined ? off : off + opening - closing;
}
