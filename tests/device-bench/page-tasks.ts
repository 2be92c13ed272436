import type { Page } from "playwright-core";

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

/**
 * How long the page's main thread was held at a stretch, in milliseconds: by the clock, and in processor time, which a busy
 * machine does not stretch.
 */
export type PageTasks = { readonly longestMs: number; readonly longestCpuMs: number; readonly count: number };

/** Runs `work` and tells how long the tasks of the renderer's main thread were meanwhile, from Chromium's own trace. */
export async function tracePageTasks(page: Page, work: () => Promise<void>): Promise<PageTasks> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((resolve) => session.once("Tracing.tracingComplete", () => resolve()));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["toplevel", "disabled-by-default-devtools.timeline"],
      excludedCategories: ["*"],
    },
  });
  await work();
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const mains = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(threadOf),
  );
  const tasks = events.filter(
    (event) => event.ph === "X" && event.name.endsWith("RunTask") && mains.has(threadOf(event)),
  );
  if (tasks.length === 0) throw new Error("Chromium's trace names no task of the page: its categories have changed.");
  return {
    longestMs: Math.max(...tasks.map(({ dur }) => dur ?? 0)) / 1_000,
    longestCpuMs: Math.max(...tasks.map(({ tdur }) => tdur ?? Number.NaN)) / 1_000,
    count: tasks.length,
  };
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}:${tid}`;
}
