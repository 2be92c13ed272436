import { sql } from "kysely";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import { addJob } from "../jobs/jobs.ts";
import type { JobWork } from "../jobs/runner.ts";
import type { GatewayParts } from "../parts.ts";
import type { Database } from "../store/database.ts";
import { everyTill, figureColumns, onKnownRow } from "./keep.ts";

export const foldKind = "reportFold";
const foldEveryMs = 3_600_000;
/** Periods put together in one round of the job, well within its claim. */
const periodsAtOnce = 40;

/** Sees to it that periods that are over are put together; called at every start. */
export async function planFold(database: Database, at: Instant): Promise<void> {
  await addJob(database, { store: "*", id: foldKind, kind: foldKind, subject: "", payload: null, dueAt: at });
}

/**
 * Puts the tills' rows of products together, for dates that are over and months up to now: a report of a year then reads a row for
 * each product and month. What a till delivers afterwards is a row of its own until the next round; no figure changes by it.
 */
export function foldWork({ database, clock }: Pick<GatewayParts, "database" | "clock">): JobWork {
  return async () => {
    const at = clock.now();
    let left = periodsAtOnce;
    for (const store of await database.selectFrom("store").select(["id", "zone", "cut_minute"]).execute()) {
      const today = businessDateOf(at, { zone: store.zone, cutMinute: store.cut_minute });
      const { rows } = await sql<{ slice: string; period: string }>`
        select slice, period from report_rollup
        where store = ${store.id} and slice in ('product/e', 'product/a') and till <> '*'
          and (slice = 'product/a' or period < ${today})
        group by slice, period order by slice, period limit ${left}`.execute(database);
      for (const { slice, period } of rows) await fold(database, store.id, slice, period);
      left -= rows.length;
      if (left <= 0) return { kind: "again", at };
    }
    return { kind: "again", at: plusMs(at, foldEveryMs) };
  };
}

/**
 * One statement: whoever reads sees the rows before or after, never both or neither. Rows are taken in the order in which a sale adds
 * to them, so that the two never wait for each other.
 */
async function fold(database: Database, store: string, slice: string, period: string): Promise<void> {
  const sums = sql.join(figureColumns.map((column) => sql`sum(${sql.ref(column)})`));
  await sql`
    with taken as materialized (select till, key from report_rollup where store = ${store} and slice = ${slice}
      and period = ${period} and slice in ('product/e', 'product/a') and till <> '*'
      order by till collate "C", key collate "C" for update),
    apart as (delete from report_rollup using taken where store = ${store} and slice = ${slice} and period = ${period}
      and slice in ('product/e', 'product/a') and report_rollup.till = taken.till and report_rollup.key = taken.key returning report_rollup.*)
    insert into report_rollup
      select store, slice, period, hour, ${everyTill}, staff, key, currency, min(unit), ${sums}
      from apart group by store, slice, period, hour, staff, key, currency order by key
    ${onKnownRow()}`.execute(database);
}
