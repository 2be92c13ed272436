import { sql } from "kysely";
import type { AlertRule } from "../../domain/alert-rule.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { addJob } from "../jobs/jobs.ts";
import type { JobWork } from "../jobs/runner.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { alertRulesIn } from "./alert-rules.ts";

/** Kind of the one job that holds alerts against what is open. */
export const alertsKind = "alerts";
const renewEveryMs = 15_000;
const dayMs = 86_400_000;

/** Sees to it that somebody looks; called at every start. */
export async function planAlerts(database: Database, at: Instant): Promise<void> {
  await addJob(database, { store: "*", id: alertsKind, kind: alertsKind, subject: "", payload: null, dueAt: at });
}

/** Renews every store's alerts, over and over. */
export function alertsWork({ database, clock }: Pick<GatewayParts, "database" | "clock">): JobWork {
  return async () => {
    await renewAlerts(database, clock.now());
    return { kind: "again", at: plusMs(clock.now(), renewEveryMs) };
  };
}

/**
 * Makes what is to be told and is not yet, closes what is over. Worked out from the breaks as they stand, so it may run as often as it
 * likes: a break and a threshold are one alert, however often they are looked at.
 */
export async function renewAlerts(database: Database, at: Instant): Promise<void> {
  const stores = (await database.selectFrom("store").select("id").orderBy("id").execute()).map(({ id }) => id);
  const rules = await alertRulesIn(database, stores);
  for (const [store, rule] of rules) await inTransaction(database, (step) => renewStore(step, store, rule, at));
}

async function renewStore(step: Database, store: string, rule: AlertRule, at: Instant): Promise<void> {
  const { breakFrom, dayFrom, ageDays } = rule;
  const openedBefore = ageDays === null ? null : at - ageDays * dayMs;
  await sql`
    with open as (
      select coalesce(nullif(cause, ''), id || '/' || round) as subject, min(id) as difference, min(day) as day,
        sum(abs(amount))::bigint as amount, max(currency) as currency, min(opened_at) as opened_at
      from difference where store = ${store} and state = 'break' group by subject
    ), wanted as (
      select 'break/' || subject as id, 'break' as kind, difference, day, amount, currency, ${breakFrom}::bigint as threshold
      from open where amount >= ${breakFrom} or amount = 0
      union all
      select 'age/' || subject, 'age', difference, day, amount, currency, ${ageDays}::bigint
      from open where opened_at <= ${openedBefore}::bigint
      union all
      select 'day/' || day || '/' || currency, 'day', null, day, sum(amount)::bigint, currency, ${dayFrom}::bigint
      from open where ${dayFrom}::bigint is not null and amount > 0
      group by day, currency having sum(amount) >= ${dayFrom}::bigint
    ), over as (
      update alert a set closed_at = ${at}
      where a.store = ${store} and a.closed_at is null and not exists (select 1 from wanted w where w.id = a.id)
    )
    insert into alert (store, id, kind, difference, day, amount, currency, threshold, made_at, closed_at)
    select ${store}, id, kind, difference, day, amount, currency, threshold, ${at}, null from wanted
    on conflict (store, id) do update set
      amount = excluded.amount,
      difference = excluded.difference,
      threshold = case when alert.closed_at is null then alert.threshold else excluded.threshold end,
      made_at = case when alert.closed_at is null then alert.made_at else excluded.made_at end,
      closed_at = null
    where alert.closed_at is not null or alert.amount <> excluded.amount
      or alert.difference is distinct from excluded.difference
  `.execute(step);
}
