import { instant, type Clock } from "../../../../src/domain/clock.ts";

/** The browser's own time, for pages that only a test loads. */
export const browserClock: Clock = {
  now: () => instant(Date.now()),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
