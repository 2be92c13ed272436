import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { json, type Database } from "../store/database.ts";

/** Work for later, kept as a row: it outlives every gateway, and any gateway may do it. */
export type Job = {
  readonly store: string;
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: unknown;
  readonly dueAt: Instant;
  /** How often it broke so far. */
  readonly tries: number;
};

/** A job as it was claimed: whoever set it anew meanwhile, or claimed it after this claim ran out, has it now. */
export type ClaimedJob = Job & { readonly claimedUntil: Instant };

/** A claim this old is another's again: whoever held it has died. */
export const claimMs = 60_000;

/** Adds a job in the SQL transaction of what caused it; one with the same id stays as it is. */
export async function addJob(step: Database, job: Omit<Job, "tries">): Promise<void> {
  await step
    .insertInto("job")
    .values({
      store: job.store,
      id: job.id,
      kind: job.kind,
      subject: job.subject,
      payload: json(job.payload),
      due_at: job.dueAt,
      tries: 0,
      claimed_until: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What a job that comes again is to know the next time: its payload from now on. */
export async function rememberInJob(step: Database, job: Pick<Job, "store" | "id">, payload: unknown): Promise<void> {
  await step
    .updateTable("job")
    .set({ payload: json(payload) })
    .where("store", "=", job.store)
    .where("id", "=", job.id)
    .execute();
}

/** Claims up to `limit` jobs that are due at `at`; no two gateways get the same one. */
export async function claimJobs(
  database: Database,
  kinds: readonly string[],
  at: Instant,
  limit: number,
): Promise<readonly ClaimedJob[]> {
  if (kinds.length === 0) return [];
  const due = database
    .selectFrom("job")
    .select(["store", "id"])
    .where("due_at", "<=", at)
    .where("kind", "in", kinds)
    .where((row) => row.or([row("claimed_until", "is", null), row("claimed_until", "<=", at)]))
    .orderBy("due_at")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const rows = await database
    .with("due", () => due)
    .updateTable("job")
    .from("due")
    .set({ claimed_until: at + claimMs })
    .whereRef("job.store", "=", "due.store")
    .whereRef("job.id", "=", "due.id")
    .returning(["job.store", "job.id", "job.kind", "job.subject", "job.payload", "job.due_at", "job.tries"])
    .execute();
  return rows
    .map(({ due_at, ...row }) => ({ ...row, dueAt: due_at as Instant, claimedUntil: (at + claimMs) as Instant }))
    .toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
}

/**
 * The job is done, unless it was set anew since it was claimed: then what set it is still to be done. May stand in the SQL
 * transaction of its outcome.
 */
export async function finishJob(step: Database, job: Pick<ClaimedJob, "store" | "id" | "claimedUntil">): Promise<void> {
  await step
    .deleteFrom("job")
    .where("store", "=", job.store)
    .where("id", "=", job.id)
    .where("claimed_until", "=", job.claimedUntil)
    .execute();
}

/** The job is due again at `dueAt`, or when whatever set it anew meanwhile said; `broke` counts one more try. */
export async function rescheduleJob(
  step: Database,
  job: Pick<ClaimedJob, "store" | "id" | "claimedUntil">,
  dueAt: Instant,
  broke: boolean,
): Promise<void> {
  await step
    .updateTable("job")
    .set({ due_at: dueAt, claimed_until: null, tries: sql<number>`tries + ${broke ? 1 : 0}::integer` })
    .where("store", "=", job.store)
    .where("id", "=", job.id)
    .where("claimed_until", "=", job.claimedUntil)
    .execute();
}

/** When the next job of these kinds is due, or null when there is none. */
export async function nextDueAt(database: Database, kinds: readonly string[]): Promise<Instant | null> {
  if (kinds.length === 0) return null;
  const row = await database
    .selectFrom("job")
    .select(sql<number | null>`min(greatest(due_at, coalesce(claimed_until, 0)))`.as("at"))
    .where("kind", "in", kinds)
    .executeTakeFirst();
  return (row?.at ?? null) as Instant | null;
}
