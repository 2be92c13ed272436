import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchChromium } from "../device-bench/chromium.ts";
import { tracePageTasks } from "../device-bench/page-tasks.ts";
import { servePage } from "../device-bench/page-server.ts";
import type { Stage } from "./bench.ts";
import { ms, timed, type Row } from "./figures.ts";

const watchMs = 5_000;
const taskMsMax = 16;
type Bench = { bench: typeof import("../e2e/devices/pages/camera-page.ts") };

/** A frame's whole time in the worker while goods are in view, and how long the page's own thread is held meanwhile. */
export async function measureCamera({ root, folder }: Stage): Promise<readonly Row[]> {
  const served = await servePage(join(root, "tests/e2e/devices/pages/camera-page.ts"));
  const context = await launchChromium({
    userDataDir: join(folder, "camera-profile"),
    fakeCamera: join(root, "tests/fixtures/codes/ean13-photograph.mjpeg"),
  });
  const page = await context.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => "bench" in globalThis);
  await page.evaluate(() => (globalThis as unknown as Bench).bench.start("stream"));
  await untilScanned(page);
  await page.evaluate(() => (globalThis as unknown as Bench).bench.measureAnew());
  const tasks = await tracePageTasks(page, () => page.waitForTimeout(watchMs));
  const { frameMs } = await page.evaluate(() => (globalThis as unknown as Bench).bench.seen());
  await context.close();
  await served.close();
  return [
    timed("camera: a frame in the worker", frameMs, 0.95, null),
    {
      measure: `  longest main-thread task meanwhile (${tasks.count})`,
      figures: `${ms(tasks.longestMs)} by the clock, ${ms(tasks.longestCpuMs)} on the processor`,
      target: `≤ ${taskMsMax} ms`,
      isMet: tasks.longestMs <= taskMsMax,
    },
  ];
}

function untilScanned(page: Page): Promise<unknown> {
  return page.waitForFunction(() => (globalThis as unknown as Bench).bench.seen().scans.length > 0);
}
