import { createHash } from "node:crypto";
import { sql } from "kysely";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { audit } from "../audit/audit.ts";
import { addJob, type Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, json, type Database } from "../store/database.ts";
import { tellEvent } from "../webhooks/tell-event.ts";
import { leftOpenOf } from "./left-open.ts";
import { voucherBytes, voucherOf } from "./voucher.ts";

/** Kind of the job that freezes a day once nothing can post to it any more; its subject is the day. */
export const freezeKind = "freezeDay";
const freezeEveryMs = 1_000;

/** Why a day is not closed. */
export type CloseRefusal =
  /** It is closed, or being closed. */
  | "closedAlready"
  /** An earlier day with postings is open: days close in order. */
  | "earlierOpen"
  /** The day is not over. */
  | "notOver"
  | "monthLocked";

export type DayClosing = {
  readonly store: string;
  readonly day: string;
  readonly today: string;
  readonly by: string;
  readonly secondPerson: string | null;
  readonly reason: string;
};

/**
 * Closes a store's day over what is open of it, which is written down with who closed over it. From here on whatever comes posts to the
 * day after; the voucher is frozen once every transaction that had begun before is over, so that none can slip in behind it.
 */
export async function closeDay(
  step: Database,
  parts: Pick<GatewayParts, "random">,
  { store, day, today, by, secondPerson, reason }: DayClosing,
  at: Instant,
): Promise<Result<null, CloseRefusal>> {
  if (day >= today) return refuse("notOver");
  const known = await step
    .selectFrom("store_day")
    .select("state")
    .where("store", "=", store)
    .where("day", "=", day)
    .executeTakeFirst();
  if (known !== undefined) return refuse("closedAlready");
  if (await isLockedWithout(step, store, day)) return refuse("monthLocked");
  if (await isEarlierOpen(step, store, day)) return refuse("earlierOpen");
  const open = await leftOpenOf(step, store, day);
  await step
    .insertInto("store_day")
    .values({
      store,
      day,
      state: "closing",
      next_day: plusDays(day, 1),
      left_open: json(open),
      closed_by: by,
      second_person: secondPerson,
      reason,
      asked_at: at,
      xid: sql<number>`pg_current_xact_id()::text::bigint`,
      closed_at: null,
    })
    .execute();
  const subject = `day/${day}`;
  const entry = {
    store,
    who: by,
    act: "dayClosed",
    subject,
    before: null,
    after: open,
    reason,
    secondPerson,
    at,
  } as const;
  await audit(step, parts.random, entry);
  await addJob(step, {
    store,
    id: `${freezeKind}/${day}`,
    kind: freezeKind,
    subject: day,
    payload: null,
    dueAt: plusMs(at, 1),
  });
  return ok(null);
}

/** Freezes a closing day's voucher as soon as no transaction from before its closing runs any more. */
export async function freezeWork(
  { database, clock }: Pick<GatewayParts, "database" | "clock">,
  job: Job,
): Promise<JobOutcome> {
  const at = clock.now();
  return inTransaction(database, async (step): Promise<JobOutcome> => {
    const { rows } = await sql<{ isOver: boolean }>`
      select xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "isOver" from store_day
      where store = ${job.store} and day = ${job.subject} and state = 'closing' for update
    `.execute(step);
    const [row] = rows;
    if (row === undefined) return { kind: "done" };
    if (!row.isOver) return { kind: "again", at: plusMs(at, freezeEveryMs) };
    await freeze(step, job.store, job.subject, at);
    return { kind: "done" };
  });
}

async function freeze(step: Database, store: string, day: string, at: Instant): Promise<void> {
  const { number } = await step
    .selectFrom("voucher")
    .select(sql<number>`(coalesce(max(number), 0) + 1)::integer`.as("number"))
    .where("store", "=", store)
    .executeTakeFirstOrThrow();
  const voucher = await voucherOf(step, store, day, number);
  const bytes = voucherBytes(voucher);
  const { debits, credits, transfers } = voucher;
  const sha256 = createHash("sha256").update(bytes).digest();
  await step
    .insertInto("voucher")
    .values({ store, day, number, bytes, sha256, debits, credits, transfers, at })
    .execute();
  await step
    .updateTable("store_day")
    .set({ state: "closed", closed_at: at })
    .where("store", "=", store)
    .where("day", "=", day)
    .execute();
  const data = { day, voucher: number, debits, credits, transfers };
  await tellEvent(step, { store, id: `day.closed/${store}/${day}`, type: "day.closed", subject: day, data }, at);
}

/** Whether the day's month is locked and nothing stands in it. What was being posted while the month was locked is closed all the same. */
async function isLockedWithout(step: Database, store: string, day: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from locked_month where store = ${store} and month = ${day.slice(0, 7)}
      and not exists (select 1 from ledger_transfer where store = ${store} and posting_date = ${day})
  `.execute(step);
  return rows.length > 0;
}

/** An earlier day on which something was posted, later than the last closed one. */
async function isEarlierOpen(step: Database, store: string, day: string): Promise<boolean> {
  const { rows } = await sql<{ day: string }>`
    select posting_date as day from ledger_transfer t
    where t.store = ${store} and t.posting_date < ${day} and t.posting_date <> ''
      and not exists (select 1 from store_day d where d.store = t.store and d.day = t.posting_date)
    limit 1
  `.execute(step);
  return rows.length > 0;
}
