import { instant, type Clock, type Instant } from "../../src/domain/clock.ts";

/** The system's clock, moved: for what a rule says about time without waiting for it. Timers keep running in real time. */
export type AdjustableClock = Clock & { move(ms: number): void };

/** A clock that starts at the system's time, or at `start` and then stands until moved. */
export function adjustableClock(start: Instant | null = null): AdjustableClock {
  let offset = 0;
  return {
    now: () => instant((start ?? Date.now()) + offset),
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    move(ms) {
      offset += ms;
    },
  };
}
