import { createGatewayApp, type GatewayApp } from "./app.ts";
import { createJobRunner, type JobRunner, type JobWork } from "./jobs/runner.ts";
import { planSweep, sweepKind, sweepWork } from "./jobs/sweep.ts";
import type { Job } from "./jobs/jobs.ts";
import { attemptAbandonedKind } from "./journal/project.ts";
import type { GatewayParts } from "./parts.ts";
import { abandonWork } from "./payments/abandon-work.ts";
import { createAccounts } from "./payments/accounts.ts";
import type { PaymentEngine } from "./payments/engine.ts";
import { watchKind } from "./payments/watch-plan.ts";
import { watchWork } from "./payments/watch-work.ts";
import { refundKind } from "./refunds/refund-store.ts";
import { refundWork } from "./refunds/refund-work.ts";
import { counterRoutes } from "./routes/counter.ts";
import { displayRoutes } from "./routes/display.ts";
import { notificationRoutes } from "./routes/notifications.ts";
import { officeRoutes } from "./routes/office.ts";
import { paymentRoutes } from "./routes/payments.ts";
import { tillRoutes } from "./routes/tills.ts";

export type Gateway = {
  readonly app: GatewayApp;
  readonly runner: JobRunner;
  /** Begins to run jobs; the server listens, or is asked by `inject`, apart from it. */
  start(): Promise<void>;
  /** Takes no new requests, lets those in flight end, waits for jobs in flight. */
  stop(): Promise<void>;
};

/** The whole gateway over what it is given: the same in its process, in tests and under virtual time. */
export async function composeGateway(parts: GatewayParts): Promise<Gateway> {
  const engine: PaymentEngine = {
    parts,
    accounts: createAccounts(parts),
    news: parts.news,
    wake: () => runner.wake(),
    running: new Set(),
  };
  const works: Record<string, JobWork> = {
    [sweepKind]: sweepWork(parts),
    [watchKind]: (job: Job) => watchWork(engine, job),
    [refundKind]: (job: Job) => refundWork(engine, job),
    [attemptAbandonedKind]: (job: Job) => abandonWork(engine, job),
  };
  const runner = createJobRunner(parts, works);
  const app = await createGatewayApp(parts, [
    (server) => tillRoutes(server, parts, engine.accounts, () => runner.wake()),
    (server) => paymentRoutes(server, engine),
    (server) => notificationRoutes(server, engine),
    (server) => counterRoutes(server, parts),
    (server) => displayRoutes(server, parts),
    (server) => officeRoutes(server, parts),
  ]);
  return {
    app,
    runner,
    async start() {
      await app.server.ready();
      await planSweep(parts.database, parts.clock.now());
      runner.start();
    },
    async stop() {
      await app.server.close();
      await Promise.all(engine.running);
      await runner.stop();
      await parts.news.close();
    },
  };
}
