import { join } from "node:path";
import { launchChromium } from "../device-bench/chromium.ts";
import { servePage } from "../device-bench/page-server.ts";
import type { Stage } from "./bench.ts";
import { percentile, timed, type Row } from "./figures.ts";

const commits = 300;
const ratioMax = 2;

/**
 * The transaction that completes a cash sale of eight lines, through the ledger as shipped, beside the same three rows
 * written raw: both strict, turn by turn, in one page.
 */
export async function measureCommits({ folder }: Stage): Promise<readonly Row[]> {
  const served = await servePage(join(import.meta.dirname, "pages/commit-page.ts"));
  const context = await launchChromium({ userDataDir: join(folder, "commit-profile") });
  const page = await context.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => "bench" in globalThis);
  const { sale, raw } = await page.evaluate(
    (count) => (globalThis as unknown as { bench: typeof import("./pages/commit-page.ts") }).bench.measure(count),
    commits,
  );
  await context.close();
  await served.close();
  const ratio = (part: number): number => percentile(sale, part) / percentile(raw, part);
  return [
    timed("strict commit of a completed sale", sale, 0.99, null),
    timed("  the same three rows raw", raw, 0.99, null),
    {
      measure: "  ratio",
      figures: `p50 ${ratio(0.5).toFixed(2)} ×  p99 ${ratio(0.99).toFixed(2)} ×`,
      target: `≤ ${ratioMax} × raw`,
      isMet: ratio(0.5) <= ratioMax && ratio(0.99) <= ratioMax,
    },
  ];
}
