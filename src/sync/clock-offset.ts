import type { Clock, Instant } from "../domain/clock.ts";
import { instant } from "../domain/clock.ts";

/** The gateway's clock less ours. An answer's time is taken as of the middle of its journey; quick answers say more. */
export type ClockOffset = {
  /** 0 until the first answer. */
  offsetMs(): number;
  /** The gateway's time now, as far as we know. */
  gatewayNow(): Instant;
  /** Learns from an answer that was asked for at `sentAt` and arrived now. */
  learn(gatewayTime: number, sentAt: Instant): void;
};

/** A measurement older than this gives way to any newer one: clocks drift, and people set them. */
const measurementKeptMs = 60_000;

/** An offset that starts at `initialMs`. */
export function createClockOffset(clock: Clock, initialMs = 0): ClockOffset {
  let best = { offsetMs: initialMs, journeyMs: Number.POSITIVE_INFINITY, at: instant(0) };
  return {
    offsetMs: () => best.offsetMs,
    gatewayNow: () => instant(clock.now() + best.offsetMs),
    learn: (gatewayTime, sentAt) => {
      const now = clock.now();
      const journeyMs = now - sentAt;
      const offsetMs = gatewayTime - (sentAt + journeyMs / 2);
      const contradicts = Math.abs(offsetMs - best.offsetMs) > journeyMs / 2 + best.journeyMs / 2;
      if (journeyMs <= best.journeyMs || contradicts || now - best.at > measurementKeptMs)
        best = { offsetMs, journeyMs, at: now };
    },
  };
}
