import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "../../src/launch/ready.mjs";
import { openShop, type Shop } from "../e2e/story/shop.ts";
import { measureBills } from "./bills.ts";
import { measureCamera } from "./camera.ts";
import { measureCharges } from "./charge.ts";
import { measureCommits } from "./commit.ts";
import { measureCounterCalls } from "./counter-calls.ts";
import { table, type Row } from "./figures.ts";
import { measureMatch } from "./match.ts";
import { measureReports } from "./report.ts";
import { measureSearch } from "./search.ts";
import { measureSize } from "./size.ts";
import { measureScans, measureStarts } from "./till.ts";

const root = resolve(import.meta.dirname, "../..");

/** What a measure is given: the built project, a scratch folder, and a running shop when it asks for one. */
export type Stage = {
  readonly root: string;
  readonly folder: string;
  shop(): Promise<Shop>;
};

/** In this order: the browser's profile that `scan` fills is the one `start` starts from. */
const measures: Readonly<Record<string, (stage: Stage) => Promise<readonly Row[]>>> = {
  size: measureSize,
  bills: measureBills,
  match: measureMatch,
  commit: measureCommits,
  camera: measureCamera,
  search: measureSearch,
  scan: measureScans,
  start: measureStarts,
  charge: measureCharges,
  counter: measureCounterCalls,
  report: measureReports,
};

/** Runs the named measures, or all, and prints their table. What the machine was doing besides stands above it. */
async function runBench(named: readonly string[]): Promise<void> {
  await build(root);
  const folder = mkdtempSync(join(tmpdir(), "kuantai-bench-"));
  let opened: Promise<Shop> | null = null;
  const stage: Stage = { root, folder, shop: () => (opened ??= openShop()) };
  const rows: Row[] = [];
  const load = loadavg()[0] ?? 0;
  try {
    for (const [name, measure] of Object.entries(measures)) {
      if (named.length > 0 && !named.includes(name)) continue;
      process.stderr.write(`${name} … `);
      const startedAt = performance.now();
      rows.push(...(await measure(stage)));
      process.stderr.write(`${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
    }
  } finally {
    await (opened as Promise<Shop> | null)?.then((shop) => shop.stop());
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  console.log(`\nload before: ${load.toFixed(1)}\n${table(rows)}`);
}

// With names, only those: npm run bench -- scan start commit charge camera size
await runBench(process.argv.slice(2));
