import { beforeAll, expect, it } from "vitest";
import { plusMs } from "../../../src/domain/clock.ts";
import { addJob, claimJobs, claimMs, finishJob, rescheduleJob } from "../../../src/gateway/jobs/jobs.ts";
import { createJobRunner } from "../../../src/gateway/jobs/runner.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
beforeAll(async () => {
  bench = await gatewayBench();
});

const add = (id: string, kind: string, delayMs = 0) =>
  addJob(bench.parts.database, {
    store: "heping",
    id,
    kind,
    subject: id,
    payload: { id },
    dueAt: plusMs(bench.parts.clock.now(), delayMs),
  });

it("eight gateways that claim at once never get the same job", async () => {
  for (let i = 0; i < 40; i++) await add(`claim-${i}`, "claim");
  const now = bench.parts.clock.now();
  const claimed = (
    await Promise.all(Array.from({ length: 8 }, () => claimJobs(bench.parts.database, ["claim"], now, 10)))
  ).flat();
  expect(new Set(claimed.map(({ id }) => id)).size).toBe(claimed.length);
  expect(claimed).toHaveLength(40);
});

it("a job whose gateway died is another's after the claim has run out, not before", async () => {
  await add("orphan", "orphan");
  const at = bench.parts.clock.now();
  expect(await claimJobs(bench.parts.database, ["orphan"], at, 1)).toHaveLength(1);
  expect(await claimJobs(bench.parts.database, ["orphan"], plusMs(at, claimMs - 1), 1)).toHaveLength(0);
  const [again] = await claimJobs(bench.parts.database, ["orphan"], plusMs(at, claimMs), 1);
  await finishJob(bench.parts.database, again!);
  expect(await claimJobs(bench.parts.database, ["orphan"], plusMs(at, 10 * claimMs), 1)).toHaveLength(0);
});

it("a job that is set anew while it is worked on is not ended by that work: what set it is still to be done", async () => {
  const { database, clock } = bench.parts;
  await add("anew", "anew");
  const at = clock.now();
  const [first] = await claimJobs(database, ["anew"], at, 1);
  const setAnew = { due_at: at, claimed_until: null };
  await database.updateTable("job").set(setAnew).where("id", "=", "anew").execute();
  await finishJob(database, first!);
  await rescheduleJob(database, first!, plusMs(at, 3_600_000), false);
  const [second] = await claimJobs(database, ["anew"], at, 1);
  expect(second).toMatchObject({ id: "anew", dueAt: at });
  await finishJob(database, second!);
  expect(await claimJobs(database, ["anew"], plusMs(at, 10 * claimMs), 1)).toHaveLength(0);
});

it("a job added twice under one id is done once, one that broke is done again later, one not due is left alone", async () => {
  const runs: string[] = [];
  const done = deferred();
  const runner = createJobRunner(bench.parts, {
    run: async (job) => {
      runs.push(`${job.id}/${job.tries}`);
      if (job.id === "breaks" && job.tries === 0) throw new Error("the first time");
      if (job.id === "breaks") done.resolve();
      return { kind: "done" };
    },
  });
  await add("twice", "run");
  await add("twice", "run");
  await add("breaks", "run");
  await add("later", "run", 3_600_000);
  runner.start();
  await done.promise;
  await runner.stop();
  expect(runs.toSorted()).toEqual(["breaks/0", "breaks/1", "twice/0"]);
});

function deferred() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
