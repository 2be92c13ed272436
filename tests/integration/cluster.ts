import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../src/launch/postgres.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's own PostgreSQL: addresses of the owner's and the application's role. */
    readonly cluster: { readonly ownerUrl: string; readonly applicationUrl: string };
  }
}

/** One PostgreSQL for the whole run; every test file makes its own database in it (`freshDatabase`). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "kuantai-cluster-"));
  chmodSync(folder, 0o711);
  // many databases, thrown away: what is durable is tested where it matters, by the launcher's own cluster
  const server = await startPostgres({ folder, settings: ["fsync=off", "max_connections=200"] });
  project.provide("cluster", { ownerUrl: server.ownerUrl, applicationUrl: server.applicationUrl });
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
