import { plusMs, type Cancel, type Instant } from "../../domain/clock.ts";
import type { GatewayParts } from "../parts.ts";
import { claimJobs, finishJob, nextDueAt, rescheduleJob, type ClaimedJob, type Job } from "./jobs.ts";

/** What becomes of a job: over, due again, or `settled` by the work itself in the SQL transaction of its outcome. */
export type JobOutcome = { readonly kind: "done" | "settled" } | { readonly kind: "again"; readonly at: Instant };
/** One kind's work; safe to run twice. */
export type JobWork = (job: Job) => Promise<JobOutcome>;
export type JobRunner = {
  /** Begins to look; jobs of another gateway are seen within `pollMs`. */
  start(): void;
  /** Looks now: called after a job was added. */
  wake(): void;
  /** Ends looking and waits for what is running. */
  stop(): Promise<void>;
};

/** How late a job may be that another gateway has added. */
const pollMs = 1_000;
const atOnceMax = 16;
const brokenBaseMs = 1_000;
const brokenMaxMs = 60_000;

type RunnerParts = Pick<GatewayParts, "clock" | "database" | "log">;
type Works = Readonly<Record<string, JobWork>>;

/** Runs jobs of the kinds in `works` by the clock it is given. Several gateways may run at once. */
export function createJobRunner(parts: RunnerParts, works: Works): JobRunner {
  let cancel: Cancel | null = null;
  let looking: Promise<void> | null = null;
  let isWanted = false;
  let isRunning = false;

  function look(): void {
    if (!isRunning) return;
    if (looking !== null) {
      isWanted = true;
      return;
    }
    cancel?.();
    cancel = null;
    isWanted = false;
    looking = round(parts, works).then((delayMs) => {
      looking = null;
      if (!isRunning) return;
      if (isWanted || delayMs === 0) look();
      else cancel = parts.clock.after(delayMs, look);
    });
  }

  return {
    start() {
      isRunning = true;
      look();
    },
    wake: look,
    async stop() {
      isRunning = false;
      cancel?.();
      await looking;
    },
  };
}

/** Runs what is due and answers after how many milliseconds to look again. */
async function round(parts: RunnerParts, works: Works): Promise<number> {
  const kinds = Object.keys(works);
  try {
    const jobs = await claimJobs(parts.database, kinds, parts.clock.now(), atOnceMax);
    await Promise.all(jobs.map((job) => run(parts, works, job)));
    if (jobs.length === atOnceMax) return 0;
    const next = await nextDueAt(parts.database, kinds);
    return next === null ? pollMs : Math.min(pollMs, Math.max(1, next - parts.clock.now()));
  } catch (trouble) {
    parts.log.error({ trouble: String(trouble) }, "cannot look for jobs");
    return pollMs;
  }
}

async function run(parts: RunnerParts, works: Works, job: ClaimedJob): Promise<void> {
  const work = works[job.kind];
  if (work === undefined) return;
  try {
    const outcome = await work(job);
    if (outcome.kind === "done") await finishJob(parts.database, job);
    if (outcome.kind === "again") await rescheduleJob(parts.database, job, outcome.at, false);
  } catch (trouble) {
    parts.log.error(
      { job: job.id, kind: job.kind, trouble: trouble instanceof Error ? trouble.stack : String(trouble) },
      "job broke",
    );
    const delayMs = Math.min(brokenMaxMs, brokenBaseMs * 2 ** Math.min(job.tries, 10));
    await rescheduleJob(parts.database, job, plusMs(parts.clock.now(), delayMs), true);
  }
}
