import { createGatewayApp, type GatewayApp } from "./app.ts";
import { createJobRunner, type JobRunner, type JobWork } from "./jobs/runner.ts";
import { planSweep, sweepKind, sweepWork } from "./jobs/sweep.ts";
import type { GatewayParts } from "./parts.ts";
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
  const works: Record<string, JobWork> = { [sweepKind]: sweepWork(parts) };
  const runner = createJobRunner(parts, works);
  const app = await createGatewayApp(parts, [(server) => tillRoutes(server, parts, () => runner.wake())]);
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
      await runner.stop();
    },
  };
}
