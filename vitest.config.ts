import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";
import { LongFilesFirst } from "./tests/sequencer.ts";

/**
 * Suites that start processes, databases or browsers get more time, also for what is polled until it comes; a unit test that needs it is
 * doing too much.
 */
const slow = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } } as const;

/** Files of a worker share the modules they load: loading them anew for each file took a tenth of the whole run. */
const shared = { isolate: false } as const;

/** `npx vitest run tests/unit/…` takes one file; `--project unit` takes one suite. */
export default defineConfig({
  test: {
    reporters: ["default", "./tests/reporter.ts"],
    sequence: { sequencer: LongFilesFirst },
    projects: [
      suite("unit", { ...shared, testTimeout: 20_000 }),
      suite("conformance", { testTimeout: 60_000 }),
      suite("contract", { testTimeout: 20_000 }),
      suite("integration", { ...slow, ...shared, globalSetup: ["tests/integration/cluster.ts"] }),
      suite("simulation", { ...slow, testTimeout: 300_000 }),
      suite("e2e", { ...slow, ...shared, testTimeout: 600_000 }),
      suite("launch", { ...slow, testTimeout: 300_000, fileParallelism: false }),
      suite("architecture", {}),
    ],
  },
});

/** Components are compiled for the page in `unit` only: its plug-in resolves packages as a browser does. */
function suite(name: string, options: Record<string, unknown>) {
  return {
    plugins: name === "unit" ? [solid({ ssr: false, hot: false })] : [],
    test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], environment: "node", ...options },
  };
}
