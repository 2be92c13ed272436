import { instant, type Clock, type Instant } from "../../src/domain/clock.ts";

/** Time that moves only when told to; tasks run in the order of their times, and what they start runs before the next. */
export type VirtualClock = Clock & { advance(ms: number): Promise<void> };

/** A clock that stands at `start`. */
export function createVirtualClock(start = 1_764_000_000_000): VirtualClock {
  let now: Instant = instant(start);
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
      await settle();
      for (;;) {
        const next = tasks.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        tasks = tasks.filter((other) => other !== next);
        now = instant(next.at);
        next.run();
        await settle();
      }
      now = instant(end);
    },
  };
}

/** Lets everything that waits for no timer run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
