import { randomBytes } from "node:crypto";
import { instant, type Clock, type Random } from "../domain/clock.ts";

/** The machine's clock and timers. Only composition roots take it; everything else is given a `Clock`. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The operating system's cryptographic random source. */
export const systemRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };
