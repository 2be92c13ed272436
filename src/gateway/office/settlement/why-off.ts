import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { ownFlowSql } from "../../settlement/flow-rows.ts";
import type { OfficeAccount } from "../reconciliation/scope.ts";

/** What explains that a provider's flow ends with more or less than our books have up to the same day. Minor units; above zero they have more. */
export type WhyOff = {
  readonly kind: "unbilled" | "balance" | "items" | "nothing";
  readonly amount: number;
  readonly count: number;
  /** The first day that it is about; null where it is about several or none. */
  readonly day: string | null;
};

/** Differences between a provider's bill and our books; what is between captures and sales moves no balance. */
const betweenBooks = [
  "withUsNotWithThem",
  "captureUnknown",
  "paidAfterGivingUp",
  "notGivenBack",
  "paymentUnknown",
  "amountDiffers",
  "refundOutside",
  "refundStuck",
  "rateDiffers",
  "footerDiffers",
] as const;

/**
 * Why a flow's end is `over` what the ledger has up to its day: days whose flow is here and whose bill is not; breaks of the balance that
 * are open; and for the rest the items that differ, or nothing that is known.
 */
export async function whyOff(
  database: Database,
  account: OfficeAccount,
  through: string,
  over: number,
): Promise<readonly WhyOff[]> {
  if (over === 0) return [];
  const unbilled = await unbilledDays(database, account, through);
  const balance = await openBreaks(database, account, through);
  const rest = over - unbilled.amount - balance.amount;
  const items = rest === 0 ? 0 : await itemsOff(database, account, through);
  const kind = items > 0 ? "items" : "nothing";
  const all: readonly WhyOff[] = [unbilled, balance, { kind, amount: rest, count: items, day: null }];
  return all.filter(({ amount }) => amount !== 0);
}

async function unbilledDays(database: Database, account: OfficeAccount, through: string): Promise<WhyOff> {
  const { rows } = await sql<{ amount: number; days: number; day: string | null }>`
    select coalesce(sum(f.amount), 0)::bigint as amount, count(distinct f.day)::integer as days, min(f.day) as day
    from flow_row f join bill b on b.store = f.store and b.id = f.bill and b.state = 'current'
    where f.store = ${account.homeStore} and f.account = ${account.id} and f.day <= ${through} and not ${ownFlowSql}
      and not exists (
        select 1 from bill t where t.store = f.store and t.account = f.account and t.day = f.day and t.kind = 'trade'
          and t.state in ('current', 'empty'))
  `.execute(database);
  const { amount = 0, days = 0, day = null } = rows[0] ?? {};
  return { kind: "unbilled", amount, count: days, day };
}

async function openBreaks(database: Database, account: OfficeAccount, through: string): Promise<WhyOff> {
  const { rows } = await sql<{ amount: number; breaks: number; day: string | null }>`
    select coalesce(sum(amount), 0)::bigint as amount, count(*)::integer as breaks, min(day) as day from difference
    where store = ${account.homeStore} and account = ${account.id} and class = 'balanceDiffers'
      and state in ('break', 'waiting') and day <= ${through}
  `.execute(database);
  const { amount = 0, breaks = 0, day = null } = rows[0] ?? {};
  return { kind: "balance", amount, count: breaks, day };
}

async function itemsOff(database: Database, account: OfficeAccount, through: string): Promise<number> {
  const { rows } = await sql<{ items: number }>`
    select count(*)::integer as items from difference
    where account = ${account.id} and class = any(${[...betweenBooks]}::text[]) and state <> 'gone' and day <= ${through}
  `.execute(database);
  return rows[0]?.items ?? 0;
}
