import { instant, type Clock, type Instant } from "../../../src/domain/clock.ts";

/** A clock that stands until it is told to move; tasks run in the order they are due. */
export type VirtualClock = Clock & { advance(ms: number): Promise<void> };

export function virtualClock(startsAt: Instant): VirtualClock {
  let now = startsAt;
  let tasks: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs, run) {
      const task = { at: now + delayMs, run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settled();
        const next = tasks.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        tasks = tasks.filter((task) => task !== next);
        now = instant(Math.max(now, next.at));
        next.run();
      }
      now = instant(end);
    },
  };
}

/** Lets everything that is ready run: promises, streams and the reads between them. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
